import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { replayInto } from '../helpers/replay-into.ts';
import { kindsOf, mac, replayField, replayLines } from '../helpers/replayed.ts';

const mac27 = { ...mac, macos: '27.0' };
/** Tokens of the start stay stale across an unlock. */
const staleAcrossUnlock = [
  { at: '+4h40m', screen: 'locked' },
  { at: '+4h45m', screen: 'unlocked' },
  { at: '+6h', end: true },
];
const ofWindow = ['sync-window-due', 'sync-window-overdue', 'password-synced'];

function profileWith(platformSso: string): string {
  return (
    '<plist version="1.0"><dict>' +
    '<key>ExtensionIdentifier</key><string>com.microsoft.CompanyPortalMac.ssoextension</string>' +
    '<key>TeamIdentifier</key><string>UBF8T346G9</string><key>Type</key><string>Redirect</string>' +
    '<key>URLs</key><array><string>https://login.microsoftonline.com</string></array>' +
    `<key>PlatformSSO</key><dict>${platformSso}</dict></dict></plist>`
  );
}
const openIdProfile = (more: string) =>
  profileWith(`<key>AuthenticationMethod</key><string>OpenID</string>${more}`);

describe('a method of which it is unknown how it treats the password', () => {
  test('openid-27: status names it, and claims nothing of the password', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'psso-monitor-field-'));
    try {
      const file = fileURLToPath(new URL('openid-27.ndjson', import.meta.url));
      await replayInto(dataDir, file);
      const { stdout } = cli(['status', '--data-dir', dataDir]);
      expect(stdout).toContain('POLoginTypeOpenID');
      expect(stdout).not.toMatch(/independent|Platform SSO works\.|will check again|checks again/);
      const page = cli(['report', '--data-dir', dataDir, '--json']).stdout;
      expect(page).not.toMatch(/independent|Platform SSO works\./);
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  });

  test('openid-27: the window has no phase, and no issue opens', async () => {
    const replayed = await replayField('openid-27');
    expect(kindsOf(replayed)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(ofWindow.join('|'))]),
    );
    expect(replayed.summary.openIssues).toEqual([]);
    expect(replayed.notifications).toEqual([]);
    expect(replayed.sync).toEqual([]);
    expect(replayed.state).toMatchObject({
      headline: 'unknown',
      method: 'openId',
      'method-not-understood': 'POLoginTypeOpenID',
      'password-window': 'unknown',
    });
  });

  test.each(['openId', 'accessKey'])('%s: a local password is not called independent', async (method) => {
    const replayed = await replayLines([
      mac27,
      { at: '+0s', psso: { method } },
      { at: '+1h', passwordLastSetAt: '+1h' },
      ...staleAcrossUnlock,
    ]);
    const changed = replayed.events.find(({ kind }) => kind === 'local-password-changed');
    expect(changed).toMatchObject({
      severity: 'info',
      summary: 'The local password was set.',
    });
    expect(kindsOf(replayed)).not.toContain('sync-window-due');
    expect(replayed.state['password-window']).toBe('unknown');
  });

  test.each(['secureEnclaveKey', 'smartCard', 'password'])('%s is understood', async (method) => {
    const replayed = await replayLines([mac27, { at: '+0s', psso: { method } }, { at: '+1h', end: true }]);
    expect(replayed.state).toMatchObject({
      headline: 'ok',
      'method-not-understood': '',
      'password-window': method === 'password' ? 'fresh' : 'notApplicable',
    });
  });
});

describe('AllowWebLoginPasswordSync', () => {
  const withSync = { text: openIdProfile('<key>AllowWebLoginPasswordSync</key><true/>') };

  test('makes OpenID count like the password method', async () => {
    const replayed = await replayLines([
      mac27,
      { at: '+0s', psso: { method: 'openId' }, profile: withSync },
      ...staleAcrossUnlock,
    ]);
    expect(kindsOf(replayed)).toEqual(expect.arrayContaining(['sync-window-due', 'sync-window-overdue']));
    expect(replayed.summary.openIssues).toContain('password-change-window-overdue');
    expect(replayed.state['method-not-understood']).toBe('');
  });

  test('a prompt and a sync are recorded', async () => {
    const replayed = await replayLines([
      mac27,
      { at: '+0s', psso: { method: 'openId' }, profile: withSync },
      { at: '+1h', psso: { state: 1 } },
      { at: '+2h', psso: { state: 0, receivedAt: '+2h' }, passwordLastSetAt: '+2h' },
      { at: '+3h', end: true },
    ]);
    expect(kindsOf(replayed)).toEqual(expect.arrayContaining(['prompt-pending', 'password-synced']));
    expect(replayed.state.headline).toBe('ok');
  });

  test('a prompt is one issue', async () => {
    const replayed = await replayLines([
      mac27,
      { at: '+0s', psso: { method: 'openId' }, profile: withSync },
      { at: '+1h', psso: { state: 1 } },
      { at: '+8h', end: true },
    ]);
    expect(replayed.summary.openIssues).toEqual(['password-change-prompt-pending']);
  });

  test('a password that is set minutes after the tokens is a sync', async () => {
    const replayed = await replayLines([
      mac27,
      { at: '+0s', psso: { method: 'openId' }, profile: withSync },
      { at: '+2h', psso: { receivedAt: '+2h' } },
      { at: '+125m', passwordLastSetAt: '+124m' },
      { at: '+4h', end: true },
    ]);
    expect(kindsOf(replayed)).toContain('password-synced');
    expect(kindsOf(replayed)).not.toContain('local-password-changed');
  });

  test('the registration sets the password', async () => {
    const replayed = await replayLines([
      mac27,
      { at: '+0s', psso: { method: 'openId', registered: false, userPresent: false }, profile: withSync },
      {
        at: '+2h',
        psso: { registered: true, userPresent: true, receivedAt: '+2h' },
        passwordLastSetAt: '+2h',
      },
      { at: '+4h', end: true },
    ]);
    expect(kindsOf(replayed)).toContain('password-synced');
    expect(kindsOf(replayed)).not.toContain('local-password-changed');
  });

  test('is remembered while the profile can’t be read', async () => {
    const replayed = await replayLines([
      mac27,
      { at: '+0s', psso: { method: 'openId' }, profile: withSync },
      { at: '+1h', profile: { text: 'garbled' } },
      { at: '+2h', end: true },
    ]);
    expect(replayed.state['password-window']).toBe('fresh');
  });

  test.each([
    ['false', openIdProfile('<key>AllowWebLoginPasswordSync</key><false/>')],
    ['absent', openIdProfile('')],
  ])('%s leaves the window unknown', async (_what, text) => {
    const replayed = await replayLines([
      mac27,
      { at: '+0s', psso: { method: 'openId' }, profile: { text } },
      ...staleAcrossUnlock,
    ]);
    expect(kindsOf(replayed)).not.toContain('sync-window-due');
    expect(replayed.state['password-window']).toBe('unknown');
  });
});

describe('policies that can lock a user out', () => {
  const opened = async (psso: object, more: object = {}) => {
    const replayed = await replayLines([mac27, { at: '+0s', psso, ...more }, { at: '+1h', end: true }]);
    return replayed.events.filter(({ kind }) => kind === 'issue-opened');
  };

  test('the evidence names the places and the period', async () => {
    const [event] = await opened({
      loginPolicy: 'RequireAuthentication (2)',
      unlockPolicy: 'RequireAuthentication, AllowOfflineGracePeriod, AllowTouchIDOrWatchForUnlock (22)',
      offlineGracePeriod: '0 hours',
    });
    expect(event).toMatchObject({
      issue: 'offline-lockout-require-authentication',
      severity: 'high',
      summary:
        "RequireAuthentication applies at the login window and the lock screen without an offline grace period: without a network the user can't sign in there.",
      data: {
        places: ['login', 'unlock'],
        offlineGracePeriodSeconds: 0,
        touchIdAllowedForUnlock: true,
        method: 'password',
      },
    });
  });

  test('a number without names is understood', async () => {
    const [event] = await opened({ loginPolicy: '(null) (2)' });
    expect(event?.issue).toBe('offline-lockout-require-authentication');
  });

  test('an account without a registration and without a grace period', async () => {
    const events = await opened({ userPresent: false, fileVaultPolicy: 'RequireAuthentication (2)' });
    const event = events.find(({ issue }) => issue === 'auth-grace-period-expiring-unregistered');
    expect(event).toMatchObject({
      severity: 'high',
      data: { places: ['fileVault'], requireAuthGracePeriodSeconds: 0, endsAt: null },
    });
    expect(events.map(({ issue }) => issue)).not.toContain('offline-lockout-require-authentication');
  });

  test('a grace period ends at the time that macOS counts to', async () => {
    const events = await opened({
      userPresent: false,
      loginPolicy: 'RequireAuthentication, AllowAuthenticationGracePeriod (10)',
      requireAuthGracePeriod: '30 days',
    });
    // The Mac was configured 30 days before the start.
    const event = events.find(({ issue }) => issue === 'auth-grace-period-expiring-unregistered');
    expect(event?.summary).toBe(
      'This account is not registered, and its grace period ended at 2026-03-02T08:00:00Z: the login window can refuse it.',
    );
    expect(event?.data).toMatchObject({ endsAt: '2026-03-02T08:00:00Z' });
  });

  test('Touch ID that is required by the profile alone', async () => {
    const text = profileWith(
      '<key>AuthenticationMethod</key><string>Password</string>' +
        '<key>UnlockPolicy</key><array><string>RequireTouchIDOrWatch</string></array>',
    );
    const events = await opened({}, { profile: { text } });
    expect(events).toMatchObject([
      {
        issue: 'touch-id-required-no-fallback',
        severity: 'medium',
        data: { places: ['unlock'], watchAllowed: true },
      },
    ]);
  });
});

describe('a managed file that is gone', () => {
  const gone = async (macos: string, lines: readonly object[]) => {
    const replayed = await replayLines([{ ...mac, macos }, { at: '+0s' }, ...lines]);
    const events = replayed.events.filter(({ kind }) => kind === 'profile-changed');
    return { replayed, events, after: events.map(({ at }) => Math.round((at - replayed.start) / 60_000)) };
  };

  test('on macOS 27, beside a configured app-sso, can be a declaration', async () => {
    const { replayed, events } = await gone('27.0', [
      { at: '+1h', profile: null },
      { at: '+1d', end: true },
    ]);
    expect(events).toMatchObject([
      {
        severity: 'info',
        summary:
          'The managed file of the SSO profile is gone, while Platform SSO stays configured: a declaration may configure it.',
        from: expect.any(String),
        to: 'not seen',
      },
    ]);
    expect(kindsOf(replayed)).not.toEqual(expect.arrayContaining(['psso-removed', 'issue-opened']));
    expect(replayed.notifications).toEqual([]);
  });

  test('on macOS 27 was never there: a baseline', async () => {
    const { events, replayed } = await gone('27.0', [
      { at: '+0s', profile: null },
      { at: '+1h', end: true },
    ]);
    expect(events).toEqual([]);
    expect(replayed.state).toMatchObject({ headline: 'ok', configured: 'yes' });
  });

  test('under a declaration, a registration that is lost and comes back is not a first one', async () => {
    const { replayed } = await gone('27.0', [
      { at: '+0s', profile: null },
      { at: '+1h', psso: null },
      { at: '+2h', psso: { registered: false, userPresent: false, state: 2 } },
      { at: '+3h', end: true },
    ]);
    expect(replayed.summary.openIssues).toContain('registration-needs-repair');
  });

  test.each(['15.6', '27.0'])(
    'and a Platform SSO that is gone is a removed profile: macOS %s',
    async (macos) => {
      const { replayed, events, after } = await gone(macos, [
        { at: '+1h', profile: null, psso: null },
        { at: '+2h', end: true },
      ]);
      expect(events).toMatchObject([
        { severity: 'medium', summary: 'The Extensible SSO profile was removed.', to: null },
      ]);
      expect(after[0]).toBeLessThanOrEqual(65);
      expect(kindsOf(replayed)).toContain('psso-removed');
    },
  );

  test('before macOS 27 it waits for app-sso', async () => {
    const { events, after } = await gone('15.6', [
      { at: '+1h', profile: null },
      { at: '+1h8m', psso: null },
      { at: '+2h', end: true },
    ]);
    expect(events).toMatchObject([{ summary: 'The Extensible SSO profile was removed.' }]);
    expect(after[0]).toBeGreaterThanOrEqual(68);
  });

  test('before macOS 27, with app-sso that stays configured, it is recorded after a quarter of an hour', async () => {
    const { events, after } = await gone('15.6', [
      { at: '+1h', profile: null },
      { at: '+2h', end: true },
    ]);
    expect(events).toMatchObject([
      {
        severity: 'info',
        summary: 'The managed file of the SSO profile is gone, while Platform SSO stays configured.',
        to: 'not seen',
      },
    ]);
    expect(after[0]).toBeGreaterThanOrEqual(75);
    expect(after[0]).toBeLessThanOrEqual(82);
  });

  test('nothing is recorded of a profile that comes back unchanged in minutes', async () => {
    const text = profileWith('<key>AuthenticationMethod</key><string>Password</string>');
    const { events } = await gone('15.6', [
      { at: '+0s', profile: { text } },
      { at: '+1h', profile: null },
      { at: '+1h7m', profile: { text } },
      { at: '+2h', end: true },
    ]);
    expect(events).toEqual([]);
  });

  test('decides nothing while app-sso can’t be read', async () => {
    const { events } = await gone('27.0', [
      { at: '+1h', profile: null, appSso: { fail: 'timeout' } },
      { at: '+3h', end: true },
    ]);
    expect(events).toEqual([]);
  });
});
