import { profileNotSeen } from '../shared/changes.ts';
import {
  effectivePasswordPolicy,
  notComparedText,
  rulesNotCompared,
} from '../shared/effective-password-policy.ts';
import { type EventKind, type NewEvent, newEvent, type Severity } from '../shared/event.ts';
import type { IdentityProvider } from '../shared/identity-provider.ts';
import { macosMajor } from '../shared/macos-major.ts';
import type { Observation, PasswordPolicy } from '../shared/observation.ts';
import { type EpochMs, minute } from '../shared/time.ts';
import { versionChange } from '../shared/version-change.ts';
import { identityProviderIn } from './extension.ts';
import type { Memory } from './memory.ts';

type MacMemory = Pick<
  Memory,
  | 'macos'
  | 'companyPortal'
  | 'oktaVerify'
  | 'profileDigest'
  | 'configuredWithoutProfile'
  | 'policyDigest'
  | 'enrolled'
>;
/** What is known of the Mac; the extension is that of this poll. */
type MacKnown = MacMemory & Pick<Memory, 'extensionIdentifier' | 'profileGoneSince'>;

/** One value of the Mac before and after this poll. */
interface Row {
  readonly kind: EventKind;
  /** Undefined: never read, so this reading is the baseline. */
  readonly before: string | boolean | null | undefined;
  /** Undefined: not read in this poll. */
  readonly after: string | boolean | null | undefined;
  /** The severity and the sentence of a change. */
  readonly text: () => readonly [Severity, string];
  /** What the event shows as `from` and `to`. */
  readonly states: { readonly from: string | null; readonly to: string | null };
}

/** Records changes of the Mac that can explain an issue. The first reading of each value is a baseline. */
export function macChanges(
  before: MacKnown,
  observation: Observation,
  now: EpochMs,
): { memory: MacMemory; events: NewEvent[] } {
  const profile = followProfile(before, observation, now);
  const after = { ...readValues(observation), profileDigest: profile.digest };
  const events = rowsOf(before, after, observation, profile.staysConfigured)
    .filter((row) => row.before !== undefined && row.after !== undefined && row.before !== row.after)
    .map(({ kind, text, states }) => newEvent(now, kind, ...text(), states));
  return {
    memory: {
      macos: after.macos ?? before.macos,
      companyPortal: after.companyPortal === undefined ? before.companyPortal : after.companyPortal,
      oktaVerify: after.oktaVerify === undefined ? before.oktaVerify : after.oktaVerify,
      profileDigest: after.profileDigest === undefined ? before.profileDigest : after.profileDigest,
      configuredWithoutProfile: profile.configuredWithout,
      policyDigest: after.policyDigest ?? before.policyDigest,
      enrolled: after.enrolled ?? before.enrolled,
    },
    events,
  };
}

/** The values that were read in this poll; undefined: not read. */
function readValues(observation: Observation) {
  const { macos, companyPortal, oktaVerify, enrollment } = observation;
  const policy = effectivePasswordPolicy(observation);
  return {
    macos: macos.ok ? macos.value : undefined,
    companyPortal: companyPortal.ok ? companyPortal.value : undefined,
    oktaVerify: oktaVerify.ok ? oktaVerify.value : undefined,
    // Policies of the account that were not read are no change.
    policyDigest: policy !== null && observation.account.ok ? digestOf(policy) : undefined,
    enrolled: enrollment.ok ? enrollment.value.enrolled : undefined,
  };
}

function rowsOf(
  before: MacKnown,
  after: ReturnType<typeof readValues> & { readonly profileDigest: string | null | undefined },
  observation: Observation,
  staysConfigured: boolean,
): Row[] {
  return [
    {
      kind: 'macos-updated',
      before: before.macos ?? undefined,
      after: after.macos,
      text: () => [
        'info',
        `macOS ${versionChange(before.macos, after.macos ?? null)} from ${before.macos} to ${after.macos}.`,
      ],
      states: { from: before.macos, to: after.macos ?? null },
    },
    {
      kind: 'company-portal-updated',
      before: before.companyPortal,
      after: after.companyPortal,
      text: () =>
        companyPortalText(
          before.companyPortal ?? null,
          after.companyPortal ?? null,
          identityProviderIn(before),
        ),
      states: { from: before.companyPortal ?? null, to: after.companyPortal ?? null },
    },
    {
      kind: 'okta-verify-updated',
      before: before.oktaVerify,
      after: after.oktaVerify,
      text: () => ['info', oktaVerifyText(before.oktaVerify ?? null, after.oktaVerify ?? null)],
      states: { from: before.oktaVerify ?? null, to: after.oktaVerify ?? null },
    },
    {
      kind: 'profile-changed',
      before: before.profileDigest,
      after: after.profileDigest,
      text: () =>
        staysConfigured
          ? ['info', goneText(macosOf(before, observation))]
          : profileText(before.profileDigest ?? null, after.profileDigest ?? null),
      states: {
        from: before.profileDigest ?? null,
        to: staysConfigured ? profileNotSeen : (after.profileDigest ?? null),
      },
    },
    {
      kind: 'policy-changed',
      before: before.policyDigest ?? undefined,
      after: after.policyDigest,
      text: () => ['info', policyText(effectivePasswordPolicy(observation))],
      states: { from: null, to: null },
    },
    {
      kind: 'enrollment-changed',
      before: before.enrolled ?? undefined,
      after: after.enrolled,
      text: () =>
        after.enrolled === true
          ? ['info', 'The Mac is enrolled in MDM again.']
          : ['high', 'The Mac is no longer enrolled in MDM.'],
      states: { from: yesOrNo(before.enrolled), to: yesOrNo(after.enrolled) },
    },
  ];
}

/** Single sign-on needs Company Portal with Microsoft's extension only. */
function companyPortalText(
  before: string | null,
  after: string | null,
  provider: IdentityProvider | null,
): readonly [Severity, string] {
  const needed = provider === null || provider === 'entra';
  if (after === null) {
    const removed = `Company Portal ${before} was removed.`;
    return needed ? ['high', removed] : ['info', `${removed} Platform SSO on this Mac does not use it.`];
  }
  if (before === null) return ['info', `Company Portal ${after} was installed.`];
  return ['info', `Company Portal ${versionChange(before, after)} from ${before} to ${after}.`];
}

/** The managed file from one poll to the next. */
interface ProfileStep {
  /** Undefined: not read, or gone and not judged yet. */
  readonly digest: string | null | undefined;
  /** The file is gone for good, and Platform SSO stays configured. */
  readonly staysConfigured: boolean;
  readonly configuredWithout: boolean;
}

/**
 * A file that is gone is a removed profile only when `app-sso` says so too. From macOS 27 on a declaration
 * can configure Platform SSO without the file. Earlier versions, and an MDM that replaces a profile by
 * removing it first, get time to follow.
 */
function followProfile(before: MacKnown, observation: Observation, now: EpochMs): ProfileStep {
  const { ssoProfile, appSso } = observation;
  const { configuredWithoutProfile: without = false } = before;
  const staysConfigured = false;
  if (!ssoProfile.ok) return { staysConfigured, digest: undefined, configuredWithout: without };
  if (ssoProfile.value !== null)
    return { staysConfigured, digest: ssoProfile.value.digest, configuredWithout: false };
  const status = appSso.ok ? appSso.value.status : 'unknown';
  const configured = status !== 'unknown' && status !== 'notConfigured';
  const configuredWithout = configured || without;
  if (before.profileDigest == null || status === 'notConfigured')
    return {
      staysConfigured,
      digest: null,
      configuredWithout: before.profileDigest == null && configuredWithout,
    };
  const waited = now - (before.profileGoneSince ?? now);
  const judged = canBeDeclared(macosOf(before, observation)) || waited < 0 || waited >= appliedWithin;
  if (!configured || !judged) return { staysConfigured, digest: undefined, configuredWithout: false };
  return { digest: null, staysConfigured: true, configuredWithout: true };
}

/** macOS gets this long to follow a profile that is gone. */
const appliedWithin = 15 * minute;

function macosOf({ macos: before }: MacMemory, { macos }: Observation): string | null {
  return macos.ok ? macos.value : before;
}

/** Declarations of single sign-on: Apple's device-management, com.apple.configuration.extensible-sso. */
function canBeDeclared(macos: string | null): boolean {
  return (macosMajor(macos) ?? 0) >= 27;
}

function goneText(macos: string | null): string {
  const declared = canBeDeclared(macos) ? ': a declaration may configure it' : '';
  return `The managed file of the SSO profile is gone, while Platform SSO stays configured${declared}.`;
}

function profileText(before: string | null, after: string | null): readonly [Severity, string] {
  if (after === null) return ['medium', 'The Extensible SSO profile was removed.'];
  if (before === null) return ['info', 'An Extensible SSO profile was installed.'];
  return ['info', 'The Extensible SSO profile was changed.'];
}

function policyText(policy: PasswordPolicy | null): string {
  const changed = "The Mac's password rules changed";
  const names = policy === null ? [] : rulesNotCompared(policy);
  const notCompared = names.length === 0 ? '' : ` ${notComparedText(names)}`;
  const stricter = policy?.stricterThanIdp ?? null;
  const length = policy?.minLength == null ? [] : [`at least ${policy.minLength} characters`];
  const compared =
    stricter === null ? [] : [`${stricter ? 'stricter' : 'not stricter'} than the identity provider's`];
  const rules = [...length, ...compared].join(', ');
  return `${changed}${rules === '' ? '' : `: ${rules}`}.${notCompared}`;
}

function oktaVerifyText(before: string | null, after: string | null): string {
  if (after === null) return `Okta Verify ${before} was removed.`;
  if (before === null) return `Okta Verify ${after} was installed.`;
  return `Okta Verify ${versionChange(before, after)} from ${before} to ${after}.`;
}

function yesOrNo(flag: boolean | null | undefined): string | null {
  return flag == null ? null : flag ? 'yes' : 'no';
}

/** The part of a password policy whose change is recorded. Warnings are not part of it. */
function digestOf(policy: PasswordPolicy): string {
  return JSON.stringify([
    policy.rules.map((rule) => [rule.kind, rule.value, rule.source]),
    policy.unknownRules,
  ]);
}
