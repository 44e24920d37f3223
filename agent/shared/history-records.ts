import type { NewEvent, Severity } from './event.ts';
import type { EpochMs } from './time.ts';

/** One episode of an issue; its key is (issue, openedAt). */
export interface IssueEpisode {
  readonly issue: string;
  readonly openedAt: EpochMs;
  readonly resolvedAt: EpochMs | null;
  readonly severity: Severity;
  /** One English sentence for the admin. */
  readonly summary: string;
  /** The recorded values that support the finding, for `explain`. */
  readonly evidence: NewEvent['data'];
}

export const syncOutcomes = ['open', 'token-refreshed', 'password-synced', 'abandoned'] as const;

type SyncOutcome = (typeof syncOutcomes)[number];

/** One token cycle; its key is `staleFrom`, when the tokens were received. */
export interface SyncCycle {
  readonly staleFrom: EpochMs;
  readonly dueAt: EpochMs | null;
  readonly promptedAt: EpochMs | null;
  readonly refreshedAt: EpochMs | null;
  readonly passwordChangedAt: EpochMs | null;
  readonly outcome: SyncOutcome;
  /** Seconds by the wall clock, and seconds of active time; null while open. */
  readonly lagSeconds: number | null;
  readonly activeLagSeconds: number | null;
}
