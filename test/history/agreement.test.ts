import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Versions } from '../../agent/fleet/versions.ts';
import { adviceFor } from '../../agent/history/advice.ts';
import { historyOf } from '../../agent/history/history.ts';
import { macReport } from '../../agent/report/mac-report.ts';
import { changeFromText, changeText } from '../../agent/shared/changes.ts';
import { openReader } from '../../agent/store/reader.ts';
import { textParameters } from '../../agent/texts/text-parameters.ts';
import { cli } from '../helpers/cli.ts';
import { replayInto } from '../helpers/replay-into.ts';

/** One Mac, several commands: all of them agree. */

let folder: string;
let keyLost: string;
let removed: string;
let prompted: string;

async function replayed(name: string, lines: readonly object[]): Promise<string> {
  const head = { scenario: name, start: '2026-06-01T08:00:00Z', macos: '15.6', user: 'alex' };
  const file = join(folder, `${name}.ndjson`);
  writeFileSync(file, [head, ...lines].map((line) => JSON.stringify(line)).join('\n'));
  const dataDir = join(folder, name);
  await replayInto(dataDir, file);
  return dataDir;
}

/** How an admin switches Platform SSO off. Without any profile, the issue sso-profile-missing is open. */
const withoutPlatformSso =
  '<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict><key>ExtensionIdentifier</key><string>com.microsoft.CompanyPortalMac.ssoextension</string><key>Type</key><string>Redirect</string></dict></plist>';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-agreement-'));
  keyLost = await replayed('key-lost', [
    { at: '+0s', psso: { method: 'secureEnclaveKey' } },
    { at: '+5h', macos: '15.7' },
    { at: '+5h10m', psso: { registered: false, userPresent: false } },
    { at: '+6h', end: true },
  ]);
  removed = await replayed('removed', [
    { at: '+2h', companyPortal: null },
    { at: '+3h', psso: null, profile: { text: withoutPlatformSso } },
    { at: '+4h', end: true },
  ]);
  prompted = await replayed('prompted', [
    { at: '+4h10m', psso: { receivedAt: '+4h10m' } },
    { at: '+5h', psso: { state: 1 } },
    { at: '+6h', end: true },
  ]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const asked = (args: string[], dataDir: string, env: Record<string, string> = {}) =>
  cli([...args, '--data-dir', dataDir], { env: { TZ: 'Asia/Tokyo', ...env } }).stdout;

test('sync and the report count the same late token cycles', () => {
  const reader = openReader({ path: join(prompted, 'events.db') });
  const { sync } = macReport(historyOf(reader), { now: Date.UTC(2026, 5, 2) });
  reader.close();
  const late = sync.filter((cycle) => cycle.late);
  expect(late.some(({ refreshedAt }) => refreshedAt === null)).toBe(true);
  expect(JSON.parse(asked(['sync', '--late', '--json'], prompted)).length).toBe(late.length);
});

describe('changes before an issue', () => {
  test('explain prints changes in words with local times and the zone', () => {
    const said = asked(['explain', 'registration-needs-repair'], keyLost);
    // 13:00 UTC is 22:00 in Tokyo.
    expect(said).toContain('2026-06-01 22:00: macOS updated from 15.6 to 15.7');
    expect(said).toContain('Times in Asia/Tokyo.');
    expect(said).not.toMatch(/T\d\d:\d\d:\d\dZ/);
  });

  test('explain and the report name the same possible causes', () => {
    const reader = openReader({ path: join(keyLost, 'events.db') });
    const { advice } = macReport(historyOf(reader), { now: Date.UTC(2026, 5, 2) });
    reader.close();
    const inReport = (advice['registration-needs-repair']?.causes ?? []).map(({ title }) => title);
    const said = asked(['explain', 'registration-needs-repair'], keyLost);
    expect(inReport.length).toBeGreaterThan(0);
    for (const title of inReport) expect(said).toContain(title);
    // The cause needs the method password, which this Mac does not use.
    expect([...inReport, said].join('\n')).not.toContain('Per-user MFA');
  });

  test('status is in English and prints the start time', () => {
    const said = asked(['status'], keyLost, { LANG: 'de_DE.UTF-8' });
    expect(said).toMatch(/needs attention\)\n/);
    expect(said).toMatch(/^ *Since 2026-06-01 22:1\d\.$/m);
    expect(said).not.toContain('Firmenanmeldung');
  });
});

describe('after Platform SSO was removed', () => {
  test('the last confirmation of the password is still printed', () => {
    expect(asked(['status'], removed)).toContain(
      'Work sign-in was last confirmed at 2026-06-01 17:00. It has since been removed from this Mac.',
    );
    expect(asked(['attribute', 'last-confirmed-good'], removed)).toContain('2026-06-01T08:00:00Z');
  });

  test('an earlier version is not an update', () => {
    expect(changeText('company-portal-updated', '5.2504.0')).toBe('Company Portal changed to 5.2504.0');
    expect(changeFromText('okta-verify-updated', '9.41.0', '9.40.1')).toBe(
      'Okta Verify went back from 9.41.0 to 9.40.1',
    );
    expect(changeFromText('macos-updated', '15.6', '15.10')).toBe('macOS updated from 15.6 to 15.10');
  });

  test('a removed Company Portal is not an updated one', () => {
    expect(changeText('company-portal-updated', 'not installed')).toBe('Company Portal removed');
    const versions = new Versions([{ at: 5, before: '5.1', to: 'not installed' }], 'not installed');
    expect(versions.seenSince(0)).toEqual(['5.1', 'not installed']);
    const report = JSON.parse(cli(['fleet', removed, '--json']).stdout);
    const ofThePortal = report.breaks.afterChanges.filter(
      ({ kind }: { kind: string }) => kind === 'company-portal-updated',
    );
    expect(ofThePortal).toMatchObject([{ to: 'not installed' }]);
  });
});

describe('issues for the admin only', () => {
  const state = [
    { key: 'headline', value: 'needs-attention', since: '2026-06-01T08:00:00Z' },
    { key: 'password-window', value: 'fresh', since: '2026-06-01T08:00:00Z' },
    ...['app-sso', 'registration-complete', 'method-known', 'methods-agree'].map((key) => ({
      key,
      value: key === 'app-sso' ? 'registered' : 'yes',
      since: '2026-06-01T08:00:00Z',
    })),
    ...['user-state-normal', 'tokens-present'].map((key) => ({
      key,
      value: 'yes',
      since: '2026-06-01T08:00:00Z',
    })),
  ];
  const now = Date.UTC(2026, 5, 1, 9);
  const open = (issue: string) => ({
    issue,
    status: 'open' as const,
    severity: 'high',
    opened_at: '2026-06-01T08:00:00Z',
    resolved_at: '',
    open_seconds: '60',
    summary: '',
  });

  const known = { lastPoll: { at: now, agent: 'running' as const }, agentVersion: '', evidence: {} };

  test('stricter rules alone do not concern the user', () => {
    const rules = open('passcode-policy-complexity-mismatch');
    const alone = adviceFor({ state, issues: [rules], ...known }, 'en', now);
    expect(alone.problems).toEqual([]);
    expect(alone.sentences[0]).toBe('Work sign-in works on this Mac.');
    const unread = state.map((row) =>
      row.key === 'app-sso' ? { ...row, value: 'unreadable: timeout' } : row,
    );
    const unknown = adviceFor({ state: unread, issues: [rules], ...known }, 'en', now);
    expect(unknown.sentences[0]).toBe('Your work sign-in can’t be checked right now.');
    const pending = open('password-change-prompt-pending');
    const both = adviceFor({ state, issues: [rules, pending], ...known }, 'en', now);
    expect(both.problems).toHaveLength(2);
    expect(both.sentences[0]).toBe('There’s a problem with your work sign-in.');
  });

  test('a minimum length is named only when it is the problem', () => {
    expect(textParameters({ stricter: ['minLength'], minLength: 14 }, 'okta')).toEqual({
      minimumLength: 14,
      provider: 'okta',
    });
    expect(textParameters({ stricter: ['minSymbols'], minLength: 4 }, 'entra')).toEqual({
      provider: 'entra',
    });
    expect(textParameters(null, 'other')).toEqual({ provider: 'other' });
  });
});

describe('while the present state is unknown', () => {
  test('the last confirmation of the password is printed', async () => {
    const folder = await replayed('state-8', [
      { at: '+1h', psso: { state: 8 } },
      { at: '+3h', end: true },
    ]);
    expect(asked(['status'], folder)).toMatch(
      /Work sign-in was last confirmed at .*\. There is no newer information\./,
    );
  });
});
