import type { Method } from './observation.ts';

/** The sign-in methods as they are named in a sentence. */
export const methodNames: Readonly<Record<Method, string>> = {
  password: 'password',
  secureEnclaveKey: 'Secure Enclave key',
  smartCard: 'smart card',
  accessKey: 'access key',
  openId: 'OpenID',
  none: 'none',
  unknown: 'unknown',
};

/** The name of a method as it is recorded; a word of another version stays. */
export function methodName(word: string | null): string {
  const known: Readonly<Record<string, string>> = methodNames;
  return word === null ? 'unknown' : Object.hasOwn(known, word) ? (known[word] ?? word) : word;
}
