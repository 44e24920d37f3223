import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { causeRules } from '../../agent/causes/cause-rules.ts';
import { catalogue, entryOf, possibleCausesOf, validateCatalogue } from '../../agent/issues/catalogue.ts';
import type { CatalogueEntry } from '../../agent/issues/catalogue-schema.ts';
import type { Issue } from '../../agent/issues/issue.ts';
import {
  breaksSignIn,
  cadenceOf,
  detectors,
  isNotifiable,
  issueIds,
  issueOf,
} from '../../agent/issues/issues.ts';
import { undetectedIssues } from '../../agent/issues/undetected/undetected-issues.ts';
import { problemsIn } from '../../agent/issues/validate-catalogue.ts';
import { identityProviders } from '../../agent/shared/identity-provider.ts';
import { day } from '../../agent/shared/time.ts';

/** The day on which the sources were last read. */
const written = Date.UTC(2026, 10, 23);

/** The known issues when this catalogue began: of Microsoft, Apple and Okta. */
const knownFromTheStart = `
  password-change-prompt-pending password-change-window-overdue registration-needs-repair
  deregister-reregister-macos13 wpj-key-not-removed-after-migration
  passcode-policy-complexity-mismatch registration-long-running-macos14
  registration-long-running-macos13 registration-prompt-closed insufficient-join-permissions-silent
  per-user-mfa-blocks-password-sync psso-not-registered company-portal-missing company-portal-too-old
  company-portal-autoupdate-after-install company-portal-update-triggers-reregistration
  mdm-enrollment-missing sso-profile-missing sso-payload-misconfigured-10001
  sso-payload-conflict-10002 registration-token-wrong auth-method-unsupported-by-idp
  auth-method-changed-reregister upgrade-13-to-14-shared-keys-reregister temporary-password-not-synced
  password-reset-elsewhere-old-password-still-works forgotten-password-recovery-removes-registration
  filevault-new-password-pre-macos15 login-keychain-password-mismatch-after-sync idp-account-locked
  ad-bound-or-hybrid-unsupported kerberos-sso-syncs-local-password third-party-password-sync-conflict
  secure-enclave-password-monitor-not-applicable sso-tokens-missing sso-tokens-expired
  sso-token-refresh-overdue device-disabled-or-deleted-in-entra ca-blocks-registration
  mfa-sif-frequent-prompts wpj-secure-enclave-storage-incompatible-tools token-binding-owed
  sequoia-device-config-corruption se-key-lost-after-password-reset key-invalid-biometrics-changed
  se-biometric-policy-no-touchid sso-plugin-inactive-after-os-update pluginkit-other-version-in-use
  appssoagent-empty-state registration-stuck-code-1004 shared-mac-repeat-login-failure
  screen-unlock-mode-conflict authenticated-guest-mode-unsupported
  offline-lockout-require-authentication auth-grace-period-expiring-unregistered
  associated-domain-tls-inspection registration-endpoint-tls-inspection tenant-restrictions-v2-proxy
  pkeyauth-header-stripped network-unavailable-at-refresh setup-assistant-extension-missing
  setup-assistant-extension-temporarily-unavailable setup-assistant-prt-not-saved
  setup-assistant-misconfigured-needs-wipe chrome-native-messaging-missing edge-profile-not-signed-in
  passkey-provider-disabled sso-extension-not-registered-with-pluginkit sip-amfi-invalid-team-id
  app-not-allow-listed keychain-corruption native-bridge-aadsts50210 registration-prompt-suppressed
  shared-keys-missing-for-multiuser smartcard-not-paired hardware-unsupported
  okta-one-account-per-device
`
  .trim()
  .split(/\s+/);

/** What scripts of admins rely on: id, macOS from, macOS below, severity, reliability, methods, notified. */
const all = 'password secureEnclaveKey smartCard';
const promised: [string, string, string | null, string, string, string, boolean][] = [
  ['password-change-prompt-pending', '13', null, 'medium', 'likely', 'password', true],
  ['password-change-window-overdue', '13', null, 'high', 'likely', 'password', true],
  ['registration-needs-repair', '14', null, 'high', 'definite', all, true],
  ['deregister-reregister-macos13', '13', '14', 'high', 'definite', 'password secureEnclaveKey', true],
  ['wpj-key-not-removed-after-migration', '13', null, 'medium', 'likely', all, true],
  ['passcode-policy-complexity-mismatch', '13', null, 'high', 'definite', 'password', true],
  ['registration-long-running-macos14', '14', null, 'medium', 'likely', all, true],
  ['registration-long-running-macos13', '13', '14', 'low', 'heuristic', 'password secureEnclaveKey', true],
  ['registration-prompt-closed', '13', null, 'medium', 'heuristic', all, false],
  ['insufficient-join-permissions-silent', '13', null, 'high', 'heuristic', all, false],
  ['per-user-mfa-blocks-password-sync', '13', null, 'high', 'heuristic', 'password', false],
  ['psso-not-registered', '13', null, 'medium', 'definite', all, true],
  ['sso-tokens-expired', '13', null, 'high', 'definite', all, true],
  ['sso-tokens-missing', '13', null, 'high', 'definite', all, true],
  ['registration-token-wrong', '13', null, 'high', 'likely', all, false],
  ['sso-payload-misconfigured-10001', '13', null, 'high', 'likely', all, false],
  ['sso-payload-conflict-10002', '13', null, 'high', 'likely', all, false],
  ['company-portal-missing', '13', null, 'high', 'definite', all, true],
  ['company-portal-too-old', '13', null, 'high', 'definite', all, false],
  ['mdm-enrollment-missing', '13', null, 'high', 'definite', all, false],
  ['sso-profile-missing', '13', null, 'high', 'likely', all, false],
  ['auth-method-changed-reregister', '14', null, 'medium', 'definite', all, true],
  ['sso-token-refresh-overdue', '13', null, 'medium', 'likely', 'secureEnclaveKey smartCard', true],
  ['offline-lockout-require-authentication', '15', null, 'high', 'definite', 'password', false],
  ['auth-grace-period-expiring-unregistered', '15', null, 'high', 'likely', 'password', false],
  ['touch-id-required-no-fallback', '27', null, 'medium', 'likely', 'password secureEnclaveKey', false],
  ['token-binding-owed', '27', null, 'low', 'likely', all, true],
  ['user-authentication-required', '13', null, 'medium', 'likely', 'secureEnclaveKey smartCard', true],
  ['kerberos-tgt-import-failed', '14', null, 'medium', 'definite', all, false],
  ['local-password-changed-outside-idp', '13', null, 'medium', 'likely', 'password', false],
  ['device-compliance-lost-new-device-id', '13', null, 'low', 'heuristic', all, false],
  ['full-login-overdue', '13', null, 'low', 'likely', 'password', false],
  ['registration-failed-no-retry', '14', null, 'medium', 'heuristic', all, false],
  ['psso-optout-profile-not-removed', '13', null, 'low', 'heuristic', all, false],
  ['macos-too-old', '13', null, 'medium', 'definite', all, false],
  ['screen-unlock-mode-conflict', '13', null, 'high', 'definite', 'password smartCard', false],
  ['chrome-native-messaging-missing', '13', null, 'medium', 'definite', all, false],
  ['sso-extension-not-registered-with-pluginkit', '13', null, 'high', 'likely', all, false],
  ['passkey-provider-disabled', '14', null, 'low', 'likely', 'secureEnclaveKey', false],
  ['kerberos-sso-syncs-local-password', '13', null, 'medium', 'likely', 'password', false],
  ['third-party-password-sync-conflict', '13', null, 'medium', 'heuristic', 'password', false],
  ['ad-bound-or-hybrid-unsupported', '13', null, 'high', 'definite', 'password', false],
  ['filevault-new-password-pre-macos15', '13', null, 'high', 'likely', 'password', false],
  ['sip-amfi-invalid-team-id', '13', null, 'high', 'likely', all, false],
  ['se-biometric-policy-no-touchid', '14', null, 'high', 'likely', 'secureEnclaveKey', false],
  ['smartcard-not-paired', '14', null, 'medium', 'likely', 'smartCard', false],
  ['authenticated-guest-mode-unsupported', '26', null, 'medium', 'likely', 'password', false],
  ['okta-one-account-per-device', '14', null, 'low', 'likely', 'password', false],
  ['hardware-unsupported', '13', null, 'medium', 'definite', all, false],
  ['associated-domain-tls-inspection', '13', null, 'high', 'likely', all, false],
  ['registration-endpoint-tls-inspection', '13', null, 'high', 'likely', all, false],
];

const undetectedIds = undetectedIssues.map(({ id }) => id);
const detectedAndCauses = catalogue.map((entry) => entry.id).filter((id) => !undetectedIds.includes(id));

describe('the catalogue', () => {
  it('has no problems on the day it was written', () => {
    expect(validateCatalogue(written)).toEqual([]);
  });

  it('reports an entry whose review is due', () => {
    const late = validateCatalogue(written + 366 * day);
    expect(late.map((problem) => problem.id)).toEqual(catalogue.map((entry) => entry.id));
    expect(late[0]?.message).toMatch(/^reviewBy: was due on \d{4}-\d{2}-\d{2}/);
  });

  it('plans every review within a year', () => {
    for (const entry of catalogue) {
      const review = Date.parse(entry.reviewBy);
      expect(review, entry.id).toBeGreaterThan(written);
      expect(review, entry.id).toBeLessThanOrEqual(written + 365 * day);
    }
  });

  it.each(promised)('keeps the facts of %s', (id, from, below, severity, reliability, methods, notified) => {
    const entry = entryOf(id);
    expect(entry).toMatchObject({
      id,
      macos: { from, below },
      severity,
      reliability,
      methods: methods.split(' '),
    });
    expect(entry?.cadence.maximum === 0).toBe(!notified);
  });

  it('has the promised issues, each once, and no other', () => {
    expect(detectedAndCauses).toEqual(promised.map(([id]) => id));
    expect([...issueIds].sort()).toEqual(promised.map(([id]) => id).sort());
  });

  it('repeats the facts of each issue', () => {
    for (const entry of catalogue.filter(({ id }) => issueOf(id) !== null)) {
      const {
        detect,
        reads,
        longLasting,
        promptPending,
        notificationRule,
        isForAdminOnly,
        userCanOnlyAsk,
        ...others
      } = issueOf(entry.id) ?? {};
      const { audience, breaksSignIn, ...facts }: Partial<Issue> = others;
      expect(entry).toMatchObject(facts);
    }
  });

  it('returns null for an unknown id', () => {
    expect(entryOf('toString')).toBeNull();
    expect(issueOf('toString')).toBeNull();
    expect(entryOf('of-another-version')).toBeNull();
  });
});

describe('an entry without a detector', () => {
  it('has a reason, is heuristic, and is never notified', () => {
    for (const { id } of undetectedIssues) {
      expect(issueOf(id), id).toBeNull();
      expect(entryOf(id), id).toMatchObject({
        detector: null,
        detectable: false,
        reason: expect.stringMatching(/\.$/),
        reliability: 'heuristic',
        cadence: { maximum: 0 },
      });
    }
  });

  it.each(knownFromTheStart)('or with one, %s is in the catalogue', (id) => {
    expect(entryOf(id)?.id).toBe(id);
  });

  it('is a cause where a rule names it', () => {
    const causes = undetectedIssues.filter(({ kind }) => kind === 'cause').map(({ id }) => id);
    expect(causes.sort()).toEqual([
      'company-portal-autoupdate-after-install',
      'company-portal-update-triggers-reregistration',
      'forgotten-password-recovery-removes-registration',
      'key-invalid-biometrics-changed',
      'pluginkit-other-version-in-use',
      'registration-prompt-suppressed',
      'registration-stuck-code-1004',
      'se-key-lost-after-password-reset',
      'sequoia-device-config-corruption',
      'setup-assistant-prt-not-saved',
      'sso-plugin-inactive-after-os-update',
      'upgrade-13-to-14-shared-keys-reregister',
    ]);
    const ruled = causeRules.map(({ id }) => id);
    for (const id of causes) expect(ruled).toContain(id);
  });
});

describe('which issues break sign-in', () => {
  it('says so in each entry: only a risk or a leftover does not', () => {
    const harmless = catalogue.filter((entry) => entry.detectable && !entry.breaksSignIn).map(({ id }) => id);
    expect(harmless).toEqual([
      'wpj-key-not-removed-after-migration',
      'passcode-policy-complexity-mismatch',
      'offline-lockout-require-authentication',
      'auth-grace-period-expiring-unregistered',
      'touch-id-required-no-fallback',
      'kerberos-tgt-import-failed',
      'local-password-changed-outside-idp',
      'device-compliance-lost-new-device-id',
      'full-login-overdue',
      'psso-optout-profile-not-removed',
      'screen-unlock-mode-conflict',
      'chrome-native-messaging-missing',
      'passkey-provider-disabled',
      'kerberos-sso-syncs-local-password',
      'third-party-password-sync-conflict',
      'ad-bound-or-hybrid-unsupported',
      'filevault-new-password-pre-macos15',
      'authenticated-guest-mode-unsupported',
      'okta-one-account-per-device',
    ]);
    for (const id of issueIds) expect(entryOf(id)?.breaksSignIn).toBe(breaksSignIn(id));
    expect(breaksSignIn('of-another-version')).toBe(true);
  });
});

describe('detection', () => {
  it('has a folder for each issue, whose export is named after its id', async () => {
    const root = new URL('../../agent/issues/', import.meta.url);
    const folders = readdirSync(root, { withFileTypes: true }).filter((file) => file.isDirectory());
    expect(folders.map(({ name }) => name).sort()).toEqual([...issueIds, 'undetected'].sort());
    for (const id of issueIds) {
      const module: Record<string, unknown> = await import(new URL(`${id}/issue.ts`, root).href);
      const { detector } = entryOf(id) ?? {};
      expect(Object.values(module), id).toEqual([issueOf(id)]);
      if (detector !== null) expect(Object.keys(module)).toEqual([detector]);
    }
  });

  it('exists for exactly the issues whose entry names a detector', () => {
    const detected = catalogue.filter((entry) => entry.detector !== null).map((entry) => entry.id);
    expect(detectors.map(({ id }) => id)).toEqual(detected);
  });

  it("never notifies the user of an issue of the admin's", () => {
    const ofTheAdmin = issueIds.filter((id) => issueOf(id)?.audience === 'admin');
    expect(ofTheAdmin).toEqual([
      'registration-token-wrong',
      'sso-payload-misconfigured-10001',
      'sso-payload-conflict-10002',
      'company-portal-too-old',
      'mdm-enrollment-missing',
      'sso-profile-missing',
      'offline-lockout-require-authentication',
      'auth-grace-period-expiring-unregistered',
      'touch-id-required-no-fallback',
      'kerberos-tgt-import-failed',
      'local-password-changed-outside-idp',
      'device-compliance-lost-new-device-id',
      'full-login-overdue',
      'registration-failed-no-retry',
      'psso-optout-profile-not-removed',
      'macos-too-old',
      'screen-unlock-mode-conflict',
      'chrome-native-messaging-missing',
      'sso-extension-not-registered-with-pluginkit',
      'passkey-provider-disabled',
      'kerberos-sso-syncs-local-password',
      'third-party-password-sync-conflict',
      'ad-bound-or-hybrid-unsupported',
      'filevault-new-password-pre-macos15',
      'sip-amfi-invalid-team-id',
      'se-biometric-policy-no-touchid',
      'smartcard-not-paired',
      'authenticated-guest-mode-unsupported',
      'okta-one-account-per-device',
      'hardware-unsupported',
      'associated-domain-tls-inspection',
      'registration-endpoint-tls-inspection',
    ]);
    for (const id of ofTheAdmin) {
      expect(isNotifiable(id)).toBe(false);
      expect(cadenceOf(id).maximum).toBe(0);
      expect(entryOf(id)?.detector).not.toBeNull();
    }
  });

  it('never notifies the user of a possible cause', () => {
    const notNotified = issueIds.filter((id) => issueOf(id)?.detect === undefined);
    expect(notNotified).toEqual([
      'registration-prompt-closed',
      'insufficient-join-permissions-silent',
      'per-user-mfa-blocks-password-sync',
    ]);
    for (const id of notNotified) {
      expect(cadenceOf(id).maximum).toBe(0);
      expect(entryOf(id)).toMatchObject({ detector: null, reliability: 'heuristic' });
      expect(entryOf(id)?.possibleCauseOf.length).toBeGreaterThan(0);
    }
  });

  it('names possible causes for what they may explain', () => {
    const ids = (id: string) => possibleCausesOf(id).map((entry) => entry.id);
    expect(ids('password-change-window-overdue').slice(0, 2)).toEqual([
      'passcode-policy-complexity-mismatch',
      'per-user-mfa-blocks-password-sync',
    ]);
    expect(ids('psso-not-registered')).toContain('insufficient-join-permissions-silent');
    expect(ids('sso-tokens-expired')).toContain('device-disabled-or-deleted-in-entra');
  });

  it('limits password issues to the password method', () => {
    for (const id of issueIds.filter((each) => each.includes('passw')))
      expect(issueOf(id)?.methods).toEqual(['password']);
  });
});

describe('the cadence', () => {
  const notified = catalogue.filter((entry) => entry.cadence.maximum > 0);

  it.each(notified.map((entry) => [entry.id, entry] as const))(
    'of %s reminds a few times, then stops',
    (_, entry) => {
      const { firstAfterSeconds, repeatAfterSeconds, maximum } = entry.cadence;
      expect(firstAfterSeconds).toBeLessThanOrEqual(3_600);
      expect(maximum).toBe(repeatAfterSeconds.length + 1);
      expect(maximum).toBeLessThanOrEqual(7);
      // Never twice an hour: macOS asks by itself as well.
      for (const seconds of repeatAfterSeconds) expect(seconds).toBeGreaterThanOrEqual(45 * 60);
    },
  );

  it('reminds more often towards the end of the tokens, then rarely', () => {
    const { repeatAfterSeconds } = cadenceOf('password-change-window-overdue');
    const days = repeatAfterSeconds.map((seconds) => seconds / 86_400);
    expect(days).toEqual([2, 4, 4, 2, 1, 7]);
    expect(days.slice(0, 5).reduce((sum, each) => sum + each, 0)).toBe(13);
  });

  it('never notifies of an unknown issue', () => {
    expect(cadenceOf('of-another-version')).toEqual({
      firstAfterSeconds: 0,
      repeatAfterSeconds: [],
      maximum: 0,
    });
  });
});

describe('validation', () => {
  const sound = entryOf('sso-tokens-expired') ?? catalogue[0];
  const problemsWith = (change: Partial<CatalogueEntry>): string[] => {
    const changed = catalogue.map((entry) => (entry === sound ? { ...entry, ...change } : entry));
    return problemsIn(changed, written).map((problem) => problem.message);
  };

  it.each<[string, Partial<CatalogueEntry>, RegExp]>([
    ['an empty text', { title: '' }, /^title: /],
    ['a link that is not https', { links: [{ title: 'x', url: 'http://github.com/x' }] }, /^links\.0\.url: /],
    ['a link to elsewhere', { links: [{ title: 'x', url: 'https://example.com/x' }] }, /unknown host/],
    ['no link', { links: [] }, /^links: /],
    ['a date that is none', { reviewBy: '2027-02-30' }, /^reviewBy: /],
    ['a review long after', { reviewBy: '2029-01-01' }, /more than a year ahead/],
    ['a review in the past', { reviewBy: '2026-11-22' }, /was due on 2026-11-22/],
    ['an empty range of versions', { macos: { from: '15', below: '14' } }, /empty range/],
    ['a cause of nothing known', { possibleCauseOf: ['no-such-issue'] }, /no such issue "no-such-issue"/],
    ['a notified issue without a detector', { detector: null }, /that is notified must be detected/],
    ['an issue without a detector and a reason', { detector: null }, /a detector, or a reason why not/],
    ['a reason with a detector', { reason: 'x' }, /a detector, or a reason why not/],
    [
      'a long advice',
      { admin: { text: 'One. '.repeat(7), steps: ['x'], confirm: ['x'] } },
      /admin\.text: more than 6 sentences/,
    ],
    [
      'reminders without a wait',
      { cadence: { firstAfterSeconds: 0, repeatAfterSeconds: [], maximum: 3 } },
      /reminders need a time/,
    ],
    ['a link to any scheme', { settingsLink: 'file:///Applications' }, /^settingsLink: /],
  ])('finds %s', (_, change, message) => {
    expect(problemsWith(change)).toEqual(expect.arrayContaining([expect.stringMatching(message)]));
  });

  it('finds a duplicate id and a missing one', () => {
    expect(problemsIn([...catalogue, ...catalogue.slice(0, 1)], written)).toEqual([
      { id: 'password-change-prompt-pending', message: 'the id is duplicate' },
    ]);
    const last = issueIds.at(-1);
    expect(
      problemsIn(
        catalogue.filter(({ id }) => id !== last),
        written,
      ),
    ).toContainEqual({ id: last, message: 'the list has it, and the catalogue does not' });
  });
});

it('a command in the admin’s texts ends its sentence, so that it can be copied', () => {
  const command = /(?<![`"])\b(?:psso-monitor [a-z]|sudo |app-sso platform )/;
  const atTheEnd = /: (?:psso-monitor|sudo|app-sso)\b[^.,;:()`]*$/;
  const texts = identityProviders.flatMap((provider) =>
    catalogue.flatMap(({ id }) => {
      const admin = entryOf(id, provider)?.admin;
      return admin === undefined ? [] : [admin.text, ...admin.steps, ...admin.confirm];
    }),
  );
  const withCommand = texts.filter((text) => command.test(text.replaceAll(/`[^`]*`/g, '')));
  expect(withCommand.length).toBeGreaterThan(10);
  expect(withCommand.filter((text) => !atTheEnd.test(text))).toEqual([]);
});
