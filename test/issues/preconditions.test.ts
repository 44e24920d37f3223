import { describe, expect, test } from 'vitest';
import { isBelowVersion } from '../../agent/shared/is-below-version.ts';
import { mac, type Replayed, replayLines, replayScenario } from '../helpers/replayed.ts';

const openedEvent = (replayed: Replayed, issue: string) =>
  replayed.events.find((event) => event.kind === 'issue-opened' && event.issue === issue);
const openedIssues = (replayed: Replayed) =>
  replayed.events.filter(({ kind }) => kind === 'issue-opened').map(({ issue }) => issue);

/** A profile with Platform SSO. `platformSso` and `more` are inner XML. */
function profile(
  platformSso = '<key>AuthenticationMethod</key><string>Password</string>',
  more = '',
  extension = 'com.microsoft.CompanyPortalMac.ssoextension',
) {
  const text = `<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict><key>ExtensionIdentifier</key><string>${extension}</string><key>TeamIdentifier</key><string>UBF8T346G9</string><key>Type</key><string>Redirect</string>${more}<key>PlatformSSO</key><dict>${platformSso}</dict></dict></plist>`;
  return { text };
}

describe('company-portal-missing', () => {
  test('its event says what is missing', async () => {
    const replayed = await replayScenario('company-portal-missing');
    expect(openedEvent(replayed, 'company-portal-missing')).toMatchObject({
      severity: 'high',
      summary: 'Company Portal, which contains the single sign-on extension, is not installed.',
      to: 'open',
      data: {
        companyPortal: null,
        firstSeenAt: '2026-03-02T09:00:00Z',
        changesBefore: [
          { kind: 'company-portal-updated', at: '2026-03-02T09:00:00Z', from: '5.2504.0', to: null },
        ],
      },
    });
  });

  test('the user is notified of it, and not of the registration that it stops', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+0s', psso: { registered: false, userPresent: false }, companyPortal: null },
      { at: '+3h', end: true },
    ]);
    expect(openedIssues(replayed).sort()).toEqual([
      'company-portal-missing',
      'psso-not-registered',
      'registration-long-running-macos14',
    ]);
    const shown = replayed.notifications.filter((one) => one.shown);
    expect(shown.map(({ issue }) => issue)).toEqual(['company-portal-missing']);
    const registration = openedEvent(replayed, 'psso-not-registered');
    expect(registration?.data.possibleCauses).toEqual(
      expect.arrayContaining(['company-portal-missing', 'registration-prompt-closed']),
    );
    expect(registration?.summary).not.toContain('Company Portal');
  });

  test('a registration is notified of once Company Portal is there', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+0s', psso: { registered: false, userPresent: false }, companyPortal: null },
      { at: '+3h', companyPortal: '5.2504.0' },
      { at: '+5h', end: true },
    ]);
    const shown = replayed.notifications.filter((one) => one.shown);
    expect(shown.map(({ issue }) => issue)).toEqual([
      'company-portal-missing',
      'registration-long-running-macos14',
      'psso-not-registered',
    ]);
    expect(shown[1]?.at).toBeGreaterThanOrEqual(replayed.start + 3 * 3_600_000);
  });

  test("another provider's extension needs no Company Portal", async () => {
    const replayed = await replayLines([
      mac,
      {
        at: '+0s',
        psso: null,
        companyPortal: null,
        profile: profile(undefined, '', 'com.okta.mobile.auth-service-extension'),
      },
      { at: '+3h', end: true },
    ]);
    expect(openedIssues(replayed)).toEqual(['psso-not-registered']);
  });

  test('a plain single sign-on extension is not Platform SSO', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+0s', psso: null, companyPortal: null, profile: { text: plainProfile } },
      { at: '+3h', end: true },
    ]);
    expect(openedIssues(replayed)).toEqual([]);
  });

  test('an app that can’t be read neither opens nor ends it', async () => {
    const unreadable = { companyPortal: 'not a version' };
    const replayed = await replayLines([
      mac,
      { at: '+1h', ...unreadable },
      { at: '+3h', companyPortal: null },
      { at: '+5h', ...unreadable },
      { at: '+7h', end: true },
    ]);
    const opened = openedEvent(replayed, 'company-portal-missing');
    expect(opened?.data.firstSeenAt).toBe('2026-03-02T11:00:00Z');
    expect(replayed.summary.openIssues).toEqual(['company-portal-missing']);
  });
});

const plainProfile =
  '<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict><key>ExtensionIdentifier</key><string>com.microsoft.CompanyPortalMac.ssoextension</string><key>TeamIdentifier</key><string>UBF8T346G9</string><key>Type</key><string>Redirect</string></dict></plist>';

describe('company-portal-too-old', () => {
  test('its event names the version that is needed', async () => {
    const replayed = await replayScenario('company-portal-too-old');
    expect(openedEvent(replayed, 'company-portal-too-old')).toMatchObject({
      severity: 'high',
      summary: 'Company Portal 5.2403.1 is too old: Platform SSO needs 5.2404 or later.',
      to: 'open',
      data: { companyPortal: '5.2403.1', neededVersion: '5.2404' },
    });
    expect(replayed.notifications).toEqual([]);
  });

  const method = '<key>AuthenticationMethod</key><string>Password</string>';
  const setup = profile(`${method}<key>EnableRegistrationDuringSetup</key><true/>`);
  const biometrics = profile(
    method,
    '<key>ExtensionData</key><dict><key>enable_se_key_biometric_policy</key><true/></dict>',
  );

  test.each([
    ['5.2503.0', biometrics, true, '5.2504'],
    ['5.2504.0', biometrics, true, null],
    ['5.2603.0', setup, false, '5.2604'],
    ['5.2604.0', setup, false, null],
    // The setup of a registered Mac is over.
    ['5.2603.0', setup, true, null],
    // Without the keys, no newer version is needed.
    ['5.2404.0', profile(), true, null],
  ])('Company Portal %s', async (companyPortal, withKeys, registered, needed) => {
    const replayed = await replayLines([
      mac,
      { at: '+0s', companyPortal, profile: withKeys, psso: { registered, userPresent: registered } },
      { at: '+1h', end: true },
    ]);
    const opened = openedEvent(replayed, 'company-portal-too-old');
    expect(opened?.data.neededVersion ?? null).toBe(needed);
    expect(opened?.severity ?? null).toBe(needed === null ? null : 'medium');
  });
});

describe('mdm-enrollment-missing', () => {
  test('its event says so', async () => {
    const replayed = await replayScenario('mdm-enrollment-missing');
    expect(openedEvent(replayed, 'mdm-enrollment-missing')).toMatchObject({
      severity: 'high',
      summary: 'The Mac is not enrolled in MDM, and Platform SSO works on an enrolled Mac only.',
      to: 'open',
      data: {
        enrolled: false,
        registration: 'complete',
        changesBefore: [{ kind: 'enrollment-changed', at: '2026-03-02T09:00:00Z', from: 'yes', to: 'no' }],
      },
    });
    expect(replayed.notifications).toEqual([]);
  });

  test('a registration that it stops is not notified of', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+0s', psso: { registered: false, userPresent: false }, enrolled: false },
      { at: '+3h', end: true },
    ]);
    expect(openedIssues(replayed)).toContain('mdm-enrollment-missing');
    expect(openedEvent(replayed, 'psso-not-registered')?.data.possibleCauses).toEqual(
      expect.arrayContaining(['mdm-enrollment-missing']),
    );
    expect(replayed.notifications).toEqual([]);
  });

  test.each(['15.6', '13.6'])('a repair that it stops is not notified of, macOS %s', async (macos) => {
    const replayed = await replayLines([
      { ...mac, macos },
      { at: '+1h', psso: { state: 2 }, enrolled: false },
      { at: '+4h', end: true },
    ]);
    const repair = macos === '13.6' ? 'deregister-reregister-macos13' : 'registration-needs-repair';
    expect(openedIssues(replayed).sort()).toEqual([repair, 'mdm-enrollment-missing'].sort());
    expect(replayed.notifications).toEqual([]);
  });
});

describe('sso-profile-missing', () => {
  test('its event says what is gone', async () => {
    const replayed = await replayScenario('sso-profile-missing');
    const opened = openedEvent(replayed, 'sso-profile-missing');
    expect(opened).toMatchObject({
      severity: 'high',
      summary: 'The profile with Platform SSO is not installed any more, and Platform SSO is not configured.',
      to: 'open',
      data: { configured: false, firstSeenAt: expect.stringMatching(/^2026-03-02T09:0[0-5]/) },
    });
    expect(JSON.stringify(opened?.data.changesBefore)).toContain('profile-changed');
  });

  test.each([
    ['15.6', [{ configured: true }]],
    ['26.6', [{ configured: true }]],
    // A declaration can configure Platform SSO without a managed file.
    ['27.0', []],
  ])('a profile that is gone while app-sso is configured, macOS %s', async (macos, data) => {
    const replayed = await replayLines([
      { ...mac, macos },
      { at: '+1h', profile: null },
      { at: '+3h', end: true },
    ]);
    const opened = replayed.events.filter(({ kind }) => kind === 'issue-opened');
    expect(opened).toMatchObject(data.map((one) => ({ issue: 'sso-profile-missing', data: one })));
    for (const { summary } of opened)
      expect(summary).toBe(
        'The profile with Platform SSO was removed; macOS still has Platform SSO configured.',
      );
  });

  test('a managed file that was never there is not missing', async () => {
    const replayed = await replayLines([mac, { at: '+0s', profile: null }, { at: '+3h', end: true }]);
    expect(openedIssues(replayed)).toEqual([]);
  });

  test('a profile that can’t be read, and app-sso that can’t be read, end nothing', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+1h', psso: null },
      { at: '+2h', appSso: { fail: 'timeout' } },
      { at: '+3h', profile: { text: 'no property list' } },
      { at: '+5h', end: true },
    ]);
    expect(openedIssues(replayed)).toEqual(['sso-profile-missing']);
    expect(replayed.summary.openIssues).toEqual(['sso-profile-missing']);
  });
});

test.each([
  ['5.2403.9', '5.2404', true],
  ['5.2404', '5.2404.0', false],
  ['5.2404.0', '5.2404', false],
  ['5.999', '5.2404', true],
  ['5.10000.1', '5.2404', false],
  ['5', '5.1', true],
  ['6.0-beta', '5.2404', false],
])('%s is below %s: %s', (version, other, below) => {
  expect(isBelowVersion(version, other)).toBe(below);
});
