import type { Method } from './observation.ts';

/**
 * What a sign-in method means for the Mac's password.
 *
 * - `synchronised` macOS sets the work password as the Mac's: the password window applies
 * - `independent`  the Mac keeps a password of its own
 * - `unknown`      this version does not know how the method treats the Mac's password
 */
export type PasswordRelation = 'synchronised' | 'independent' | 'unknown';

/**
 * `webLoginPasswordSync`: the profile has AllowWebLoginPasswordSync, with which macOS 27 sets the work
 * password after a web login too (Apple's device-management, com.apple.extensiblesso.yaml). Without it, and
 * with an access key, nothing public says which password the Mac has.
 */
export function passwordRelationOf(method: Method, webLoginPasswordSync: boolean): PasswordRelation {
  switch (method) {
    case 'password':
      return 'synchronised';
    case 'secureEnclaveKey':
    case 'smartCard':
      return 'independent';
    case 'openId':
      return webLoginPasswordSync ? 'synchronised' : 'unknown';
    case 'accessKey':
    case 'none':
    case 'unknown':
      return 'unknown';
  }
}
