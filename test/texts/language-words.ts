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
  nl: {
    jargon:
      /\b(tokens?|\w*registr(?:atie|eer|eren)\w*|credentials?|authenti[cs]\w*|identiteits\w*|payloads?|profiel\w*|extensies?|certifica\w*|synchronis\w*|status|toestand|tenants?|beleid\w*|cache|adreslijst\w*)(?=\P{L}|$)/iu,
    blame:
      /\b(je (bent vergeten|hebt (niet|genegeerd|verzuimd))|jouw (fout|schuld)|onmiddellijk|waarschuwing|dringend|overtreding)\b/i,
    asks: /^Als je.*?:/,
    action: /\b(vergrendel|open|klik|laat|kies|log|installeer|volg|start)\b/i,
    wrongAddress: /\b(u|uw|uzelf)\b/i,
    englishLabels: /System Settings|Users & Groups|Keychain Access/,
    changed: /gewijzigd/,
    workPassword: /werkwachtwoord/i,
    repair: /Repair/,
    test: /test/i,
    lengths: { one: 'minstens 1 teken.', twelve: 'minstens 12 tekens.' },
  },
  ja: {
    jargon:
      /トークン|登録|プロファイル|機能拡張|証明書|同期|資格情報|認証|ポリシー|ディレクトリ|テナント|キャッシュ|ペイロード|IDプロバイダ/,
    blame: /あなたの|忘れ|怠|無視|ミス|責任|直ちに|至急|緊急|警告|違反/,
    asks: /^$/,
    action: /(ロックを?解除|解除し|クリックし|選択し|伝え|ログアウトし|インストール|従っ)/,
    // The polite form ends in ます, です, ません, ました or ください.
    wrongAddress: /あなた|(?<![まで])す。|[だるうく]。|(?<!まし|でし)た。/,
    englishLabels: /System Settings|Users & Groups|Network Account Server|Keychain Access|Repair\b/,
    changed: /変更/,
    workPassword: /仕事用パスワード/,
    repair: /修復/,
    test: /テスト/,
    lengths: { one: '1文字以上', twelve: '12文字以上' },
  },
  'pt-BR': {
    jargon:
      /\b(tokens?|registr\w+|credencia\w+|autentica\w*|provedor de identidade|payloads?|perfi[ls]\w*|extens(?:ão|ões)|certificados?|sincroni\w+|estado|cache|diretórios?|locatários?|políticas?)(?=\P{L}|$)/iu,
    blame:
      /\b(você (esqueceu|não fez|ignorou|deveria)|(seu|sua) (erro|culpa|falha)|imediatamente|aviso|urgente|violação)\b/i,
    asks: /^Se (você|pedirem).*?:/,
    action: /\b(bloqueie|abra|clique|avise|escolha|finalize|instale|siga|reinicie)\b/i,
    wrongAddress: /\b(tu|teu|tua|teus|tuas|vós|utilizador\w*|palavra-passe|ecrã)\b/i,
    englishLabels: /System Settings|Users & Groups|Keychain Access/,
    changed: /alterada/,
    workPassword: /senha corporativa/i,
    repair: /Repair/,
    test: /teste/i,
    lengths: { one: 'pelo menos 1 caractere.', twelve: 'pelo menos 12 caracteres.' },
  },
  fr: {
    jargon:
      /(?<!\p{L})(tokens?|jetons?|enregistr(é|ée|és|ées|ement|ements)|identifiants?|authentifi\w*|fournisseur d’identité|profils?|extensions?|certificats?|synchronis\w*|actualis\w*|état|cache|annuaire|locataire|stratégies?|politiques?)(?!\p{L})/iu,
    blame:
      /(?<!\p{L})(vous (n’avez pas|avez (oublié|ignoré|fermé))|votre (faute|erreur)|immédiatement|infraction|avertissement|urgent)(?!\p{L})/iu,
    asks: /^Si vous.*?:/,
    action: /(verrouillez|ouvrez|cliquez|connectez|dites|choisissez|fermez|installez)/i,
    wrongAddress: /(?<!\p{L})(tu|ton|ta|tes|toi|te)(?!\p{L})/iu,
    englishLabels: /System Settings|Users & Groups|Company Portal(?!\))/,
    changed: /modifié|changé/,
    workPassword: /mot de passe professionnel/i,
    repair: /Repair/,
    test: /test/i,
    lengths: { one: 'au moins 1 caractère.', twelve: 'au moins 12 caractères.' },
  },
  es: {
    jargon:
      /(?<!\p{L})(tokens?|registr(ad[oa]s?|e)|credencial(es)?|autentic\w*|autentificación|proveedor de identidad|perfil(es)?|extensi(ón|ones)|certificados?|sincroniz\w*|actualiz\w*|estado|caché|directorio|inquilino|directivas?|políticas?)(?!\p{L})/iu,
    blame:
      /(?<!\p{L})(no has|has (olvidado|ignorado|cerrado)|olvidaste|tu (culpa|error)|inmediatamente|infracción|advertencia|urgente)(?!\p{L})/iu,
    asks: /^Si .*?:/,
    action: /(bloquea|abre|haz clic|conéctate|conéctalo|dile|díselo|elige|cierra|instálala)/i,
    wrongAddress: /(?<!\p{L})(usted|ustedes|vos|tenés|podés)(?!\p{L})/iu,
    englishLabels: /System Settings|Users & Groups|Network Account Server|Company Portal(?!\))/,
    changed: /cambió|cambiado/,
    workPassword: /contraseña del trabajo|contraseña actual del trabajo/i,
    repair: /Repair/,
    test: /prueba/i,
    lengths: { one: 'al menos 1 carácter.', twelve: 'al menos 12 caracteres.' },
  },
  it: {
    jargon:
      /(?<!\p{L})(token|registrat[oaie]|credenzial[ei]|autentic\w*|provider di identità|profil[oi]|estension[ei]|certificat[oi]|sincronizz\w*|aggiorn\w*|cache|directory|tenant|criteri|policy)(?!\p{L})/iu,
    blame:
      /(?<!\p{L})(non hai|hai (dimenticato|ignorato|chiuso)|colpa tua|tuo errore|subito|immediatamente|violazione|avviso|urgente)(?!\p{L})/iu,
    asks: /^Se .*?:/,
    action: /(blocca|apri|fai clic|collegati|collegalo|comunica|scegli|esci|installala)/i,
    wrongAddress: /(?<!\p{L})(lei|suoi|prema|faccia|selezioni|clicchi)(?!\p{L})/iu,
    englishLabels: /System Settings|Users & Groups|Network Account Server|Company Portal(?!\))/,
    changed: /cambiat/,
    workPassword: /password aziendale/i,
    repair: /Repair/,
    test: /prova/i,
    lengths: { one: 'almeno 1 carattere.', twelve: 'almeno 12 caratteri.' },
  },
};
