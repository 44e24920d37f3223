import type { Method } from '../../../shared/observation.ts';
import type { Enumeration } from './enumeration.ts';

/** POLoginType. 1 to 3 agree with Apple's public ASAuthorizationProviderExtensionAuthenticationMethod. */
const methodOfNumber: ReadonlyMap<number, Method> = new Map([
  [0, 'none'],
  [1, 'password'],
  [2, 'secureEnclaveKey'],
  [3, 'smartCard'],
]);

/** In lower case without `POLoginType`. Access key: macOS 26; OpenID: macOS 27. */
const methodOfName: ReadonlyMap<string, Method> = new Map([
  ['none', 'none'],
  ['password', 'password'],
  ['usersecureenclavekey', 'secureEnclaveKey'],
  ['secureenclavekey', 'secureEnclaveKey'],
  ['smartcard', 'smartCard'],
  ['accesskey', 'accessKey'],
  ['openid', 'openId'],
]);

/**
 * The name counts first: a macOS version can give a number another meaning. Without a name the number counts.
 * Names and numbers that are not listed (refresh, platform SSO token, later ones) are `unknown`.
 */
export function methodOf({ number, label }: Enumeration): Method {
  if (label !== null && label !== '(null)')
    return methodOfName.get(label.toLowerCase().replace(/^pologintype/, '')) ?? 'unknown';
  return (number === null ? undefined : methodOfNumber.get(number)) ?? 'unknown';
}
