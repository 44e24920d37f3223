import {
  effectivePasswordPolicy,
  notComparedText,
  rulesNotCompared,
} from '../shared/effective-password-policy.ts';
import { type EventKind, type NewEvent, newEvent, type Severity } from '../shared/event.ts';
import type { Observation, PasswordPolicy } from '../shared/observation.ts';
import type { EpochMs } from '../shared/time.ts';
import type { Memory } from './memory.ts';

type MacMemory = Pick<Memory, 'macos' | 'companyPortal' | 'profileDigest' | 'policyDigest' | 'enrolled'>;

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
  before: MacMemory,
  observation: Observation,
  now: EpochMs,
): { memory: MacMemory; events: NewEvent[] } {
  const after = readValues(observation);
  const events = rowsOf(before, after, observation)
    .filter((row) => row.before !== undefined && row.after !== undefined && row.before !== row.after)
    .map(({ kind, text, states }) => newEvent(now, kind, ...text(), states));
  return {
    memory: {
      macos: after.macos ?? before.macos,
      companyPortal: after.companyPortal === undefined ? before.companyPortal : after.companyPortal,
      profileDigest: after.profileDigest === undefined ? before.profileDigest : after.profileDigest,
      policyDigest: after.policyDigest ?? before.policyDigest,
      enrolled: after.enrolled ?? before.enrolled,
    },
    events,
  };
}

/** The values that were read in this poll; undefined: not read. */
function readValues(observation: Observation) {
  const { macos, companyPortal, ssoProfile, enrollment } = observation;
  const policy = effectivePasswordPolicy(observation);
  return {
    macos: macos.ok ? macos.value : undefined,
    companyPortal: companyPortal.ok ? companyPortal.value : undefined,
    profileDigest: ssoProfile.ok ? (ssoProfile.value?.digest ?? null) : undefined,
    // Policies of the account that were not read are no change.
    policyDigest: policy !== null && observation.account.ok ? digestOf(policy) : undefined,
    enrolled: enrollment.ok ? enrollment.value.enrolled : undefined,
  };
}

function rowsOf(before: MacMemory, after: ReturnType<typeof readValues>, observation: Observation): Row[] {
  return [
    {
      kind: 'macos-updated',
      before: before.macos ?? undefined,
      after: after.macos,
      text: () => ['info', `macOS changed from ${before.macos} to ${after.macos}.`],
      states: { from: before.macos, to: after.macos ?? null },
    },
    {
      kind: 'company-portal-updated',
      before: before.companyPortal,
      after: after.companyPortal,
      text: () => companyPortalText(before.companyPortal ?? null, after.companyPortal ?? null),
      states: { from: before.companyPortal ?? null, to: after.companyPortal ?? null },
    },
    {
      kind: 'profile-changed',
      before: before.profileDigest,
      after: after.profileDigest,
      text: () => profileText(before.profileDigest ?? null, after.profileDigest ?? null),
      states: { from: before.profileDigest ?? null, to: after.profileDigest ?? null },
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

function companyPortalText(before: string | null, after: string | null): readonly [Severity, string] {
  if (after === null) return ['high', `Company Portal ${before} was removed.`];
  if (before === null) return ['info', `Company Portal ${after} was installed.`];
  return ['info', `Company Portal changed from ${before} to ${after}.`];
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
