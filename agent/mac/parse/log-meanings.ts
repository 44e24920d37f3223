/**
 * What Platform SSO's processes say in the unified log, and what it means. The texts are Apple's own: those
 * of macOS 15 and earlier were read from its frameworks and agree with published logs, those marked 26 and 27
 * come from string tables of these releases and were not seen in a log yet. Only Default, Error and Fault are
 * kept on disk by default; the others show only while streaming, or after `log config`.
 */
export interface LogPattern {
  /** A part of the message, in lower case. */
  readonly text: string;
  readonly meaning: string;
  /** A number follows that belongs to the meaning: a result, a state, a login type. */
  readonly number?: true;
}

export const noise = 'noise';

/** The first that is found in a message counts, so the particular comes before the general. */
export const logPatterns: readonly LogPattern[] = [
  // Outcomes. POLoginResult: 1 success, 2 needs repair, 3 failed, 4 wrong or changed password, 5 network
  // unavailable.
  { text: 'login result = ', meaning: 'login-result', number: true },
  { text: 'authentication completed successfully', meaning: 'login-succeeded' },
  { text: 'authentication failed with invalid credential', meaning: 'login-credential-refused' },
  { text: 'authentication failed because network is unavailable', meaning: 'login-network-unavailable' },
  { text: 'authentication failed and needs repair', meaning: 'login-needs-repair' },
  { text: 'authentication failed', meaning: 'login-failed' },
  { text: 'failed to authenticate user.', meaning: 'login-failed' },
  { text: 'credential not provided, starting over.', meaning: 'login-dismissed' },
  { text: 'failed to save sso tokens after authentication.', meaning: 'tokens-not-saved' },
  {
    text: 'failed to save user configuration after biometric failure.',
    meaning: 'user-configuration-not-saved',
  },

  // Why a login is tried, or is not.
  { text: 'user does not need authentication', meaning: 'login-not-needed' },
  { text: 'time for user authentication', meaning: 'login-due' },
  { text: 'tokens issued more than 4 hours ago', meaning: 'login-due-tokens-old' },
  { text: 'tokens expire soon', meaning: 'login-due-tokens-expiring' },
  { text: 'kerberos cache not valid', meaning: 'login-due-kerberos' },
  { text: 'user state is needs authentication', meaning: 'login-due-needs-authentication' },
  { text: 'user state is needs registration or key is invalid', meaning: 'login-waits-for-registration' },
  { text: 'user state is needs registration, key is invalid', meaning: 'login-waits-for-registration' },
  { text: 'exempt from platform sso policy', meaning: 'account-exempt' },
  { text: 'attempting authentication', meaning: 'login-started' },
  { text: 'password authentication', meaning: 'login-started' },

  // Password synchronisation, 26 and 27.
  { text: 'syncing the local account password to the idp password', meaning: 'password-sync-started' },
  { text: 'local account password sync failed', meaning: 'password-sync-failed' },
  { text: 'local account password change failed for user', meaning: 'password-sync-failed' },
  { text: 'password sync required but no credential context', meaning: 'password-sync-postponed' },
  { text: 'own secure token rejected the password', meaning: 'secure-token-refused-password' },
  { text: 'own secure token rejected this password', meaning: 'secure-token-refused-password' },
  { text: 'password update fallback result: ', meaning: 'password-update-fallback-result', number: true },
  { text: 'skipping local account password sync', meaning: 'password-sync-skipped-web-login' },
  { text: 'supplied no extractable password', meaning: 'password-sync-skipped-web-login' },

  // Registration.
  { text: 'sending registration notification', meaning: 'registration-notification' },
  { text: 'adding notification request', meaning: 'registration-notification' },
  { text: 'handleuserregistrationforuser:', meaning: 'user-registration-started' },
  { text: 'resetregistrationwithcompletion', meaning: 'registration-reset' },
  { text: 'creating new device configuration on', meaning: 'device-registration-started' },
  { text: 'registration has failed, not asking', meaning: 'registration-failed' },
  { text: 'a registration is already in progress', meaning: 'registration-in-progress' },
  {
    text: 'user registration is not usable (state = ',
    meaning: 'user-registration-not-usable',
    number: true,
  },
  {
    text: 'user registration no longer needs repair (state = ',
    meaning: 'user-registration-repaired',
    number: true,
  },
  { text: 'registration is not complete for user', meaning: 'registration-not-complete' },
  { text: 'no user configuration for user', meaning: 'user-configuration-missing' },
  { text: 'no driver config for user', meaning: 'account-not-registered' },
  { text: 'token binding is owed', meaning: 'token-binding-owed' },
  { text: 'no login configuration', meaning: 'login-configuration-missing' },
  { text: 'no device configuration', meaning: 'device-configuration-missing' },
  { text: 'user state = ', meaning: 'user-state-written', number: true },
  { text: 'logintype = ', meaning: 'login-type-written', number: true },

  // Configuration, extension and keys. The first two are the corrupted configuration of macOS 15.0 to 15.2.
  { text: 'error deserializing device config', meaning: 'device-configuration-corrupted' },
  { text: 'garbage at end', meaning: 'device-configuration-corrupted' },
  { text: 'platform sso extension has changed', meaning: 'extension-changed' },
  { text: 'extension team identifier mismatch', meaning: 'extension-team-mismatch' },
  { text: 'extension not found for key rotation', meaning: 'extension-missing' },
  { text: 'no platform sso profiles in key rotation', meaning: 'profile-missing' },
  { text: 'keys have changed', meaning: 'keys-changed' },
  { text: 'creating new signing key', meaning: 'signing-key-created' },
  { text: 'verifying device encryption key', meaning: 'encryption-key-checked' },
  { text: 'webauthenticationsession error 1', meaning: 'web-sign-in-closed' },

  // Noise. Each run of app-sso leaves the first two itself.
  { text: '-[soagent connectioninvalidated]', meaning: noise },
  { text: 'invalidated because the client process', meaning: noise },
  { text: 'breaking calling recursion for caller', meaning: noise },
  { text: 'no extension', meaning: noise },
];

export interface Meaning {
  readonly meaning: string;
  readonly result: number | null;
}

/** Characters of a message that are searched. Real messages have some hundred. */
const longestMessage = 2_000;
/** `1`, `(1)`, `POLoginResultSuccess (1)`; the value's exact text was never published. */
const leadingNumber = /^[a-z]{0,60} ?\(?(-?\d{1,6})\b/;

/** What a message means; null for one that is not in the catalogue. */
export function meaningOf(message: string): Meaning | null {
  const text = message.slice(0, longestMessage).toLowerCase();
  for (const pattern of logPatterns) {
    const found = text.indexOf(pattern.text);
    if (found === -1) continue;
    const [, digits] = (pattern.number && leadingNumber.exec(text.slice(found + pattern.text.length))) || [];
    return { meaning: pattern.meaning, result: digits === undefined ? null : Number(digits) };
  }
  return null;
}
