import { describe, expect, test } from 'vitest';
import type { Facts } from '../../agent/detect/facts.ts';
import { registrationEvents } from '../../agent/detect/registration-state.ts';
import type { Method } from '../../agent/shared/observation.ts';
import { mac, replayLines, replayScenario } from '../helpers/replayed.ts';

const facts = (device: Method, user: Method): Facts => ({
  registration: 'complete',
  device: { configuredAt: null, deviceId: null, exempt: false, method: device },
  user: { state: 0, name: null },
  method: user,
  tokens: null,
});

/** The events of a change of the methods of device and user, as words. */
function changed(from: readonly [Method, Method], to: readonly [Method, Method]): unknown[] {
  const memory = { facts: facts(...from), everRegistered: true, lastRegistration: null };
  return registrationEvents(memory, facts(...to), 0, 0).map((event) =>
    [event.kind, event.data.whose, event.severity, event.from, event.to].join(' '),
  );
}

describe('method-changed', () => {
  test('of the device, with a user who has to follow', () => {
    expect(changed(['password', 'password'], ['smartCard', 'password'])).toEqual([
      'method-changed device info password smartCard',
    ]);
  });

  test('of the user, who follows', () => {
    expect(changed(['smartCard', 'password'], ['smartCard', 'smartCard'])).toEqual([
      'method-changed user medium password smartCard',
    ]);
  });

  test('of both at once is one event', () => {
    expect(changed(['password', 'password'], ['smartCard', 'smartCard'])).toEqual([
      'method-changed user medium password smartCard',
    ]);
  });

  test('of the device, which changes back', () => {
    expect(changed(['smartCard', 'password'], ['password', 'password'])).toEqual([
      'method-changed device info smartCard password',
    ]);
  });

  test.each<[[Method, Method], [Method, Method]]>([
    // A memory of an older version does not know the method of the device.
    [
      ['unknown', 'password'],
      ['password', 'password'],
    ],
    [
      ['password', 'password'],
      ['unknown', 'password'],
    ],
    [
      ['password', 'password'],
      ['none', 'password'],
    ],
  ])('is not recorded from %j to %j', (from, to) => {
    expect(changed(from, to)).toEqual([]);
  });
});

describe('auth-method-changed-reregister', () => {
  const withMethod = (method: string) => ({
    text: `<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict><key>ExtensionIdentifier</key><string>com.microsoft.CompanyPortalMac.ssoextension</string><key>Type</key><string>Redirect</string><key>PlatformSSO</key><dict><key>AuthenticationMethod</key><string>${method}</string></dict></dict></plist>`,
  });

  test('its event names both methods', async () => {
    const replayed = await replayScenario('auth-method-changed-reregister');
    expect(replayed.events.find(({ kind }) => kind === 'issue-opened')).toMatchObject({
      severity: 'medium',
      summary:
        'The user is registered with the password, and the profile asks for a Secure Enclave key: the user must register again.',
      to: 'open',
      data: { registeredMethod: 'password', wantedMethod: 'secureEnclaveKey', wantedBy: 'profile' },
    });
  });

  test('a profile that can’t be read, and app-sso that can’t be read, end nothing', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+1h', profile: withMethod('SmartCard') },
      { at: '+10h', profile: { text: 'no property list' } },
      { at: '+12h', appSso: { fail: 'timeout' } },
      { at: '+14h', end: true },
    ]);
    expect(replayed.events.filter(({ kind }) => kind === 'issue-resolved')).toEqual([]);
    expect(replayed.summary.openIssues).toEqual(['auth-method-changed-reregister']);
  });

  test('a registration that is under way is the only thing to notify of', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+1h', profile: withMethod('SmartCard') },
      { at: '+3h', psso: { state: 6 } },
      { at: '+20h', end: true },
    ]);
    const shown = replayed.notifications.filter((one) => one.shown).map(({ issue }) => issue);
    expect(new Set(shown)).toEqual(new Set(['psso-not-registered']));
    expect(replayed.summary.openIssues).toEqual(['psso-not-registered']);
  });
});

describe('sso-token-refresh-overdue', () => {
  const unlocks = [
    { at: '+4h30m', screen: 'locked' },
    { at: '+4h40m', screen: 'unlocked' },
    { at: '+8h', screen: 'locked' },
    { at: '+8h10m', screen: 'unlocked' },
  ];

  test.each(['secureEnclaveKey', 'smartCard'])('with %s, without a word of the password', async (method) => {
    const replayed = await replayLines([
      mac,
      { at: '+0s', psso: { method } },
      ...unlocks,
      { at: '+13h', end: true },
    ]);
    const opened = replayed.events.filter(({ kind }) => kind === 'issue-opened');
    expect(opened).toMatchObject([
      {
        issue: 'sso-token-refresh-overdue',
        severity: 'medium',
        summary:
          'The sign-in tokens are older than 4 h 05 min, through two online unlocks and 8 hours of online use.',
        to: 'open',
        data: { tokensReceivedAt: '2026-03-02T08:00:00Z', method },
      },
    ]);
    const seconds = opened[0]?.data.activeSecondsPastDue;
    expect(seconds).toBeGreaterThanOrEqual(8 * 3600);
    expect(seconds).toBeLessThan(8 * 3600 + 600);
    expect(replayed.events.filter(({ kind }) => kind.startsWith('sync-window'))).toEqual([]);
    expect(replayed.notifications.filter((one) => one.shown)).toHaveLength(1);
    expect(JSON.stringify([opened, replayed.notifications])).not.toMatch(/passwor/i);
    expect(replayed.state.headline).toBe('needs-attention');
  });

  test('is never of the password method, and not of a method that is not known', async () => {
    for (const method of ['password', 'none']) {
      const replayed = await replayLines([
        mac,
        { at: '+0s', psso: { method } },
        ...unlocks,
        { at: '+20h', end: true },
      ]);
      expect(replayed.summary.openIssues).not.toContain('sso-token-refresh-overdue');
    }
  });

  test('expired tokens are the only thing to notify of', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+0s', psso: { method: 'secureEnclaveKey', expiresAt: '+11h' } },
      ...unlocks,
      { at: '+14h', end: true },
    ]);
    expect([...replayed.summary.openIssues].sort()).toEqual([
      'sso-token-refresh-overdue',
      'sso-tokens-expired',
    ]);
    const shown = replayed.notifications.filter((one) => one.shown).map(({ issue }) => issue);
    expect(shown).toEqual(['sso-tokens-expired']);
  });

  test('survives a restart of the agent between the unlocks', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+0s', psso: { method: 'secureEnclaveKey' } },
      ...unlocks.slice(0, 2),
      { at: '+6h', agent: 'kill' },
      { at: '+6h5m', agent: 'start' },
      ...unlocks.slice(2),
      { at: '+14h', end: true },
    ]);
    expect(replayed.summary.openIssues).toEqual(['sso-token-refresh-overdue']);
  });
});
