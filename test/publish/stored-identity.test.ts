import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createStoredIdentity } from '../../agent/publish/stored-identity.ts';
import { effectiveSettings } from '../../agent/settings/settings.ts';
import { replayLines } from '../helpers/replayed.ts';

const device = '0f8fad5b-d9cb-469f-a165-70867728950e';

function settings(entries: Record<string, unknown>) {
  return effectiveSettings([{ origin: 'managed', entries }]).values;
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'psso-monitor-identity-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

const of = (user: string, keyFile: string) => createStoredIdentity({ user, keyFile });

test('nothing is stored of the user or the device unless an admin wants it', async () => {
  const keyFile = join(folder(), 'identity.key');
  expect(await of('alex', keyFile)(settings({}), device)).toEqual({ user: '', device: '' });
  expect(existsSync(keyFile)).toBe(false);
});

test('full is what it says', async () => {
  const full = settings({ StoredIdentity: 'full' });
  expect(await of('alex', join(folder(), 'k'))(full, device)).toEqual({ user: 'alex', device });
});

test("a digest is the same on this Mac, another on the next, and the same everywhere with the admin's key", async () => {
  const hashed = settings({ StoredIdentity: 'hashed' });
  const keyed = settings({ StoredIdentity: 'hashed', IdentityHashKey: 'our secret of the fleet' });
  const [one, two] = [join(folder(), 'k'), join(folder(), 'k')];
  const first = await of('alex', one)(hashed, device);
  expect(await of('alex', one)(hashed, device)).toEqual(first);
  expect(first.user).toMatch(/^[0-9a-f]{32}$/);
  expect(first.user).not.toBe(first.device);
  expect((await of('alex', two)(hashed, device)).user).not.toBe(first.user);
  expect(await of('alex', one)(keyed, device)).toEqual(await of('alex', two)(keyed, device));
  expect((await of('sam', one)(keyed, device)).user).not.toBe((await of('alex', one)(keyed, device)).user);
  expect(statSync(one).mode & 0o777).toBe(0o600);
});

test("a key that can't be read is not replaced: every digest of the history would change", async () => {
  const key = join(folder(), 'k');
  writeFileSync(key, 'a'.repeat(2000));
  await expect(of('alex', key)(settings({ StoredIdentity: 'hashed' }), device)).rejects.toThrow(/is larger/);
  expect(readFileSync(key, 'utf8')).toBe('a'.repeat(2000));
});

const head = { scenario: 'identity', start: '2026-03-02T08:00:00Z', macos: '15.6', user: 'alexandra' };

test('the name is in v_state and nowhere else, and goes when the setting goes', async () => {
  const kept = await replayLines([
    { ...head, settings: { StoredIdentity: 'full' } },
    { at: '+20m', end: true },
  ]);
  expect(kept.state.user).toBe('alexandra');
  expect(kept.state.device).toMatch(/^[0-9a-f-]{36}$/i);
  expect(JSON.stringify([kept.rows, kept.issues, kept.sync])).not.toContain('alexandra');
  const none = await replayLines([head, { at: '+20m', end: true }]);
  expect([none.state.user, none.state.device]).toEqual(['', '']);
});

// docs/admin/privacy.md names these places.
test('the device ID is in the events of a registration and in the evidence of an issue, and in no other row', async () => {
  const [first, second, left] = [1, 2, 3].map((n) => `${n}1111111-2222-4333-8444-555555555555`);
  const text = [
    'keychain: "/Users/alexandra/Library/Keychains/login.keychain-db"',
    'class: 0x80001000 ',
    'attributes:',
    String.raw`    "issu"<blob>=0x3000  "0\201\2071x0v\006MS-ORGANIZATION-ACCESS"`,
    `    "labl"<blob>="${left}"`,
  ].join('\n');
  const { rows, issues, sync, state } = await replayLines([
    head,
    { at: '+0s', psso: { deviceId: first }, workplaceJoin: { text: `${text}\n` } },
    { at: '+3h', psso: { deviceId: second } },
    { at: '+6h', psso: { registered: false, userPresent: false } },
    { at: '+9h', psso: { registered: true, userPresent: true } },
    { at: '+12h', end: true },
  ]);
  const named = rows.filter((row) => /[123]1111111-2222/.test(JSON.stringify(row)));
  expect([...new Set(named.map(({ kind }) => kind))].sort()).toEqual([
    'issue-opened',
    're-registered',
    'registration-completed',
  ]);
  expect(JSON.stringify([issues, sync, state])).not.toMatch(/[123]1111111-2222/);
});
