import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Settings } from '../settings/schema.ts';
import { writeAtomicFile } from '../shared/atomic-file.ts';
import { readRegularText } from '../shared/regular-file.ts';
import { identityDigester } from './identity-digest.ts';

/** The values of `user` and `device` in `v_state`; empty: not stored. */
export interface Identity {
  readonly user: string;
  readonly device: string;
}

/**
 * Returns the user and the device in the form of the setting StoredIdentity. A digest is HMAC-SHA-256 with
 * the admin's key, or with a key of this Mac in a file beside the database: the database alone does not help
 * to guess names.
 */
export function createStoredIdentity(known: {
  readonly user: string;
  /** The file of this Mac's key. */
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
    const digest = await identityDigester(key ?? (await ownKey(known.keyFile)));
    return { user: digest('user', user), device: digest('device', device) };
  }
}

const largestKey = 1024;

/**
 * The key of this Mac, made at its first use. Throws for a key that can't be read: another key would change
 * every digest.
 */
async function ownKey(file: string): Promise<string> {
  const known = existsSync(file) ? readRegularText(file, largestKey).trim() : '';
  if (known !== '') return known;
  const { randomBytes } = await import('node:crypto');
  const key = randomBytes(32).toString('hex');
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeAtomicFile(file, `${key}\n`, { durable: true });
  return key;
}
