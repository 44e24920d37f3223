import { nearestOf } from '../../../shared/nearest.ts';

/**
 * The values of AuthenticationMethod, with the first macOS that knows each. Apple's device-management,
 * com.apple.extensiblesso.yaml; OpenID: Apple's deployment guide for macOS 27.
 */
const firstMacos = { Password: 13, UserSecureEnclaveKey: 13, SmartCard: 14, OpenID: 27 } as const;
export const profileMethods = ['Password', 'UserSecureEnclaveKey', 'SmartCard', 'OpenID'] as const;
/** The newest macOS whose methods are known here. */
export const newestMacos = 27;
/** Words of Apple's names of methods: a value of such words holds no identity. */
const words = /^(?:user|secure|enclave|key|smart|card|password|open|id|access|touch|passkey|web|login)+$/i;

function isProfileMethod(value: string): value is (typeof profileMethods)[number] {
  return profileMethods.some((method) => method === value);
}

/**
 * A value of AuthenticationMethod that can be repeated: it is, or resembles, a name of a method. Else null.
 */
export function quotableMethod(value: unknown): string | null {
  if (typeof value !== 'string' || !/^[A-Za-z]{1,40}$/.test(value)) return null;
  return words.test(value) || nearestOf(value, profileMethods) !== null ? value : null;
}

/** The first macOS with this method, by major version; null: the method is not known here. */
export function firstMacosWith(value: string | null): number | null {
  return value !== null && isProfileMethod(value) ? firstMacos[value] : null;
}

/**
 * Whether macOS knows this method; null: not known, because a macOS newer than this version can know more.
 * `value` null: a value that can't be repeated. `macosMajor` null: any version.
 */
export function isKnownMethod(value: string | null, macosMajor: number | null): boolean | null {
  if (value !== null && isProfileMethod(value)) return macosMajor === null || macosMajor >= firstMacos[value];
  const misspelt = value !== null && nearestOf(value, profileMethods) !== null;
  return misspelt || (macosMajor !== null && macosMajor <= newestMacos && value !== 'AccessKey')
    ? false
    : null;
}
