/**
 * The policies that a profile sets for FileVault, the login window and the lock screen, with the bit of each
 * in what `app-sso` prints. A public decompile names the bits; macOS 27 added those without one.
 */
const bits = {
  AttemptAuthentication: 1,
  RequireAuthentication: 2,
  AllowOfflineGracePeriod: 4,
  AllowAuthenticationGracePeriod: 8,
  AllowTouchIDOrWatchForUnlock: 16,
  RequireTouchID: null,
  RequireTouchIDOrWatch: null,
  AllowOpenIDForTouchIDFallback: null,
} as const;
export type SignInPolicy = keyof typeof bits;
export const signInPolicies = [
  'AttemptAuthentication',
  'RequireAuthentication',
  'AllowOfflineGracePeriod',
  'AllowAuthenticationGracePeriod',
  'AllowTouchIDOrWatchForUnlock',
  'RequireTouchID',
  'RequireTouchIDOrWatch',
  'AllowOpenIDForTouchIDFallback',
] as const satisfies readonly SignInPolicy[];

/** Where a policy applies. */
export const policyPlaces = ['fileVault', 'login', 'unlock'] as const;
export type PolicyPlace = (typeof policyPlaces)[number];

/**
 * The policies in `RequireAuthentication, AllowOfflineGracePeriod (6)`. The names count, and the number where
 * macOS prints `(null)` for them. Null: nothing is printed.
 */
export function policiesIn(printed: string | null): readonly SignInPolicy[] | null {
  if (printed === null) return null;
  const [, names = '', number = '0'] = /^(.*) \((\d+)\)$/.exec(printed) ?? [];
  if (names === '(null)')
    return signInPolicies.filter((policy) => {
      const bit = bits[policy];
      return bit !== null && (Number(number) & bit) !== 0;
    });
  const printedNames = new Set(names.split(/, ?/));
  return signInPolicies.filter((policy) => printedNames.has(policy));
}
