import type { IdentityProvider } from '../../agent/shared/identity-provider.ts';

const ofEntra =
  /\b(Entra|Microsoft|Azure|AADSTS\d*|Company ?Portal|Unternehmensportal|Intune|Conditional Access|per-user MFA)\b|microsoft\.com/i;
/** The button in Company Portal. Case matters: an id has the word too. */
const itsButton = /\bDeregister\b/;
const ofOkta = /\bOkta\b/i;

/** The names that no text may contain on a Mac with this identity provider. */
export const foreignWords: Readonly<Record<IdentityProvider, readonly RegExp[]>> = {
  entra: [ofOkta],
  okta: [ofEntra, itsButton],
  other: [ofEntra, itsButton, ofOkta],
};
