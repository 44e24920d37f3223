import { evidenceChangeKinds } from '../shared/changes.ts';
import type { EventKind, NewEvent, Severity } from '../shared/event.ts';
import type { Observation, PasswordPolicy } from '../shared/observation.ts';
import { day, type EpochMs } from '../shared/time.ts';
import type { Change, Memory } from './memory.ts';

interface Remembered {
  macos: Memory['macos'];
  companyPortal?: Memory['companyPortal'] | undefined;
  profileDigest?: Memory['profileDigest'] | undefined;
  policyDigest: Memory['policyDigest'];
  enrolled: Memory['enrolled'];
}

/** What in a password policy makes it another one. Warnings don't. */
function digestOf(policy: PasswordPolicy): string {
  return JSON.stringify([
    policy.rules.map((rule) => [rule.kind, rule.value, rule.source]),
    policy.unknownRules,
  ]);
}

function changed(
  at: EpochMs,
  kind: EventKind,
  severity: Severity,
  summary: string,
  from: string | null,
  to: string | null,
): NewEvent {
  return { at, kind, issue: null, severity, summary, from, to, data: {} };
}

/** Changes of the Mac that may explain a break. The first reading of each is a baseline. */
export function macChanges(
  before: Remembered,
  observation: Observation,
  now: EpochMs,
): { remembered: Remembered; events: NewEvent[] } {
  const events: NewEvent[] = [];
  // Only these: what else the memory holds is others' to change.
  const remembered: Remembered = {
    macos: before.macos,
    companyPortal: before.companyPortal,
    profileDigest: before.profileDigest,
    policyDigest: before.policyDigest,
    enrolled: before.enrolled,
  };
  const { macos, companyPortal, ssoProfile, passwordPolicy, enrollment } = observation;

  if (macos.ok && macos.value !== before.macos) {
    if (before.macos !== null) {
      events.push(
        changed(
          now,
          'macos-updated',
          'info',
          `macOS changed from ${before.macos} to ${macos.value}.`,
          before.macos,
          macos.value,
        ),
      );
    }
    remembered.macos = macos.value;
  }
  if (companyPortal.ok && companyPortal.value !== before.companyPortal) {
    const { value } = companyPortal;
    if (before.companyPortal !== undefined) {
      const was = before.companyPortal;
      const summary =
        value === null
          ? `Company Portal ${was} was removed.`
          : was === null
            ? `Company Portal ${value} was installed.`
            : `Company Portal changed from ${was} to ${value}.`;
      events.push(
        changed(
          now,
          'company-portal-updated',
          value === null ? 'high' : 'info',
          summary,
          before.companyPortal,
          value,
        ),
      );
    }
    remembered.companyPortal = value;
  }
  if (ssoProfile.ok) {
    const digest = ssoProfile.value?.digest ?? null;
    if (before.profileDigest !== undefined && before.profileDigest !== digest) {
      const summary =
        digest === null
          ? 'The Extensible SSO profile was removed.'
          : before.profileDigest === null
            ? 'An Extensible SSO profile was installed.'
            : 'The Extensible SSO profile was changed.';
      events.push(
        changed(
          now,
          'profile-changed',
          digest === null ? 'medium' : 'info',
          summary,
          before.profileDigest,
          digest,
        ),
      );
    }
    remembered.profileDigest = digest;
  }
  if (passwordPolicy.ok) {
    const digest = digestOf(passwordPolicy.value);
    if (before.policyDigest !== null && before.policyDigest !== digest) {
      const { stricterThanIdp, minLength } = passwordPolicy.value;
      const summary = `The Mac's password rules changed: at least ${minLength ?? 'an unknown number of'} characters, ${
        stricterThanIdp === true
          ? 'stricter'
          : stricterThanIdp === false
            ? 'not stricter'
            : 'perhaps stricter'
      } than the identity provider's.`;
      events.push(changed(now, 'policy-changed', 'info', summary, null, null));
    }
    remembered.policyDigest = digest;
  }
  if (enrollment.ok) {
    const { enrolled } = enrollment.value;
    if (before.enrolled !== null && before.enrolled !== enrolled) {
      events.push(
        changed(
          now,
          'enrollment-changed',
          enrolled ? 'info' : 'high',
          enrolled ? 'The Mac is enrolled in MDM again.' : 'The Mac is no longer enrolled in MDM.',
          before.enrolled ? 'yes' : 'no',
          enrolled ? 'yes' : 'no',
        ),
      );
    }
    remembered.enrolled = enrolled;
  }
  return { remembered, events };
}

/** The changes of the last week, newest last, at most 20: what a helpdesk asks for first. */
export function rememberChanges(
  changes: readonly Change[],
  events: readonly NewEvent[],
  now: EpochMs,
): Change[] {
  const added = events
    .filter((event) => evidenceChangeKinds.has(event.kind))
    .map(({ kind, at, from, to }) => ({ kind, at, from, to }));
  if (added.length === 0) return [...changes];
  return [...changes.filter((old) => now - old.at < 7 * day), ...added].slice(-20);
}
