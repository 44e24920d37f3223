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
  /** What was seen, as JSON, for `explain`. */
  readonly evidence: NewEvent['data'];
}

export const syncOutcomes = ['open', 'token-refreshed', 'password-synced', 'abandoned'] as const;

export type SyncOutcome = (typeof syncOutcomes)[number];

/** One cycle of the password window; its key is staleFrom, the moment the tokens were received. */
export interface SyncCycle {
  readonly staleFrom: EpochMs;
  readonly dueAt: EpochMs | null;
  readonly promptedAt: EpochMs | null;
  readonly refreshedAt: EpochMs | null;
  readonly passwordChangedAt: EpochMs | null;
  readonly outcome: SyncOutcome;
  /** Wall-clock seconds and active seconds (awake, unlocked, online, at the console); null while open. */
  readonly lagSeconds: number | null;
  readonly activeLagSeconds: number | null;
}
