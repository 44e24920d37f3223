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
