import type { EventKind } from './event.ts';
import { versionChange } from './version-change.ts';

/** The events that may explain an issue. Each is also a change in the history: timeline, report, fleet. */
const events = {
  'macos-updated': 'macOS updated',
  'company-portal-updated': 'Company Portal updated',
  'okta-verify-updated': 'Okta Verify updated',
  'profile-changed': 'SSO profile changed',
  'policy-changed': 'password policy changed',
  'enrollment-changed': 'MDM enrollment changed',
  'psso-configured': 'Platform SSO set up',
  'psso-removed': 'Platform SSO removed',
  'method-changed': 'sign-in method changed',
  'registration-completed': 'registration completed',
  're-registered': 'registered again',
  'local-password-changed': 'local password changed',
  'clock-changed': 'clock set',
} as const satisfies Partial<Record<EventKind, string>>;

/**
 * What the agent memory adds to the events: evidence of an issue, and no change in the history. A cleared
 * prompt counts only where no new password was set, so the kind of the event does not decide it.
 */
const otherEvidence = {
  'prompt-cleared': 'prompt for the password ended without a new password',
  restarted: 'Mac restarted',
  slept: 'Mac asleep',
  'network-returned': 'network back after an hour or more',
} as const;

export type EvidenceKind = keyof typeof otherEvidence;
/** A kind of change in the evidence of an issue. */
export type ChangeKind = keyof typeof events | EvidenceKind;

/** The kinds of events that are changes in the history. */
export const changeKinds: ReadonlySet<string> = new Set(Object.keys(events));

const texts: ReadonlyMap<string, string> = new Map(Object.entries({ ...events, ...otherEvidence }));

/** `to` of a `profile-changed`: the managed file is gone, and Platform SSO stays configured. */
export const profileNotSeen = 'not seen';

/** The kinds whose values are versions, with the name of the program. */
const versioned: ReadonlyMap<string, string> = new Map([
  ['macos-updated', 'macOS'],
  ['company-portal-updated', 'Company Portal'],
  ['okta-verify-updated', 'Okta Verify'],
]);

/**
 * A change in words, such as "Company Portal changed to 5.2602.0": from a lower or a higher version. An
 * unknown kind keeps its name.
 */
export function changeText(kind: string, to: string): string {
  const text = texts.get(kind) ?? kind;
  // A digest means nothing to a reader, and the end of a prompt is always the same.
  if (kind === 'profile-changed' && to === profileNotSeen) return 'SSO profile not seen any more';
  if (kind === 'profile-changed' || kind === 'prompt-cleared') return text;
  if (kind === 'company-portal-updated' && to === 'not installed') return 'Company Portal removed';
  if (kind === 'slept' && to !== '') return `${text} for ${to}`;
  if (to === '') return text;
  const program = versioned.get(kind);
  return program === undefined ? `${text} to ${to}` : `${program} changed to ${to}`;
}

/** The same where the value before it is known: "Company Portal updated from 5.2504.0 to 5.2602.0". */
export function changeFromText(kind: string, from: string, to: string): string {
  const text = changeText(kind, to);
  if (from === '' || from === to || !text.endsWith(` to ${to}`)) return text;
  const program = versioned.get(kind);
  const changed = program === undefined ? changeText(kind, '') : `${program} ${versionChange(from, to)}`;
  return `${changed} from ${from} to ${to}`;
}
