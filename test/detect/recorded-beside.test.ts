import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { kindsOf, mac, type Replayed, replayLines } from '../helpers/replayed.ts';

/** What is recorded beside a decision: an admin reads these columns of the database. */

const evidenceOf = (replayed: Replayed, kind: string, issue: string): unknown =>
  JSON.parse(replayed.rows.find((row) => row.kind === kind && row.issue === issue)?.detail ?? 'null');
const withKind = (replayed: Replayed, kind: string) => replayed.rows.filter((row) => row.kind === kind);

const prompt = [
  mac,
  { at: '+1h', psso: { state: 1 } },
  { at: '+1h1m', focus: 'on' },
  { at: '+9h', psso: { state: 0, receivedAt: '+9h' } },
  { at: '+10h', end: true },
];

test('a prompt: its times are in the evidence, its states in from and to', async () => {
  const replayed = await replayLines(prompt);
  const times = { lastConfirmedGoodAt: '2026-03-02T08:00:00Z', promptedAt: '2026-03-02T09:00:00Z' };
  expect(evidenceOf(replayed, 'issue-opened', 'password-change-prompt-pending')).toMatchObject({
    userState: 1,
    lastConfirmedGoodAt: times.lastConfirmedGoodAt,
  });
  expect(evidenceOf(replayed, 'issue-updated', 'password-change-prompt-pending')).toMatchObject({
    lastConfirmedGoodAt: times.lastConfirmedGoodAt,
    promptedAt: expect.stringMatching(/^2026-03-02T09:0\d:00Z$/),
  });
  expect(withKind(replayed, 'prompt-pending')).toMatchObject([
    { from_state: 'clear', to_state: 'pending', severity: 'medium' },
  ]);
  expect(withKind(replayed, 'prompt-cleared')).toMatchObject([{ from_state: 'pending', to_state: 'clear' }]);
});

test('an issue that ended: how long it was open', async () => {
  const replayed = await replayLines(prompt);
  expect(evidenceOf(replayed, 'issue-resolved', 'password-change-prompt-pending')).toEqual({
    openedAt: '2026-03-02T09:00:00Z',
    openSeconds: 8 * 3600,
  });
});

test('a notification that was not shown is a row of the database, with its reason and its text', async () => {
  const replayed = await replayLines(prompt);
  const rows = withKind(replayed, 'notification-suppressed');
  expect(rows.length).toBeGreaterThan(0);
  expect(rows[0]).toMatchObject({ issue: 'password-change-prompt-pending', to_state: 'focus' });
  expect(JSON.parse(rows[0]?.detail ?? '')).toMatchObject({
    purpose: 'problem',
    reason: 'focus',
    title: expect.stringMatching(/./),
    body: expect.stringMatching(/./),
  });
});

test('a Mac of which nothing can be read: no key of v_state says what was not read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'psso-nothing-'));
  try {
    const places = ['--sysroot', join(folder, 'empty'), '--data-dir', join(folder, 'data')];
    cli(['once', ...places]);
    const state: unknown = JSON.parse(cli(['status', '--json', ...places]).stdout).state;
    expect(state).toMatchObject({
      'app-sso': 'unreadable: missing',
      // The bundle is a file: that it is missing is known.
      'company-portal': 'not installed',
      configured: '',
      enrolled: '',
      headline: 'unknown',
      'last-confirmed-good': '',
      macos: '',
      method: 'unknown',
      'open-issues': '',
      'password-last-set': '',
      'password-window': 'unknown',
      registration: 'unknown',
      'tokens-expire-at': '',
      'user-state': '',
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the device stays as stored while app-sso fails', async () => {
  const settings = { StoredIdentity: 'full' };
  const lines = [
    { ...mac, settings },
    { at: '+2h', appSso: { fail: 'exit' } },
    { at: '+4h', end: true },
  ];
  const known = await replayLines([...lines.slice(0, 1), { at: '+1h', end: true }]);
  expect(known.state.device).toMatch(/^[0-9a-f-]{36}$/);
  expect((await replayLines(lines)).state.device).toBe(known.state.device);
});

test('a migration to another method with a new registration records both', async () => {
  const deviceId = '11111111-2222-4333-8444-555555555555';
  const change = { method: 'secureEnclaveKey', deviceId };
  const replayed = await replayLines([mac, { at: '+2h', psso: change }, { at: '+4h', end: true }]);
  expect(kindsOf(replayed)).toContain('method-changed');
  expect(kindsOf(replayed)).toContain('re-registered');
});

const profile = (method: string) => ({
  text: `<plist version="1.0"><dict><key>ExtensionIdentifier</key><string>com.microsoft.CompanyPortalMac.ssoextension</string>
    <key>PlatformSSO</key><dict><key>AuthenticationMethod</key><string>${method}</string></dict></dict></plist>`,
});

test('a profile that changed and one that was removed are different sentences', async () => {
  const replayed = await replayLines([
    mac,
    { at: '+1h', profile: profile('Password') },
    { at: '+4h', profile: profile('SmartCard') },
    { at: '+8h', profile: null, psso: null },
    { at: '+12h', end: true },
  ]);
  expect(withKind(replayed, 'profile-changed').map(({ summary }) => summary)).toEqual([
    expect.stringMatching(/profile was (installed|changed)\.$/),
    'The Extensible SSO profile was changed.',
    'The Extensible SSO profile was removed.',
  ]);
  expect(withKind(replayed, 'profile-changed').at(-1)).toMatchObject({ severity: 'medium', to_state: '' });
});
