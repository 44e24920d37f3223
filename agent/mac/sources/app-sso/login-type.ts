import type { Method } from '../../../shared/observation.ts';

/** POLoginType. 1 to 3 agree with Apple's public ASAuthorizationProviderExtensionAuthenticationMethod. */
const methodOfNumber: ReadonlyMap<number, Method> = new Map([
  [0, 'none'],
  [1, 'password'],
  [2, 'secureEnclaveKey'],
  [3, 'smartCard'],
]);

/** Access key (4), refresh (100), platform SSO token (101) and later numbers are `unknown`. */
export function methodOf(loginType: number | null): Method {
  return (loginType === null ? undefined : methodOfNumber.get(loginType)) ?? 'unknown';
}
