import type { Language } from '../../agent/shared/languages.ts';

/** What the tests know of a language: words that its texts must and must not have. */
export interface LanguageWords {
  /** Words of administrators and developers. Labels are exempt: they stand in quotes. */
  readonly jargon: RegExp;
  /** Words that blame or alarm the user. */
  readonly blame: RegExp;
  /** The beginning of a sentence that asks what happened: it does not blame. */
  readonly asks: RegExp;
  /** A request in the body of a notification. */
  readonly action: RegExp;
  /** The wrong form of address; null: the language has one form. */
  readonly wrongAddress: RegExp | null;
  /** English labels of macOS that have a known name in this language; null: none must be replaced. */
  readonly englishLabels: RegExp | null;
  /** “changed”, for texts that must not claim it. */
  readonly changed: RegExp;
  /** The password of the work account. */
  readonly workPassword: RegExp;
  /** The name of the button “Repair”, as the texts write it. */
  readonly repair: RegExp;
  /** “test”, in the title of the test notification. */
  readonly test: RegExp;
  /** At least one, and at least twelve characters of a password. */
  readonly lengths: { readonly one: string; readonly twelve: string };
}

export const wordsByLanguage: Readonly<Record<Language, LanguageWords>> = {
  en: {
    jargon:
      /\b(tokens?|registr\w+|register\w*|deregister\w*|enrol\w*|credentials?|authenticat\w*|identity provider|payloads?|profiles?|extensions?|certificates?|synchroni[sz]\w*|sync\w*|refresh\w*|stale|state|cache|directory|tenant|policy|policies)\b/i,
    blame:
      /\b(you (failed|forgot|should have|did not|didn’t|ignored|closed)|your (mistake|fault|error)|must immediately|violation|warning|urgent)\b/i,
    asks: /^If you.*?:/,
    action: /\b(lock|open|click|connect|tell|choose|log out|install)\b/i,
    wrongAddress: null,
    englishLabels: null,
    changed: /changed/,
    workPassword: /work password/i,
    repair: /Repair/,
    test: /test/i,
    lengths: { one: 'at least 1 character.', twelve: 'at least 12 characters.' },
  },
  de: {
    jargon:
      /\b(tokens?|\w*registrier\w*|credentials?|authentifizier\w*|authentisier\w*|identitätsanbieter|nutzlast|profil\w*|erweiterung\w*|zertifikat\w*|synchronis\w*|status|zustand|mandant\w*|richtlinie\w*|cache|verzeichnis\w*)(?=\P{L}|$)/iu,
    blame:
      /\b(Sie haben (nicht|vergessen|versäumt|ignoriert)|Ihr Fehler|Ihre Schuld|sofort|Warnung|dringend|Verstoß)\b/i,
    asks: /^Wenn Sie.*?:/,
    action: /(sperren|öffnen|klicken|verbinden|entfernen|sagen|wählen|melden|installieren) Sie/i,
    wrongAddress: /\b(du|dein|deine|deinen|deinem|dir|dich)\b/i,
    englishLabels: /System Settings|Users & Groups|Network Account Server|\bRepair\b/,
    changed: /geändert/,
    workPassword: /Arbeitspasswort/i,
    repair: /Reparieren/,
    test: /test/i,
    lengths: { one: 'mindestens 1 Zeichen.', twelve: 'mindestens 12 Zeichen.' },
  },
};
