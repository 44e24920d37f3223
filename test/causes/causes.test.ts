import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { statedCauses } from '../../agent/history/stated-causes.ts';
import { mac, type Replayed, replayField, replayLines, replayScenario } from '../helpers/replayed.ts';

/** Cause = change × break: a scenario for each rule, and twins in which the rule must be silent. */

const lost = { psso: { registered: false, userPresent: false } };
const stateOf = (state: number) => ({ psso: { state } });
const sso = (method: string, more = '') => ({
  text: `<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict>
<key>ExtensionIdentifier</key><string>com.microsoft.CompanyPortalMac.ssoextension</string>
<key>TeamIdentifier</key><string>UBF8T346G9</string><key>Type</key><string>Redirect</string>
<key>URLs</key><array><string>https://login.microsoftonline.com</string></array>
<key>PlatformSSO</key><dict><key>AuthenticationMethod</key><string>${method}</string>
<key>UseSharedDeviceKeys</key><true/>${more}</dict></dict></plist>`,
});
const biometricProfile =
  '<?xml version="1.0"?><plist version="1.0"><dict><key>ExtensionIdentifier</key><string>com.microsoft.CompanyPortalMac.ssoextension</string><key>TeamIdentifier</key><string>UBF8T346G9</string><key>Type</key><string>Redirect</string><key>URLs</key><array><string>https://login.microsoftonline.com</string></array><key>ExtensionData</key><dict><key>enable_se_key_biometric_policy</key><true/></dict><key>PlatformSSO</key><dict><key>AuthenticationMethod</key><string>UserSecureEnclaveKey</string><key>UseSharedDeviceKeys</key><true/></dict></dict></plist>';
const okta = 'com.okta.mobile.auth-service-extension';
const secureEnclave = { psso: { method: 'secureEnclaveKey' } };

function evidenceOf(replayed: Replayed, issue: string): Readonly<Record<string, unknown>> {
  const opened = replayed.events.find((event) => event.kind === 'issue-opened' && event.issue === issue);
  expect(opened, `${issue} opened`).toBeDefined();
  return opened?.data ?? {};
}

interface Case {
  readonly issue: string;
  readonly lines: readonly object[];
  readonly head?: object;
  /** The first cause, or the cause with this id. */
  readonly cause: {
    readonly id: string;
    readonly grade: string;
    readonly sentence: string | RegExp;
    readonly remedyFirst?: RegExp;
  };
}

const repair = 'registration-needs-repair';

/** The accounts of a simulated Mac are of 2023-11-14T22:13:20Z. */
const justSetUp = { start: '2023-11-14T23:00:00Z', macos: '26.1' };
const withoutTokens = { psso: { receivedAt: null, expiresAt: null } };

const fourteen = {
  passwordPolicy: {
    text: `<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict><key>policyCategoryPasswordContent</key>
<array><dict><key>policyContent</key><string>policyAttributePassword matches '.{14,}'</string>
<key>policyIdentifier</key><string>ProfilePayload:9D6A9E09-5D7B-4CC9-89F8-1B265F85E306:minLength</string></dict></array></dict></plist>`,
  },
};

const cases: Readonly<Record<string, Case>> = {
  'macOS asks for the password after the rules became stricter': {
    issue: 'password-change-prompt-pending',
    lines: [
      { at: '+1h', ...fourteen },
      { at: '+3h', ...stateOf(1) },
      { at: '+4h', end: true },
    ],
    cause: {
      id: 'passcode-policy-complexity-mismatch',
      grade: 'possible',
      sentence:
        /^The password rules of this Mac changed .* \(at least 14 characters\), and can refuse a new work password\.$/,
    },
  },
  'macOS asks for the password, and the rules were always stricter': {
    issue: 'password-change-prompt-pending',
    lines: [
      { at: '+0s', ...fourteen },
      { at: '+3h', ...stateOf(1) },
      { at: '+4h', end: true },
    ],
    cause: {
      id: 'passcode-policy-complexity-mismatch',
      grade: 'possible',
      sentence:
        "The password rules of this Mac are stricter than the identity provider's (at least 14 characters), and can refuse a new work password.",
    },
  },
  'the tokens of a new account are missing': {
    issue: 'sso-tokens-missing',
    head: justSetUp,
    lines: [
      { at: '+0s', ...withoutTokens, passwordLastSetAt: null },
      { at: '+4h', end: true },
    ],
    cause: {
      id: 'setup-assistant-prt-not-saved',
      grade: 'likely',
      sentence: 'The account is new, and the Mac was not restarted since its setup.',
      remedyFirst: /^Restart the Mac\.$/,
    },
  },
  'Company Portal is updated': {
    issue: repair,
    lines: [
      { at: '+0s', ...secureEnclave },
      { at: '+4h', companyPortal: '5.2602.0' },
      { at: '+4h20m', ...lost },
      { at: '+5h', end: true },
    ],
    cause: {
      id: 'company-portal-update-triggers-reregistration',
      grade: 'likely',
      sentence: 'Company Portal was updated 20 minutes before, from 5.2504.0 to 5.2602.0.',
      remedyFirst: /^Restart the Mac\.$/,
    },
  },
  'Company Portal goes back to an earlier version': {
    issue: repair,
    lines: [
      { at: '+0s', ...secureEnclave },
      { at: '+4h', companyPortal: '5.2409.1' },
      { at: '+4h20m', ...lost },
      { at: '+5h', end: true },
    ],
    cause: {
      id: 'company-portal-update-triggers-reregistration',
      grade: 'likely',
      sentence: 'Company Portal went back 20 minutes before, from 5.2504.0 to 5.2409.1.',
      remedyFirst: /^Restart the Mac\.$/,
    },
  },
  'Company Portal is updated, and the tokens are gone without a restart': {
    issue: 'sso-tokens-missing',
    lines: [
      { at: '+0s', ...secureEnclave },
      { at: '+4h', companyPortal: '5.2602.0' },
      { at: '+4h20m', psso: { receivedAt: null, expiresAt: null } },
      { at: '+5h', end: true },
    ],
    cause: {
      id: 'pluginkit-other-version-in-use',
      grade: 'possible',
      sentence: 'Company Portal was updated 20 minutes before, and the Mac was not restarted since.',
      remedyFirst: /^Restart the Mac\.$/,
    },
  },
  'the key is not valid, with a biometric policy': {
    issue: repair,
    lines: [
      { at: '+0s', ...secureEnclave, profile: { text: biometricProfile } },
      { at: '+4h', psso: { state: 5 } },
      { at: '+5h', end: true },
    ],
    cause: {
      id: 'key-invalid-biometrics-changed',
      grade: 'possible',
      sentence: /^The profile has a biometric policy/,
    },
  },
  'a Focus is on while macOS asks for the registration': {
    issue: 'psso-not-registered',
    lines: [
      { at: '+0s', focus: 'on', psso: { registered: false, userPresent: false } },
      { at: '+1h', end: true },
    ],
    cause: {
      id: 'registration-prompt-suppressed',
      grade: 'possible',
      sentence: 'A Focus is on: it hides the notification of macOS.',
    },
  },
  'Okta Verify is updated': {
    issue: repair,
    lines: [
      { at: '+0s', oktaVerify: '9.40.1', psso: { extensionIdentifier: okta } },
      { at: '+4h', oktaVerify: '9.41.0' },
      { at: '+4h20m', ...lost },
      { at: '+5h', end: true },
    ],
    cause: {
      id: 'okta-verify-update-triggers-reregistration',
      grade: 'possible',
      sentence: 'Okta Verify was updated 20 minutes before, from 9.40.1 to 9.41.0.',
      remedyFirst: /^Restart the Mac\.$/,
    },
  },
  'Company Portal is updated on Friday, and the Mac is asleep until Monday': {
    issue: repair,
    // Friday.
    head: { start: '2026-03-06T08:00:00Z' },
    lines: [
      { at: '+0s', ...secureEnclave },
      { at: '+8h50m', companyPortal: '5.2602.0' },
      { at: '+9h', power: 'asleep' },
      { at: '+72h', power: 'awake' },
      { at: '+72h6m', ...lost },
      { at: '+74h', end: true },
    ],
    cause: {
      id: 'company-portal-update-triggers-reregistration',
      grade: 'likely',
      sentence: /^Company Portal was updated 3 days before \(\d+ minutes in use\), from 5\.2504\.0/,
      remedyFirst: /^Restart the Mac\.$/,
    },
  },
  'Company Portal is removed': {
    issue: repair,
    lines: [
      { at: '+0s', ...secureEnclave },
      { at: '+1h', companyPortal: null },
      { at: '+30h', ...lost },
      { at: '+31h', end: true },
    ],
    cause: {
      id: 'company-portal-missing',
      grade: 'likely',
      sentence: /^Company Portal 5\.2504\.0 was removed 29 hours before\.$/,
    },
  },
  'the local password is reset, and the key is not valid': {
    issue: repair,
    lines: [
      { at: '+0s', ...secureEnclave },
      { at: '+4h', passwordLastSetAt: '+4h' },
      { at: '+4h10m', ...stateOf(5) },
      { at: '+5h', end: true },
    ],
    cause: {
      id: 'se-key-lost-after-password-reset',
      grade: 'likely',
      sentence: 'The local password was set 10 minutes before, without a token refresh.',
    },
  },
  'the local password is reset minutes before the loss, with the method password': {
    issue: repair,
    lines: [
      { at: '+4h', passwordLastSetAt: '+4h' },
      { at: '+4h2m', ...lost },
      { at: '+5h', end: true },
    ],
    cause: {
      id: 'se-key-lost-after-password-reset',
      grade: 'likely',
      sentence: /^The local password was set \d minutes before, without a token refresh\.$/,
    },
  },
  'the local password is changed, and macOS then asks for one': {
    issue: 'password-change-prompt-pending',
    lines: [
      { at: '+1h', passwordLastSetAt: '+1h' },
      { at: '+3h', ...stateOf(1) },
      { at: '+4h', end: true },
    ],
    cause: {
      id: 'local-password-changed-outside-idp',
      grade: 'likely',
      sentence: /^The local password was changed on this Mac 2 hours before/,
    },
  },
  'macOS is updated, and the registration is tried again and again': {
    issue: repair,
    lines: [
      { at: '+0s', ...secureEnclave },
      { at: '+4h', macos: '26.4.1' },
      { at: '+4h30m', ...stateOf(2) },
      { at: '+6h', end: true },
    ],
    cause: {
      id: 'registration-stuck-code-1004',
      grade: 'likely',
      sentence: 'macOS was updated 30 minutes before, from 15.6 to 26.4.1.',
      remedyFirst: /^Restart the Mac\.$/,
    },
  },
  'macOS is updated, and the registration is lost': {
    issue: repair,
    lines: [
      { at: '+0s', ...secureEnclave },
      { at: '+4h', macos: '15.7' },
      { at: '+4h10m', ...lost },
      { at: '+5h', end: true },
    ],
    cause: {
      id: 'registration-stuck-code-1004',
      grade: 'possible',
      sentence: 'macOS was updated 10 minutes before, from 15.6 to 15.7.',
      remedyFirst: /^Restart/,
    },
  },
  'macOS is updated, and the tokens are missing': {
    issue: 'sso-tokens-missing',
    lines: [
      { at: '+0s', ...secureEnclave },
      { at: '+4h', macos: '15.7' },
      { at: '+4h5m', psso: { receivedAt: null, expiresAt: null } },
      { at: '+8h', end: true },
    ],
    cause: {
      id: 'sso-plugin-inactive-after-os-update',
      grade: 'possible',
      sentence: 'macOS was updated 5 minutes before, from 15.6 to 15.7.',
      remedyFirst: /^Restart the Mac\. .*sudo swcutil reset/,
    },
  },
  'macOS is updated, and no tokens come until they expire': {
    issue: 'sso-tokens-expired',
    lines: [
      { at: '+0s', ...secureEnclave },
      { at: '+1h', macos: '15.7' },
      { at: '+14d10h', end: true },
    ],
    cause: {
      id: 'sso-plugin-inactive-after-os-update',
      grade: 'possible',
      sentence: /^macOS was updated 14 days before/,
      remedyFirst: /^Restart/,
    },
  },
  'macOS 13 is upgraded with shared device keys': {
    issue: repair,
    head: { macos: '13.6' },
    lines: [
      { at: '+0s', ...secureEnclave, profile: sso('UserSecureEnclaveKey') },
      { at: '+4h', macos: '14.6' },
      { at: '+4h10m', ...lost },
      { at: '+6h', end: true },
    ],
    cause: {
      id: 'upgrade-13-to-14-shared-keys-reregister',
      grade: 'definite',
      sentence: /^macOS was updated 10 minutes before, from 13\.6 to 14\.6\. .*new registration/,
    },
  },
  'macOS 15.2 loses a registration': {
    issue: repair,
    head: { macos: '15.2' },
    lines: [
      { at: '+0s', ...secureEnclave },
      { at: '+4h10m', ...lost },
      { at: '+6h', end: true },
    ],
    cause: {
      id: 'sequoia-device-config-corruption',
      grade: 'likely',
      sentence: 'macOS 15.2 can damage the device configuration; macOS 15.3 corrects this.',
    },
  },
  'the profile changes the method': {
    issue: 'psso-not-registered',
    lines: [
      { at: '+0s', profile: sso('Password') },
      { at: '+4h', profile: sso('UserSecureEnclaveKey') },
      { at: '+4h5m', psso: { method: 'secureEnclaveKey', state: 7 } },
      { at: '+6h', end: true },
    ],
    cause: {
      id: 'auth-method-changed-reregister',
      grade: 'definite',
      sentence:
        /^The sign-in method was changed .*, from password to Secure Enclave key: a new registration is expected\.$/,
    },
  },
  'the profile is changed, and the registration is lost': {
    issue: repair,
    lines: [
      { at: '+0s', ...secureEnclave, profile: sso('UserSecureEnclaveKey') },
      { at: '+4h', profile: sso('UserSecureEnclaveKey', '<key>LoginFrequency</key><integer>3600</integer>') },
      { at: '+4h30m', ...lost },
      { at: '+6h', end: true },
    ],
    cause: {
      id: 'sso-profile-replaced',
      grade: 'possible',
      sentence: 'The Extensible SSO profile was changed 30 minutes before.',
    },
  },
  'the profile is removed': {
    issue: repair,
    lines: [
      { at: '+0s', ...secureEnclave, profile: sso('UserSecureEnclaveKey') },
      { at: '+4h', profile: null },
      { at: '+4h30m', ...lost },
      { at: '+6h', end: true },
    ],
    cause: {
      id: 'sso-profile-missing',
      grade: 'likely',
      sentence: /^The profile with Platform SSO is gone\.$/,
    },
  },
  'the Mac leaves MDM': {
    issue: repair,
    lines: [
      { at: '+0s', ...secureEnclave },
      { at: '+4h', enrolled: false },
      { at: '+4h30m', ...lost },
      { at: '+6h', end: true },
    ],
    cause: { id: 'mdm-enrollment-missing', grade: 'likely', sentence: 'The Mac left MDM 31 minutes before.' },
  },
  'the Mac sleeps until after its tokens expired': {
    issue: 'sso-tokens-expired',
    lines: [
      { at: '+0s', ...secureEnclave },
      { at: '+1h', power: 'asleep' },
      { at: '+16d', power: 'awake' },
      { at: '+16d6h', end: true },
    ],
    cause: {
      id: 'long-sleep',
      grade: 'possible',
      sentence: /^The Mac had slept for 15 d 2[23] h( \d+ min)? until (shortly|\d+ minutes?) before\.$/,
    },
  },
};

/** Facts of the time and rarer rules: the cause is one of those stated, in any place. */
const listed: Readonly<Record<string, Case>> = {
  'the registration is gone after a recovery of the local password': {
    issue: repair,
    lines: [
      { at: '+0s', ...secureEnclave },
      { at: '+4h', passwordLastSetAt: '+4h' },
      { at: '+4h10m', ...lost },
      { at: '+5h', end: true },
    ],
    cause: {
      id: 'forgotten-password-recovery-removes-registration',
      grade: 'possible',
      sentence:
        'The local password was set 10 minutes before; the recovery of a forgotten password removes the registration.',
    },
  },
  'Company Portal updates itself before a first registration': {
    issue: 'psso-not-registered',
    lines: [
      { at: '+0s', ...lost },
      { at: '+1m', companyPortal: '5.2602.0' },
      { at: '+3h', end: true },
    ],
    cause: {
      id: 'company-portal-autoupdate-after-install',
      grade: 'possible',
      sentence: /^Company Portal was updated .* before, from 5\.2504\.0 to 5\.2602\.0\.$/,
    },
  },
  'the Mac got another device ID': {
    issue: 'sso-tokens-missing',
    lines: [
      { at: '+0s', psso: { method: 'secureEnclaveKey', deviceId: '11111111-2222-4333-8444-555555555555' } },
      { at: '+2h', psso: { deviceId: '99999999-2222-4333-8444-555555555555' } },
      { at: '+3h', psso: { receivedAt: null, expiresAt: null } },
      { at: '+6h', end: true },
    ],
    cause: {
      id: 'device-compliance-lost-new-device-id',
      grade: 'possible',
      sentence: /^The Mac got another device ID 6[01] minutes before: /,
    },
  },
  'the clock was set': {
    issue: 'sso-tokens-missing',
    lines: [
      { at: '+0s', ...secureEnclave },
      { at: '+2h', clock: '+2h' },
      { at: '+3h', psso: { receivedAt: null, expiresAt: null } },
      { at: '+6h', end: true },
    ],
    cause: { id: 'clock-changed', grade: 'possible', sentence: /^The clock of the Mac was set / },
  },
  'the network came back': {
    issue: 'password-change-prompt-pending',
    lines: [
      { at: '+4h', network: 'offline' },
      { at: '+7h', network: 'online' },
      { at: '+7h2m', ...stateOf(1) },
      { at: '+8h', end: true },
    ],
    cause: {
      id: 'network-returned',
      grade: 'possible',
      sentence: /^The network came back .*, after an hour or more without one\.$/,
    },
  },
  'an update restarted the Mac': {
    issue: repair,
    lines: [
      { at: '+0s', ...secureEnclave },
      { at: '+3h58m', agent: 'kill' },
      { at: '+3h59m', macos: '15.7' },
      { at: '+4h', agent: 'start' },
      { at: '+4h10m', ...lost },
      { at: '+5h', end: true },
    ],
    cause: { id: 'restarted', grade: 'possible', sentence: 'The Mac was restarted 11 minutes before.' },
  },
  'a prompt ended without a new password': {
    issue: 'password-change-prompt-pending',
    lines: [
      { at: '+4h', ...stateOf(1) },
      { at: '+5h', psso: { state: 0, receivedAt: '+5h' } },
      { at: '+6h', ...stateOf(1) },
      { at: '+7h', end: true },
    ],
    cause: {
      id: 'prompt-closed-without-new-password',
      grade: 'possible',
      sentence: /^A prompt for the password ended \d+ minutes before without a new password\.$/,
    },
  },
};

test('the password rules changed, and are stricter', async () => {
  const issue = 'passcode-policy-complexity-mismatch';
  const [first] = statedCauses(evidenceOf(await replayScenario(issue), issue), 'entra');
  expect(first).toMatchObject({
    id: 'password-policy-changed',
    grade: 'likely',
    sentence: 'The password rules of this Mac changed shortly before.',
  });
});

describe('a cause among others', () => {
  test.each(Object.entries(listed))('%s', async (_, { issue, lines, head = {}, cause }) => {
    const replayed = await replayLines([{ ...mac, ...head }, ...lines]);
    const stated = replayed.events
      .filter((event) => event.kind === 'issue-opened' && event.issue === issue)
      .flatMap(({ data }) => statedCauses(data, 'entra'));
    const found = stated.find(({ id }) => id === cause.id);
    expect(found?.grade).toBe(cause.grade);
    expect(found?.sentence).toEqual(
      typeof cause.sentence === 'string' ? cause.sentence : expect.stringMatching(cause.sentence),
    );
    // Of the same grade, a change on purpose comes before a fact of the time.
    const ids = stated.map(({ id }) => id);
    if (cause.id === 'restarted')
      expect(ids.indexOf('registration-stuck-code-1004')).toBeLessThan(ids.indexOf('restarted'));
  });
});

describe('the best cause of an issue', () => {
  test.each(Object.entries(cases))('%s', async (_, { issue, lines, head = {}, cause }) => {
    const replayed = await replayLines([{ ...mac, ...head }, ...lines]);
    const evidence = evidenceOf(replayed, issue);
    const [first] = statedCauses(evidence, 'entra');
    expect(first).toMatchObject({ id: cause.id, grade: cause.grade });
    if (typeof cause.sentence === 'string') expect(first?.sentence).toBe(cause.sentence);
    else expect(first?.sentence).toMatch(cause.sentence);
    if (cause.remedyFirst === undefined) expect(first?.remedyFirst).toBeNull();
    else expect(first?.remedyFirst).toMatch(cause.remedyFirst);
    // A cause that is a change stands in the list of changes.
    if (first?.changeAt != null)
      expect(evidence.changesBefore).toEqual(
        expect.arrayContaining([expect.objectContaining({ at: first.changeAt })]),
      );
    // The event names the causes before all else.
    expect(Object.keys(evidence)[0]).toBe('causes');
  });
});

const twins: Readonly<
  Record<string, { issue: string; lines: readonly object[]; head?: object; not: string }>
> = {
  'a prompt ended after a new local password was set': {
    issue: 'password-change-prompt-pending',
    lines: [
      { at: '+4h', ...stateOf(1) },
      { at: '+4h30m', passwordLastSetAt: '+4h30m' },
      { at: '+5h', ...stateOf(0) },
      { at: '+6h', ...stateOf(1) },
      { at: '+7h', end: true },
    ],
    not: 'prompt-closed-without-new-password',
  },
  'the tokens of a new account are missing with a Secure Enclave key': {
    issue: 'sso-tokens-missing',
    head: justSetUp,
    lines: [
      { at: '+0s', psso: { ...withoutTokens.psso, method: 'secureEnclaveKey' }, passwordLastSetAt: null },
      { at: '+4h', end: true },
    ],
    not: 'setup-assistant-prt-not-saved',
  },
  'the tokens of an old account are missing': {
    issue: 'sso-tokens-missing',
    head: { macos: '26.1' },
    lines: [
      { at: '+0s', ...withoutTokens, passwordLastSetAt: null },
      { at: '+4h', end: true },
    ],
    not: 'setup-assistant-prt-not-saved',
  },
  'the key is not valid after a new local password': {
    issue: repair,
    lines: [
      { at: '+0s', ...secureEnclave },
      { at: '+4h', passwordLastSetAt: '+4h' },
      { at: '+4h10m', ...stateOf(5) },
      { at: '+5h', end: true },
    ],
    not: 'forgotten-password-recovery-removes-registration',
  },
  'Company Portal was updated two hours of use before': {
    issue: repair,
    lines: [
      { at: '+0s', ...secureEnclave },
      { at: '+4h', companyPortal: '5.2602.0' },
      { at: '+6h', ...lost },
      { at: '+7h', end: true },
    ],
    not: 'company-portal-update-triggers-reregistration',
  },
  'Company Portal was updated, and the password window is overdue': {
    issue: 'password-change-window-overdue',
    lines: [
      { at: '+4h', companyPortal: '5.2602.0' },
      { at: '+4h30m', screen: 'locked' },
      { at: '+4h40m', screen: 'unlocked' },
      { at: '+6h', end: true },
    ],
    not: 'company-portal-update-triggers-reregistration',
  },
  'Company Portal was updated on a Mac that never registered': {
    issue: 'psso-not-registered',
    lines: [
      { at: '+0s', ...lost },
      { at: '+1m', companyPortal: '5.2602.0' },
      { at: '+2h', end: true },
    ],
    not: 'company-portal-update-triggers-reregistration',
  },
  'Company Portal goes back to an earlier version before a first registration': {
    issue: 'psso-not-registered',
    lines: [
      { at: '+0s', ...lost },
      { at: '+1m', companyPortal: '5.2409.1' },
      { at: '+3h', end: true },
    ],
    not: 'company-portal-autoupdate-after-install',
  },
  'the local password was changed two days of use before': {
    issue: repair,
    lines: [
      { at: '+0s', ...secureEnclave },
      { at: '+4h', passwordLastSetAt: '+4h' },
      { at: '+52h', ...stateOf(5) },
      { at: '+53h', end: true },
    ],
    not: 'se-key-lost-after-password-reset',
  },
  'macOS was updated a day of use before': {
    issue: repair,
    lines: [
      { at: '+0s', ...secureEnclave },
      { at: '+4h', macos: '26.4.1' },
      { at: '+28h', ...stateOf(2) },
      { at: '+30h', end: true },
    ],
    not: 'registration-stuck-code-1004',
  },
  'macOS was updated, and tokens came after it': {
    issue: 'sso-tokens-expired',
    lines: [
      { at: '+0s', ...secureEnclave },
      { at: '+1h', macos: '15.7' },
      { at: '+2h', psso: { receivedAt: '+2h' } },
      { at: '+14d10h', end: true },
    ],
    not: 'sso-plugin-inactive-after-os-update',
  },
  'macOS 15.3 loses a registration': {
    issue: repair,
    head: { macos: '15.3' },
    lines: [
      { at: '+0s', ...secureEnclave },
      { at: '+4h10m', ...lost },
      { at: '+6h', end: true },
    ],
    not: 'sequoia-device-config-corruption',
  },
  'the method was changed, and the user registered with it': {
    issue: repair,
    lines: [
      { at: '+4h5m', psso: { method: 'secureEnclaveKey', state: 7 } },
      { at: '+5h', psso: { state: 0, receivedAt: '+5h' } },
      { at: '+9h', ...lost },
      { at: '+10h', end: true },
    ],
    not: 'auth-method-changed-reregister',
  },
  'the profile was removed, and it is back': {
    issue: repair,
    lines: [
      { at: '+0s', ...secureEnclave, profile: sso('UserSecureEnclaveKey') },
      { at: '+4h', profile: null },
      { at: '+4h15m', profile: sso('UserSecureEnclaveKey') },
      { at: '+4h45m', ...lost },
      { at: '+6h', end: true },
    ],
    not: 'sso-profile-missing',
  },
};

describe('a change that is not the cause', () => {
  test.each(Object.entries(twins))('%s', async (_, { issue, lines, head = {}, not }) => {
    const replayed = await replayLines([{ ...mac, ...head }, ...lines]);
    const ids = statedCauses(evidenceOf(replayed, issue), 'entra').map(({ id }) => id);
    expect(ids).not.toContain(not);
  });

  test('Company Portal was updated beside the extension of another provider', async () => {
    const file = new URL('../field/okta-lost-14.ndjson', import.meta.url);
    const [head = '', first = '', ...others] = readFileSync(file, 'utf8').trim().split('\n');
    const replayed = await replayLines(
      [
        head,
        first.replace('"companyPortal":null', '"companyPortal":"5.2504.0"'),
        '{"at":"+40m","companyPortal":"5.2602.0"}',
        ...others,
      ].map((line) => JSON.parse(line)),
    );
    const evidence = evidenceOf(replayed, repair);
    expect(evidence.changesBefore).toMatchObject([{ kind: 'company-portal-updated', secondsBefore: 1200 }]);
    expect(evidence.causes).toEqual([]);
  });
});

test('an expected registration is no alarm', async () => {
  const { lines, issue } = cases['the profile changes the method'] ?? { lines: [], issue: '' };
  const replayed = await replayLines([mac, ...lines]);
  expect(replayed.events.find((event) => event.issue === issue)?.severity).toBe('info');
  expect(replayed.events.find(({ kind }) => kind === 'registration-lost')).toMatchObject({
    severity: 'info',
    from: 'complete',
    to: 'device',
    data: { userState: 7 },
    summary: 'The sign-in method is now Secure Enclave key. The user has not registered with it yet.',
  });
});

describe('what changed before', () => {
  test('a change of eleven days ago is still there, when nothing was good since', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+0s', ...secureEnclave },
      { at: '+2h', profile: sso('UserSecureEnclaveKey') },
      { at: '+3h', power: 'asleep' },
      { at: '+11d', power: 'awake' },
      { at: '+11d10m', ...lost },
      { at: '+11d3h', end: true },
    ]);
    expect(evidenceOf(replayed, repair).changesBefore).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'profile-changed' })]),
    );
  });

  test('an old change before good tokens is left out', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+0s', ...secureEnclave },
      { at: '+2h', macos: '15.7' },
      { at: '+50h', psso: { receivedAt: '+50h' } },
      { at: '+51h', ...lost },
      { at: '+52h', end: true },
    ]);
    expect(evidenceOf(replayed, repair)).toMatchObject({ changesBefore: [], causes: [] });
  });
});

describe('the method of the device', () => {
  test('is an event while the user stays on the old one', async () => {
    const replayed = await replayField('method-migration');
    const changed = replayed.events.filter(({ kind }) => kind === 'method-changed');
    expect(changed).toMatchObject([{ from: 'secureEnclaveKey', to: 'password', data: { whose: 'device' } }]);
    expect(changed[0]?.summary).toContain('must register again');
  });

  test('changes with a new registration in the same poll: both are recorded', async () => {
    const [first, second] = ['11111111-2222-4333-8444-555555555555', '99999999-2222-4333-8444-555555555555'];
    const replayed = await replayLines([
      mac,
      { at: '+0s', psso: { deviceId: first } },
      { at: '+1h', psso: { method: 'secureEnclaveKey', deviceId: second } },
      { at: '+2h', end: true },
    ]);
    const [registered] = replayed.events.filter(({ kind }) => kind === 're-registered');
    expect(registered).toMatchObject({
      severity: 'medium',
      from: first,
      to: second,
      data: { newDeviceId: true },
    });
    expect(replayed.events.filter(({ kind }) => kind === 'method-changed')).toHaveLength(1);
  });

  test('is one event when the user follows at once', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+1h', psso: { method: 'secureEnclaveKey' } },
      { at: '+2h', end: true },
    ]);
    const changed = replayed.events.filter(({ kind }) => kind === 'method-changed');
    expect(changed).toMatchObject([{ from: 'password', to: 'secureEnclaveKey', data: { whose: 'user' } }]);
  });
});
