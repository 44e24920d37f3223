import type { DetectorInput } from '../detect/detector.ts';
import { identityProviderIn } from '../detect/extension.ts';
import { isConfigured, isExpired, isKnownMethod, registrationOf } from '../detect/facts.ts';
import { type ChangeKind, changeText } from '../shared/changes.ts';
import { effectivePasswordPolicy } from '../shared/effective-password-policy.ts';
import type { SourceName, SsoProfile } from '../shared/observation.ts';
import { knownValue } from '../shared/reading.ts';
import { day, type EpochMs, fromIso, minute } from '../shared/time.ts';

export type FieldValue = string | number | boolean;

/** One field that a condition may name. `read` null: unknown in this poll. */
export interface RuleField {
  readonly type: 'text' | 'number' | 'yes or no';
  /** The source whose failure makes the field unknown. `history`: what the agent remembers. */
  readonly source: SourceName | 'history';
  readonly description: string;
  readonly read: (input: DetectorInput) => FieldValue | null;
}

type Read<T> = (input: DetectorInput) => T | null;
type Source = RuleField['source'];

function text(source: Source, description: string, read: Read<string>): RuleField {
  return { type: 'text', source, description, read };
}

function number(source: Source, description: string, read: Read<number>): RuleField {
  return { type: 'number', source, description, read };
}

function yesOrNo(source: Source, description: string, read: Read<boolean>): RuleField {
  return { type: 'yes or no', source, description, read };
}

/** Minutes since a change that is not remembered: more than any limit that a rule has. */
export const neverMinutes = 1_000_000_000;

function minutesSince(at: EpochMs, now: EpochMs): number {
  return Math.max(0, Math.floor((now - at) / minute));
}

/** Minutes; 0 without tokens. Null: `app-sso` was not read, or shows no time. */
function ofTokens(
  pick: 'receivedAt' | 'expiresAt',
  span: (at: EpochMs, now: EpochMs) => number,
): Read<number> {
  return ({ facts, now }) => {
    if (facts === null) return null;
    if (facts.tokens === null) return 0;
    const at = facts.tokens[pick];
    return at === null ? null : span(at, now);
  };
}

/** Of the profile; `without`: no profile is installed. */
function ofProfile<T>(read: (profile: SsoProfile) => T | null, without: T): Read<T> {
  return ({ observation: { ssoProfile } }) => {
    if (!ssoProfile.ok) return null;
    return ssoProfile.value === null ? without : read(ssoProfile.value);
  };
}

function ofApp(app: 'companyPortal' | 'oktaVerify', name: string): Readonly<Record<string, RuleField>> {
  return {
    [`${app}.installed`]: yesOrNo(app, `${name} is installed.`, ({ observation }) => {
      const reading = observation[app];
      return reading.ok ? reading.value !== null : null;
    }),
    [`${app}.version`]: text(
      app,
      `The version of ${name}; empty when it is not installed.`,
      ({ observation }) => {
        const reading = observation[app];
        return reading.ok ? (reading.value ?? '') : null;
      },
    ),
  };
}

const sinceChanges = {
  macosUpdated: 'macos-updated',
  companyPortalUpdated: 'company-portal-updated',
  oktaVerifyUpdated: 'okta-verify-updated',
  profileChanged: 'profile-changed',
  policyChanged: 'policy-changed',
  enrollmentChanged: 'enrollment-changed',
  pssoConfigured: 'psso-configured',
  pssoRemoved: 'psso-removed',
  methodChanged: 'method-changed',
  registrationCompleted: 'registration-completed',
  reRegistered: 're-registered',
  localPasswordChanged: 'local-password-changed',
  clockChanged: 'clock-changed',
  promptCleared: 'prompt-cleared',
  restarted: 'restarted',
  slept: 'slept',
  networkReturned: 'network-returned',
} as const satisfies Readonly<Record<string, ChangeKind>>;

function changeFields(): Readonly<Record<string, RuleField>> {
  const fields = Object.entries(sinceChanges).map(([name, kind]) => {
    const description = `Minutes since: ${changeText(kind, '')}. ${neverMinutes} when no such change is remembered.`;
    const field = number('history', description, ({ memory, now }) => {
      const times = memory.changes.filter((change) => change.kind === kind).map(({ at }) => at);
      return times.length === 0 ? neverMinutes : minutesSince(Math.max(...times), now);
    });
    return [`minutesSince.${name}`, field] as const;
  });
  return Object.fromEntries(fields);
}

/**
 * Every field that a condition may name: flat, without null and without identities. docs/admin/rules.md has
 * this table. A field without a value in a poll makes each rule that names it unknown.
 */
export const ruleFields: Readonly<Record<string, RuleField>> = {
  'psso.configured': yesOrNo('appSso', 'Platform SSO is configured.', ({ facts }) =>
    facts === null ? null : isConfigured(facts),
  ),
  'psso.registration': text(
    'appSso',
    '`none`, `device` (the Mac is registered, the user is not) or `complete`.',
    ({ facts }) => {
      if (facts === null || facts.registration === 'unclear') return null;
      return registrationOf(facts);
    },
  ),
  'psso.method': text(
    'appSso',
    '`password`, `secureEnclaveKey`, `smartCard`, `accessKey` or `openId`; empty when Platform SSO is not configured.',
    ({ facts }) => {
      if (facts === null) return null;
      if (!isConfigured(facts)) return '';
      return isKnownMethod(facts.method) ? facts.method : null;
    },
  ),
  'psso.identityProvider': text('history', '`entra`, `okta` or `other`.', ({ memory }) =>
    identityProviderIn(memory),
  ),
  'psso.promptPending': yesOrNo('appSso', 'macOS asks the user for the new password.', ({ facts, memory }) =>
    facts === null ? null : memory.promptPending,
  ),
  'psso.accountExempt': yesOrNo('appSso', 'The account is exempt from Platform SSO.', ({ facts }) => {
    if (facts === null) return null;
    return isConfigured(facts) && facts.device.exempt;
  }),
  'psso.sharedDeviceKeys': yesOrNo(
    'appSso',
    'The Mac uses shared device keys; false when Platform SSO is not configured.',
    ({ facts, observation }) => {
      if (facts === null) return null;
      const device = knownValue(observation.appSso)?.device;
      return device == null ? false : device.sharedDeviceKeys;
    },
  ),
  'tokens.present': yesOrNo('appSso', 'macOS shows sign-in tokens.', ({ facts }) =>
    facts === null ? null : facts.tokens !== null,
  ),
  'tokens.expired': yesOrNo('appSso', 'The sign-in tokens have expired.', ({ facts }) =>
    facts === null ? null : isExpired(facts),
  ),
  'tokens.ageMinutes': number(
    'appSso',
    'Minutes since macOS received the tokens; 0 without tokens.',
    ofTokens('receivedAt', minutesSince),
  ),
  'tokens.minutesLeft': number(
    'appSso',
    'Minutes until the tokens expire; 0 without tokens and when they have expired.',
    ofTokens('expiresAt', (at, now) => Math.max(0, Math.floor((at - now) / minute))),
  ),
  'passwordWindow.phase': text(
    'history',
    '`fresh`, `due`, `hint`, `overdue`, `pending`, `suspended` or `notApplicable` (docs/password-window.md).',
    ({ window: { phase } }) => (phase === 'unknown' ? null : phase),
  ),
  'mac.macos': text('macos', 'The version of macOS, such as `15.6`.', ({ observation }) =>
    knownValue(observation.macos),
  ),
  'mac.online': yesOrNo('network', 'The Mac has a network.', ({ observation: { network } }) =>
    network.ok ? network.value === 'online' : null,
  ),
  'mac.screenLocked': yesOrNo('session', 'The screen is locked.', ({ observation: { session } }) =>
    session.ok ? session.value.screen === 'locked' : null,
  ),
  'mac.uptimeMinutes': number(
    'power',
    'Minutes since the Mac started.',
    ({ observation: { power }, now }) => {
      const bootedAt = knownValue(power)?.bootedAt ?? null;
      return bootedAt === null ? null : minutesSince(fromIso(bootedAt), now);
    },
  ),
  'mac.fileVault': yesOrNo('fileVault', 'FileVault is on. Read once a day.', ({ observation }) =>
    knownValue(observation.fileVault),
  ),
  'mac.systemIntegrity': yesOrNo(
    'systemIntegrity',
    'System Integrity Protection is on. Read once a day.',
    ({ observation }) => knownValue(observation.systemIntegrity),
  ),
  'mac.passwordTools': text(
    'passwordTools',
    'Other tools that set the local password: `jamfConnect`, `xcreds`, `nomad`, joined by commas. Read once a day.',
    ({ observation }) => knownValue(observation.passwordTools)?.join(',') ?? null,
  ),
  ...ofApp('companyPortal', 'Company Portal'),
  ...ofApp('oktaVerify', 'Okta Verify'),
  'mdm.enrolled': yesOrNo(
    'enrollment',
    'The Mac is enrolled in an MDM.',
    ({ observation: { enrollment } }) => (enrollment.ok ? enrollment.value.enrolled : null),
  ),
  'mdm.userApproved': yesOrNo(
    'enrollment',
    'The enrollment is user-approved.',
    ({ observation: { enrollment } }) => (enrollment.ok ? enrollment.value.userApproved : null),
  ),
  'profile.installed': yesOrNo(
    'ssoProfile',
    'A profile with single sign-on is installed.',
    ofProfile(() => true, false),
  ),
  'profile.platformSso': yesOrNo(
    'ssoProfile',
    'It has `PlatformSSO`.',
    ofProfile(({ platformSso }) => platformSso, false),
  ),
  'profile.extension': text(
    'ssoProfile',
    'Its `ExtensionIdentifier`; empty without one.',
    ofProfile(({ extensionIdentifier }) => extensionIdentifier ?? '', ''),
  ),
  'profile.method': text(
    'ssoProfile',
    'Its `AuthenticationMethod`, in the words of `psso.method`; empty without one.',
    ofProfile(({ method }) => (method === 'unknown' ? null : method === 'none' ? '' : method), ''),
  ),
  'profile.registrationToken': text(
    'ssoProfile',
    '`present`, `absent`, or `unresolved` (the MDM did not replace a variable); `absent` without a profile.',
    ofProfile(
      ({ registrationToken, userChannelUnread }) =>
        registrationToken === 'absent' && userChannelUnread ? null : registrationToken,
      'absent',
    ),
  ),
  'profile.sharedDeviceKeys': yesOrNo(
    'ssoProfile',
    'It sets `UseSharedDeviceKeys`.',
    ofProfile(({ sharedDeviceKeys }) => sharedDeviceKeys === true, false),
  ),
  'profile.registrationDuringSetup': yesOrNo(
    'ssoProfile',
    'It sets `EnableRegistrationDuringSetup`.',
    ofProfile(({ registrationDuringSetup }) => registrationDuringSetup === true, false),
  ),
  'profile.fileVaultPolicy': text(
    'ssoProfile',
    'Its `FileVaultPolicy`, joined by commas; empty without one.',
    ofProfile(({ policies }) => policies.fileVault.join(','), ''),
  ),
  'profile.loginPolicy': text(
    'ssoProfile',
    'Its `LoginPolicy`, joined by commas; empty without one.',
    ofProfile(({ policies }) => policies.login.join(','), ''),
  ),
  'profile.unlockPolicy': text(
    'ssoProfile',
    'Its `UnlockPolicy`, joined by commas; empty without one.',
    ofProfile(({ policies }) => policies.unlock.join(','), ''),
  ),
  'account.passwordAgeDays': number(
    'account',
    'Days since the local password was set.',
    ({ observation: { account }, now }) => {
      const setAt = knownValue(account)?.passwordLastSetAt ?? null;
      return setAt === null ? null : Math.max(0, Math.floor((now - fromIso(setAt)) / day));
    },
  ),
  'account.failedLogins': number('account', 'Failed logins in a row.', ({ observation: { account } }) =>
    account.ok ? account.value.failedLoginCount : null,
  ),
  'account.linked': yesOrNo(
    'account',
    'The account is linked to Platform SSO.',
    ({ observation: { account } }) => (account.ok ? account.value.platformSsoLinked : null),
  ),
  'passwordRules.minimumLength': number(
    'passwordPolicy',
    'The minimum length of the Mac’s password rules; 0 without one.',
    ({ observation }) => {
      const policy = effectivePasswordPolicy(observation);
      return policy === null || !observation.account.ok ? null : (policy.minLength ?? 0);
    },
  ),
  'passwordRules.stricter': yesOrNo(
    'passwordPolicy',
    'The Mac’s password rules are stricter than the identity provider’s.',
    ({ observation }) => effectivePasswordPolicy(observation)?.stricterThanIdp ?? null,
  ),
  'workplaceJoin.leftovers': number(
    'workplaceJoin',
    'Items of an earlier Workplace Join in the login keychain.',
    ({ observation: { workplaceJoin } }) => (workplaceJoin.ok ? workplaceJoin.value.leftovers.length : null),
  ),
  ...changeFields(),
};
