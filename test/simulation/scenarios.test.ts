import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { detectors, issueIds } from '../../agent/issues/issues.ts';
import { recordedTable } from '../helpers/recorded-table.ts';
import { type Replayed, replayScenario } from '../helpers/replayed.ts';

const folder = fileURLToPath(new URL('../scenarios/', import.meta.url));

/** The events that each scenario must have, sorted by time; kinds that are not listed are ignored. */
interface Expected {
  /** The issue that opens, and is resolved if `resolved`. */
  readonly issue: string;
  readonly resolved: boolean;
  /** Minutes from the start within which it opens. */
  readonly opensWithin: readonly [from: number, to: number];
  readonly notifications: boolean;
  readonly alsoOpens?: readonly string[];
  readonly possibleCauses?: readonly string[];
}

const scenarios: Readonly<Record<string, Expected>> = {
  'password-change-prompt-pending': {
    issue: 'password-change-prompt-pending',
    resolved: true,
    opensWithin: [235, 241],
    notifications: true,
  },
  'password-change-window-overdue': {
    issue: 'password-change-window-overdue',
    resolved: true,
    opensWithin: [280, 290],
    notifications: true,
  },
  'registration-needs-repair': {
    issue: 'registration-needs-repair',
    resolved: true,
    opensWithin: [71, 77],
    notifications: true,
  },
  'deregister-reregister-macos13': {
    issue: 'deregister-reregister-macos13',
    resolved: true,
    opensWithin: [61, 67],
    notifications: true,
  },
  'wpj-key-not-removed-after-migration': {
    issue: 'wpj-key-not-removed-after-migration',
    resolved: true,
    opensWithin: [50, 60],
    notifications: true,
    alsoOpens: ['psso-not-registered'],
  },
  'passcode-policy-complexity-mismatch': {
    issue: 'passcode-policy-complexity-mismatch',
    resolved: true,
    opensWithin: [61, 67],
    notifications: false,
  },
  'registration-long-running-macos14': {
    issue: 'registration-long-running-macos14',
    resolved: true,
    opensWithin: [25, 27],
    notifications: true,
    alsoOpens: ['psso-not-registered'],
    possibleCauses: [
      'registration-prompt-closed',
      'insufficient-join-permissions-silent',
      'per-user-mfa-blocks-password-sync',
    ],
  },
  'registration-long-running-macos13': {
    issue: 'registration-long-running-macos13',
    resolved: true,
    opensWithin: [5, 7],
    notifications: false,
    alsoOpens: ['psso-not-registered'],
  },
  'registration-prompt-closed': {
    issue: 'registration-long-running-macos14',
    resolved: false,
    opensWithin: [25, 27],
    notifications: true,
    alsoOpens: ['psso-not-registered'],
    possibleCauses: ['registration-prompt-closed', 'insufficient-join-permissions-silent'],
  },
  'insufficient-join-permissions-silent': {
    issue: 'registration-long-running-macos14',
    resolved: false,
    opensWithin: [25, 27],
    notifications: true,
    alsoOpens: ['psso-not-registered'],
    possibleCauses: [
      'registration-prompt-closed',
      'insufficient-join-permissions-silent',
      'per-user-mfa-blocks-password-sync',
    ],
  },
  'per-user-mfa-blocks-password-sync': {
    issue: 'psso-not-registered',
    resolved: false,
    opensWithin: [1, 6],
    notifications: true,
    possibleCauses: [
      'per-user-mfa-blocks-password-sync',
      'registration-prompt-closed',
      'insufficient-join-permissions-silent',
    ],
  },
  'sso-tokens-expired': {
    issue: 'sso-tokens-expired',
    resolved: true,
    opensWithin: [65, 72],
    notifications: true,
  },
  'sso-tokens-missing': {
    issue: 'sso-tokens-missing',
    resolved: true,
    opensWithin: [65, 72],
    notifications: true,
  },
  'psso-not-registered': {
    issue: 'psso-not-registered',
    resolved: true,
    opensWithin: [1, 6],
    notifications: true,
  },
  'psso-not-registered.profile-without-effect': {
    issue: 'psso-not-registered',
    resolved: true,
    opensWithin: [45, 51],
    notifications: false,
    possibleCauses: [],
  },
  'registration-token-wrong': {
    issue: 'registration-token-wrong',
    resolved: true,
    opensWithin: [1, 6],
    notifications: false,
    alsoOpens: ['psso-not-registered', 'registration-long-running-macos14'],
  },
  'sso-payload-misconfigured-10001': {
    issue: 'sso-payload-misconfigured-10001',
    resolved: true,
    opensWithin: [15, 21],
    notifications: false,
    alsoOpens: ['psso-not-registered'],
  },
  'sso-payload-conflict-10002': {
    issue: 'sso-payload-conflict-10002',
    resolved: true,
    opensWithin: [1, 6],
    notifications: false,
    alsoOpens: ['psso-not-registered', 'registration-long-running-macos14'],
  },
  'company-portal-missing': {
    issue: 'company-portal-missing',
    resolved: true,
    opensWithin: [75, 80],
    notifications: true,
  },
  'company-portal-too-old': {
    issue: 'company-portal-too-old',
    resolved: true,
    opensWithin: [61, 67],
    notifications: false,
  },
  'offline-lockout-require-authentication': {
    issue: 'offline-lockout-require-authentication',
    resolved: true,
    opensWithin: [61, 67],
    notifications: false,
  },
  'mdm-enrollment-missing': {
    issue: 'mdm-enrollment-missing',
    resolved: true,
    opensWithin: [61, 67],
    notifications: false,
  },
  'auth-grace-period-expiring-unregistered': {
    issue: 'auth-grace-period-expiring-unregistered',
    resolved: true,
    opensWithin: [1450, 1460],
    notifications: false,
    alsoOpens: ['psso-not-registered'],
  },
  'touch-id-required-no-fallback': {
    issue: 'touch-id-required-no-fallback',
    resolved: true,
    opensWithin: [61, 67],
    notifications: false,
  },
  'sso-profile-missing': {
    issue: 'sso-profile-missing',
    resolved: true,
    opensWithin: [75, 80],
    notifications: false,
  },
  'auth-method-changed-reregister': {
    issue: 'auth-method-changed-reregister',
    resolved: true,
    opensWithin: [540, 547],
    notifications: true,
  },
  'sso-token-refresh-overdue': {
    issue: 'sso-token-refresh-overdue',
    resolved: true,
    opensWithin: [745, 757],
    notifications: true,
  },
  'token-binding-owed': {
    issue: 'token-binding-owed',
    resolved: true,
    opensWithin: [61, 67],
    notifications: true,
  },
  'user-authentication-required': {
    issue: 'user-authentication-required',
    resolved: true,
    opensWithin: [240, 246],
    notifications: true,
  },
  'kerberos-tgt-import-failed': {
    issue: 'kerberos-tgt-import-failed',
    resolved: true,
    opensWithin: [90, 96],
    notifications: false,
  },
  'local-password-changed-outside-idp': {
    issue: 'local-password-changed-outside-idp',
    resolved: true,
    opensWithin: [95, 105],
    notifications: false,
  },
  'device-compliance-lost-new-device-id': {
    issue: 'device-compliance-lost-new-device-id',
    resolved: true,
    opensWithin: [119, 127],
    notifications: false,
  },
  'full-login-overdue': {
    issue: 'full-login-overdue',
    resolved: true,
    opensWithin: [1500, 1507],
    notifications: false,
  },
  'registration-failed-no-retry': {
    issue: 'registration-failed-no-retry',
    resolved: true,
    opensWithin: [960, 966],
    notifications: false,
    alsoOpens: ['psso-not-registered', 'registration-long-running-macos14'],
  },
  'psso-optout-profile-not-removed': {
    issue: 'psso-optout-profile-not-removed',
    resolved: true,
    opensWithin: [120, 126],
    notifications: false,
  },
  'macos-too-old': {
    issue: 'macos-too-old',
    resolved: true,
    opensWithin: [14, 21],
    notifications: false,
    alsoOpens: [
      'psso-not-registered',
      'sso-payload-misconfigured-10001',
      'registration-long-running-macos13',
    ],
  },
  'screen-unlock-mode-conflict': {
    issue: 'screen-unlock-mode-conflict',
    resolved: true,
    opensWithin: [0, 6],
    notifications: false,
  },
  'chrome-native-messaging-missing': {
    issue: 'chrome-native-messaging-missing',
    resolved: true,
    opensWithin: [0, 6],
    notifications: false,
  },
  'sso-extension-not-registered-with-pluginkit': {
    issue: 'sso-extension-not-registered-with-pluginkit',
    resolved: true,
    opensWithin: [15, 21],
    notifications: false,
    alsoOpens: ['psso-not-registered', 'registration-long-running-macos14'],
  },
  'passkey-provider-disabled': {
    issue: 'passkey-provider-disabled',
    resolved: true,
    opensWithin: [60, 66],
    notifications: false,
  },
  'kerberos-sso-syncs-local-password': {
    issue: 'kerberos-sso-syncs-local-password',
    resolved: true,
    opensWithin: [0, 6],
    notifications: false,
  },
  'third-party-password-sync-conflict': {
    issue: 'third-party-password-sync-conflict',
    resolved: true,
    opensWithin: [245, 251],
    notifications: false,
    alsoOpens: ['password-change-prompt-pending'],
  },
  'ad-bound-or-hybrid-unsupported': {
    issue: 'ad-bound-or-hybrid-unsupported',
    resolved: true,
    opensWithin: [0, 6],
    notifications: false,
  },
  'filevault-new-password-pre-macos15': {
    issue: 'filevault-new-password-pre-macos15',
    resolved: true,
    opensWithin: [245, 251],
    notifications: false,
    alsoOpens: ['password-change-prompt-pending'],
  },
  'sip-amfi-invalid-team-id': {
    issue: 'sip-amfi-invalid-team-id',
    resolved: true,
    opensWithin: [0, 6],
    notifications: false,
    alsoOpens: ['psso-not-registered', 'registration-long-running-macos14'],
  },
  'se-biometric-policy-no-touchid': {
    issue: 'se-biometric-policy-no-touchid',
    resolved: true,
    opensWithin: [30, 36],
    notifications: false,
  },
  'smartcard-not-paired': {
    issue: 'smartcard-not-paired',
    resolved: true,
    opensWithin: [0, 6],
    notifications: false,
    alsoOpens: ['psso-not-registered', 'registration-long-running-macos14'],
  },
  'authenticated-guest-mode-unsupported': {
    issue: 'authenticated-guest-mode-unsupported',
    resolved: true,
    opensWithin: [0, 6],
    notifications: false,
  },
  'okta-one-account-per-device': {
    issue: 'okta-one-account-per-device',
    resolved: true,
    opensWithin: [0, 6],
    notifications: false,
  },
  'hardware-unsupported': {
    issue: 'hardware-unsupported',
    resolved: true,
    opensWithin: [15, 21],
    notifications: false,
    alsoOpens: ['psso-not-registered', 'registration-long-running-macos14'],
  },
  'associated-domain-tls-inspection': {
    issue: 'associated-domain-tls-inspection',
    resolved: true,
    opensWithin: [76, 90],
    notifications: false,
    alsoOpens: ['sso-tokens-missing'],
  },
  'registration-endpoint-tls-inspection': {
    issue: 'registration-endpoint-tls-inspection',
    resolved: true,
    opensWithin: [15, 25],
    notifications: false,
    alsoOpens: ['psso-not-registered', 'registration-long-running-macos14'],
  },
};

/** Twins in which something else is rightly recorded; all others stay silent altogether. */
const recordedInTwin: Readonly<Record<string, readonly string[]>> = {
  'registration-needs-repair.twin-second-user': ['psso-not-registered'],
  'registration-long-running-macos14.twin-away': ['psso-not-registered'],
  'registration-long-running-macos13.twin-a-few-minutes': ['psso-not-registered'],
  'registration-prompt-closed.twin-asleep': [],
  'insufficient-join-permissions-silent.twin-registers-at-once': ['psso-not-registered'],
  'per-user-mfa-blocks-password-sync.twin-secure-enclave': ['psso-not-registered'],
  'wpj-key-not-removed-after-migration.twin-still-cleaning-up': ['psso-not-registered'],
  'passcode-policy-complexity-mismatch.twin-secure-enclave': [],
  'psso-not-registered.twin-switched-off': ['sso-profile-missing'],
  'sso-profile-missing.twin-not-enrolled': ['mdm-enrollment-missing'],
  'sso-payload-conflict-10002.twin-kerberos-payload': ['psso-not-registered'],
  'auth-grace-period-expiring-unregistered.twin-two-weeks': ['psso-not-registered'],
  'auth-grace-period-expiring-unregistered.twin-registers-at-once': ['psso-not-registered'],
  'token-binding-owed.twin-number-only': ['psso-not-registered'],
  'registration-failed-no-retry.twin-away': ['psso-not-registered'],
  'hardware-unsupported.twin-registered': ['psso-not-registered'],
  'hardware-unsupported.twin-virtual': ['psso-not-registered'],
  'associated-domain-tls-inspection.twin-not-turned-on': ['sso-tokens-missing'],
  'associated-domain-tls-inspection.twin-captive-portal': ['sso-tokens-missing'],
  'associated-domain-tls-inspection.twin-a-few-minutes': ['sso-tokens-missing'],
  'registration-endpoint-tls-inspection.twin-not-reached': [
    'psso-not-registered',
    'registration-long-running-macos14',
  ],
  'registration-endpoint-tls-inspection.twin-okta': [
    'psso-not-registered',
    'registration-long-running-macos14',
  ],
  'sso-extension-not-registered-with-pluginkit.twin-without-choice': ['psso-not-registered'],
};

const files = readdirSync(folder)
  .filter((name) => name.endsWith('.ndjson'))
  .map((name) => name.slice(0, -'.ndjson'.length));

/** Compares all that the scenario left in the database; `npm exec -- vitest run FILE -u` writes it again. */
function expectRecorded(name: string, replayed: Replayed): Promise<void> {
  return expect(recordedTable(replayed)).toMatchFileSnapshot(`${folder}recorded/${name}.txt`);
}

function opened(replayed: Replayed): string[] {
  return replayed.events.filter((event) => event.kind === 'issue-opened').map((event) => event.issue ?? '');
}

describe('the issues of the catalogue', () => {
  test('each has a scenario and a twin, or a scenario that is both', () => {
    for (const id of issueIds) expect(files).toContain(id);
    for (const id of issueIds.filter((one) => one !== 'sso-tokens-expired')) {
      expect(
        files.some((file) => file.startsWith(`${id}.twin-`)),
        `a twin of ${id}`,
      ).toBe(true);
    }
    const detected = new Set(detectors.map((detector) => detector.id));
    for (const { issue } of Object.values(scenarios)) expect(detected).toContain(issue);
  });

  test.each(Object.entries(scenarios))('%s', async (name, expected) => {
    const replayed = await replayScenario(name);
    const { issue, opensWithin } = expected;
    expect(opened(replayed).sort()).toEqual([issue, ...(expected.alsoOpens ?? [])].sort());
    const opening = replayed.events.find((event) => event.kind === 'issue-opened' && event.issue === issue);
    const minutes = ((opening?.at ?? 0) - replayed.start) / 60_000;
    expect(minutes).toBeGreaterThanOrEqual(opensWithin[0]);
    expect(minutes).toBeLessThanOrEqual(opensWithin[1]);
    if (expected.possibleCauses !== undefined)
      expect(opening?.data.possibleCauses).toEqual(expected.possibleCauses);
    expect(
      replayed.events.filter((event) => event.kind === 'issue-resolved' && event.issue === issue).length,
    ).toBe(expected.resolved ? 1 : 0);
    const shown = replayed.notifications
      .filter((notified) => notified.issue === issue && notified.shown)
      .map((notified) => notified.purpose);
    expect(shown[0]).toBe(expected.notifications ? 'problem' : undefined);
    expect(shown.includes('solved')).toBe(expected.notifications && expected.resolved);
    expect(replayed.summary.openIssues).toEqual(expected.resolved ? [] : expect.arrayContaining([issue]));
    await expectRecorded(name, replayed);
  });
});

describe('what looks alike and must stay silent', () => {
  test.each(files.filter((file) => file.includes('.twin-')))('%s', async (name) => {
    const replayed = await replayScenario(name);
    const issue = name.slice(0, name.indexOf('.twin-'));
    expect(opened(replayed)).toEqual(recordedInTwin[name] ?? []);
    expect(opened(replayed)).not.toContain(issue);
    expect(replayed.events.map((event) => event.kind)).not.toContain('sync-window-overdue');
    expect(replayed.notifications.filter((notified) => notified.shown)).toEqual([]);
    await expectRecorded(name, replayed);
  });
});

describe('a working day with a password change', () => {
  test('replays the working day: due, prompted, synced', async () => {
    const replayed = await replayScenario('working-day');
    expect(replayed.events.map((event) => event.kind)).toEqual([
      'agent-started',
      'gap',
      'sync-window-due',
      'user-state-changed',
      'issue-opened',
      'prompt-pending',
      'notification-shown',
      'user-state-changed',
      'password-synced',
      'issue-resolved',
      'prompt-cleared',
      'notification-shown',
      'agent-stopped',
    ]);
    expect(replayed.sync.map((row) => row.outcome)).toEqual(['password-synced']);
    await expectRecorded('working-day', replayed);
  });
});
