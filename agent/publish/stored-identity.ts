import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Settings } from '../settings/schema.ts';

/** What readers find in `v_state` of whose Mac it is; empty: nothing is to be said. */
export interface Identity {
  readonly user: string;
  readonly device: string;
}

/**
 * The user and the device as the setting StoredIdentity wants them stored. A digest is HMAC-SHA-256 with the admin's key, or
 * with one of this Mac's own, which is kept in a file beside the database: whoever pulls the database has no key to try names with.
 */
export function createStoredIdentity(known: {
  readonly user: string;
  /** Where this Mac's own key is. */
  readonly keyFile: string;
}): (settings: Settings, deviceId: string | null) => Promise<Identity> {
  let last: { readonly of: string; readonly identity: Identity } | null = null;
  return async ({ StoredIdentity, IdentityHashKey }, deviceId) => {
    const of = JSON.stringify([StoredIdentity, IdentityHashKey, deviceId]);
    if (last?.of !== of) {
      const user = known.user;
      const device = deviceId ?? '';
      last = { of, identity: await identityOf(StoredIdentity, { user, device }, IdentityHashKey) };
    }
    return last.identity;
  };

  async function identityOf(
    stored: Settings['StoredIdentity'],
    { user, device }: Identity,
    key: string | null,
  ): Promise<Identity> {
    if (stored === 'none') return { user: '', device: '' };
    if (stored === 'full') return { user, device };
    // Cryptography stays out of memory until an admin asks for it.
    const { createHmac, randomBytes } = await import('node:crypto');
    const secret = key ?? ownKey(known.keyFile, () => randomBytes(32).toString('hex'));
    const digest = (what: string, value: string) =>
      value === '' ? '' : createHmac('sha256', secret).update(`${what}:${value}`).digest('hex').slice(0, 32);
    return { user: digest('user', user), device: digest('device', device) };
  }
}

function ownKey(file: string, make: () => string): string {
  try {
    const key = readFileSync(file, 'utf8').trim();
    if (key !== '') return key;
  } catch {
    // There is none yet.
  }
  const key = make();
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, `${key}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
  return key;
}
