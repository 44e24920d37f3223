import type { IdentityProvider } from '../../agent/shared/identity-provider.ts';
import { languages } from '../../agent/shared/languages.ts';
import { textsByLanguage } from '../../agent/texts/texts-by-language.ts';

/** Company Portal, as each language calls it. */
const itsApp = languages.map((language) =>
  textsByLanguage[language].apps.entra.replaceAll(/[^\p{L}\s’]/gu, ''),
);
const ofEntra = new RegExp(
  `\\b(Entra|Microsoft|Azure|AADSTS\\d*|CompanyPortal|Intune|Conditional Access|per-user MFA)\\b|microsoft\\.com|${itsApp.map((name) => name.trim()).join('|')}`,
  'i',
);
/** The button in Company Portal. Case matters: an id has the word too. */
const itsButton = /\bDeregister\b/;
const ofOkta = /\bOkta\b/i;

/** The names that no text may contain on a Mac with this identity provider. */
export const foreignWords: Readonly<Record<IdentityProvider, readonly RegExp[]>> = {
  entra: [ofOkta],
  okta: [ofEntra, itsButton],
  other: [ofEntra, itsButton, ofOkta],
};
