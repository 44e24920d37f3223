import { readLog } from '../mac/read/log.ts';
import type { Runner } from '../mac/runner.ts';
import type { Json, NewEvent } from '../shared/event.ts';
import { type EpochMs, minute } from '../shared/time.ts';

/** `log show` costs about two seconds of processor time whatever it finds, and most of it grows with the window. */
const window = 3 * minute;
const mostEntries = 20;

/**
 * What the unified log said in the minutes before, for the evidence of an issue that opens. Only where an admin switched
 * it on: macOS refuses it to standard users, and it is costly. Only meanings: a message may hold names. What can't be
 * read is said in the evidence and changes nothing else.
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

/** The same events, those that open an issue with what the log said. Asked once, and only if there is such an event. */
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
