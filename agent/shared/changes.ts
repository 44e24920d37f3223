import type { EventKind } from './event.ts';

interface ChangeKind {
  readonly text: string;
  /** Remembered as evidence of issues that open later. */
  readonly evidence: boolean;
  /** Shown and counted as a change in the history: timeline, report, fleet. */
  readonly history: boolean;
}

/** The event kinds that may explain an issue. */
const changes = {
  'macos-updated': { text: 'macOS updated', evidence: true, history: true },
  'company-portal-updated': { text: 'Company Portal updated', evidence: true, history: true },
  'profile-changed': { text: 'SSO profile changed', evidence: true, history: true },
  'policy-changed': { text: 'password policy changed', evidence: true, history: true },
  'enrollment-changed': { text: 'MDM enrollment changed', evidence: true, history: true },
  'psso-configured': { text: 'Platform SSO set up', evidence: false, history: true },
  'psso-removed': { text: 'Platform SSO removed', evidence: false, history: true },
  'method-changed': { text: 'sign-in method changed', evidence: true, history: true },
  'registration-completed': { text: 'registration completed', evidence: true, history: false },
  're-registered': { text: 'registered again', evidence: true, history: true },
  'local-password-changed': { text: 'local password changed', evidence: false, history: true },
  'clock-changed': { text: 'clock set', evidence: true, history: true },
} as const satisfies Partial<Record<EventKind, ChangeKind>>;

const kinds: ReadonlyMap<string, ChangeKind> = new Map(Object.entries(changes));

function kindsWhere(wanted: (change: ChangeKind) => boolean): ReadonlySet<string> {
  return new Set([...kinds].filter(([, change]) => wanted(change)).map(([kind]) => kind));
}

export const changeKinds: ReadonlySet<string> = kindsWhere(() => true);
export const evidenceChangeKinds: ReadonlySet<string> = kindsWhere(({ evidence }) => evidence);
export const historyChangeKinds: ReadonlySet<string> = kindsWhere(({ history }) => history);

/** `to` of a `profile-changed`: the managed file is gone, and Platform SSO stays configured. */
export const profileNotSeen = 'not seen';

/** A change in words, such as "Company Portal updated to 5.2602.0". An unknown kind keeps its name. */
export function changeText(kind: string, to: string): string {
  const text = kinds.get(kind)?.text ?? kind;
  // A digest means nothing to a reader.
  if (kind === 'profile-changed') return to === profileNotSeen ? 'SSO profile not seen any more' : text;
  if (kind === 'company-portal-updated' && to === 'not installed') return 'Company Portal removed';
  return to === '' ? text : `${text} to ${to}`;
}
