import { day, type EpochMs, hour, minute } from '../shared/time.ts';

/**
 * Whether the recorded state is the present one:
 * - `live`    the agent polled recently
 * - `late`    no poll for longer than expected, and for less than a day
 * - `silent`  no poll for a day, by an agent that should poll: it runs, or it did not stop cleanly
 * - `ended`   no poll for a day, and no agent here: it stopped, or the database is of another Mac
 */
export const freshnessWords = ['live', 'late', 'silent', 'ended'] as const;
export type Freshness = (typeof freshnessWords)[number];

/** `none`: no run record, such as beside a pulled database. */
export type AgentState = 'running' | 'crashed' | 'stopped' | 'none';

export interface LastPoll {
  /** Null: the agent has never polled, or nothing shows when. */
  readonly at: EpochMs | null;
  readonly agent: AgentState;
}

/** Long enough that a night, or a Mac that has just woken, does not count as silence. */
const silentAfter = day;
/** A running agent may be set to poll once an hour. */
const lateAfter: Readonly<Record<AgentState, number>> = {
  running: 2 * hour,
  crashed: 15 * minute,
  stopped: 15 * minute,
  none: 15 * minute,
};

/** A time in the future shows a wrong clock. `limit`: milliseconds without a poll. */
export function freshnessOf({ at, agent }: LastPoll, now: EpochMs, limit: number = silentAfter): Freshness {
  const age = at === null ? Number.POSITIVE_INFINITY : Math.abs(now - at);
  if (age <= limit) return age < lateAfter[agent] ? 'live' : 'late';
  return agent === 'running' || agent === 'crashed' ? 'silent' : 'ended';
}

/** Whether the recorded state counts as the present one. */
export function isCurrent(freshness: Freshness): boolean {
  return freshness === 'live' || freshness === 'late';
}
