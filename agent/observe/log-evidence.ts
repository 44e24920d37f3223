import { readLog } from '../mac/read/log.ts';
import type { Runner } from '../mac/runner.ts';
import type { Json, NewEvent } from '../shared/event.ts';
import { type EpochMs, minute } from '../shared/time.ts';

/** `log show` costs about two seconds of processor time, most of it growing with this window. */
const window = 3 * minute;
const mostEntries = 20;

/**
 * The unified log's meanings of the last minutes, as evidence of an issue that opens. Only if an admin
 * switched it on: macOS denies it to standard users, and it is costly. Meanings only: a message may hold
 * names. An unreadable log is noted in the evidence.
 */
export function createLogEvidence(runner: Runner): (now: EpochMs) => Promise<Json> {
  return async (now) => {
    const reading = await readLog(runner, now - window);
    if (!reading.ok) return { unreadable: reading.reason };
    const { parseLog } = await import('../mac/parse/log.ts');
    const { entries } = parseLog(reading.value);
    return entries.slice(-mostEntries).map(({ at, meaning, result }) => ({ at, meaning, result }));
  };
}

/** Adds the log to the events that open an issue. `evidence` is called once, and only for such events. */
export async function withLogEvidence(
  events: readonly NewEvent[],
  evidence: () => Promise<Json>,
): Promise<readonly NewEvent[]> {
  if (!events.some((event) => event.kind === 'issue-opened')) return events;
  const log = await evidence();
  return events.map((event) =>
    event.kind === 'issue-opened' ? { ...event, data: { ...event.data, log } } : event,
  );
}
