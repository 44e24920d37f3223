import { type EpochMs, hour } from '../shared/time.ts';

/** The scenarios of a roll-out that events prove. `fleet` counts the Macs of each. */
export const provenScenarios = ['registration', 'password-sync', 'repair', 'migration'] as const;
export type ProvenScenario = (typeof provenScenarios)[number];

/** What proves them, of one Mac. `validate` takes it from a history, `fleet` from a digest. */
export interface Proofs {
  /** Older events prove nothing. */
  readonly from: EpochMs;
  /** The end of the known history. */
  readonly until: EpochMs;
  /** The events of `proofKinds`, the oldest first. */
  readonly events: readonly { readonly kind: string; readonly at: EpochMs }[];
  readonly issues: readonly {
    readonly issue: string;
    readonly openedAt: EpochMs;
    readonly resolvedAt: EpochMs | null;
  }[];
  /** When the newest password sync ended; null: none did. */
  readonly syncedAt: EpochMs | null;
  /** Since when the registration is complete, at the end of the history; null: it is not. */
  readonly registeredSince: EpochMs | null;
}

export const proofKinds = [
  'registration-completed',
  'registration-lost',
  're-registered',
  'workplace-join-removed',
] as const;

export function isProof(kind: string): kind is (typeof proofKinds)[number] {
  return proofKinds.some((proof) => proof === kind);
}

/** Microsoft: macOS asks for a changed password within four hours. */
export const syncLimit = 4 * hour;

export const repairIssues: readonly string[] = ['registration-needs-repair', 'deregister-reregister-macos13'];
const leftover = 'wpj-key-not-removed-after-migration';
const prompt = 'password-change-prompt-pending';

/** The issues that fail a scenario, the weightiest first. */
export const failedBy: Readonly<Record<ProvenScenario, readonly string[]>> = {
  registration: [
    ...repairIssues,
    'registration-long-running-macos14',
    'registration-long-running-macos13',
    'registration-failed-no-retry',
    'auth-method-changed-reregister',
    'psso-not-registered',
  ],
  'password-sync': [
    'password-change-window-overdue',
    prompt,
    'passcode-policy-complexity-mismatch',
    'local-password-changed-outside-idp',
  ],
  repair: repairIssues,
  migration: [leftover],
};

/**
 * The open issue that fails the scenario; null: none. A prompt belongs to every sync, and fails past the
 * limit.
 */
export function failureOf(
  scenario: ProvenScenario,
  { issues, until }: Pick<Proofs, 'issues' | 'until'>,
): string | null {
  const open = issues.filter(({ resolvedAt }) => resolvedAt === null);
  const fails = (id: string) =>
    open.some(({ issue, openedAt }) => issue === id && (id !== prompt || until - openedAt > syncLimit));
  return failedBy[scenario].find(fails) ?? null;
}

/** When each scenario was last proven; null: it was not, or an open issue shows that it fails now. */
export function provenAt(proofs: Proofs): Readonly<Record<ProvenScenario, EpochMs | null>> {
  const at = (scenario: ProvenScenario, ...found: readonly (EpochMs | null)[]) =>
    failureOf(scenario, proofs) === null ? newest(found, proofs.from) : null;
  const of = (...kinds: readonly string[]) => lastOf(proofs.events, kinds);
  const resolved = (ids: readonly string[]) =>
    newest(
      proofs.issues.filter(({ issue }) => ids.includes(issue)).map(({ resolvedAt }) => resolvedAt),
      proofs.from,
    );
  return {
    registration: at('registration', of('registration-completed', 're-registered')) ?? registeredNow(proofs),
    'password-sync': at('password-sync', proofs.syncedAt),
    repair: at('repair', resolved(repairIssues), of('re-registered'), completedAfterLoss(proofs.events)),
    migration: at('migration', resolved([leftover]), of('workplace-join-removed')),
  };
}

/** A registration that is complete now counts also when it is older. */
function registeredNow(proofs: Proofs): EpochMs | null {
  return failureOf('registration', proofs) === null ? proofs.registeredSince : null;
}

function newest(found: readonly (EpochMs | null)[], from: EpochMs): EpochMs | null {
  const inTime = found.filter((at) => at !== null).filter((at) => at >= from);
  return inTime.length === 0 ? null : inTime.reduce((most, at) => Math.max(most, at));
}

function lastOf(events: Proofs['events'], kinds: readonly string[]): EpochMs | null {
  return events.findLast(({ kind }) => kinds.includes(kind))?.at ?? null;
}

/** A registration after a lost one, as a deregistration on macOS 13 leaves it. */
function completedAfterLoss(events: Proofs['events']): EpochMs | null {
  const completed = events.findLastIndex(({ kind }) => kind === 'registration-completed');
  const wasLost = events.slice(0, Math.max(0, completed)).some(({ kind }) => kind === 'registration-lost');
  return wasLost ? (events[completed]?.at ?? null) : null;
}
