import type { Language } from '../shared/languages.ts';

/** What a person reads who asks "Why can't I sign in?". By the headline; an open issue has words of its own. */
export interface AdviceTexts {
  readonly title: string;
  readonly headlines: Readonly<Record<string, string>>;
  /** For any other headline, and where nothing is known. */
  readonly unknown: string;
  readonly noHistory: string;
  /** Said where nothing is known to be wrong. */
  readonly elsewhere: string;
  readonly close: string;
  readonly makeReport: string;
}

export const adviceTexts: Readonly<Record<Language, AdviceTexts>> = {
  en: {
    title: 'Your work sign-in on this Mac',
    headlines: {
      ok: 'Work sign-in works on this Mac.',
      'needs-attention': 'Your work sign-in needs attention.',
      'not-registered': 'Your work sign-in is not set up completely.',
      'not-configured': 'Work sign-in is not set up on this Mac.',
      exempt: 'Your account needs no work sign-in on this Mac.',
    },
    unknown: 'How your work sign-in is can’t be told at the moment.',
    noHistory: 'Nothing is known of your work sign-in yet. Please try again in ten minutes.',
    elsewhere: 'If you can’t sign in all the same, please ask your IT support.',
    close: 'OK',
    makeReport: 'Make a report for IT',
  },
  de: {
    title: 'Ihre Arbeitsanmeldung auf diesem Mac',
    headlines: {
      ok: 'Die Arbeitsanmeldung funktioniert auf diesem Mac.',
      'needs-attention': 'Ihre Arbeitsanmeldung braucht Aufmerksamkeit.',
      'not-registered': 'Ihre Arbeitsanmeldung ist noch nicht vollständig eingerichtet.',
      'not-configured': 'Auf diesem Mac ist keine Arbeitsanmeldung eingerichtet.',
      exempt: 'Ihr Konto braucht auf diesem Mac keine Arbeitsanmeldung.',
    },
    unknown: 'Wie es um Ihre Arbeitsanmeldung steht, lässt sich gerade nicht sagen.',
    noHistory:
      'Über Ihre Arbeitsanmeldung ist noch nichts bekannt. Bitte versuchen Sie es in zehn Minuten noch einmal.',
    elsewhere: 'Wenn Sie sich trotzdem nicht anmelden können, wenden Sie sich bitte an Ihren IT-Support.',
    close: 'OK',
    makeReport: 'Bericht für die IT erstellen',
  },
};
