import type { AgentState, LastPoll } from '../assess/freshness.ts';
import { type EpochMs, hour } from '../shared/time.ts';
import { previousRun, runningAgent } from '../store/run-file.ts';
import { stateByKey } from '../store/state-keys.ts';
import type { EventRow, StateRow, StoreReader } from '../store/store.ts';
import { instantOf } from './history.ts';

/** The newest record of a history: its last event, or the poll that was stored last. Null: it is empty. */
export function newestRecord(
  events: readonly Pick<EventRow, 'at'>[],
  state: readonly StateRow[],
): EpochMs | null {
  const polled = instantOf(stateByKey(state).get('last-poll')?.value);
  const last = instantOf(events.at(-1)?.at);
  return polled === null || last === null ? (polled ?? last) : Math.max(polled, last);
}

/** The last poll of a database without a run record, such as one that was pulled from a Mac. */
export function lastPollRecorded(newest: EpochMs | null): LastPoll {
  return { at: newest, agent: 'none' };
}

/** A running agent stores a poll at least every 30 minutes. */
const storedWithin = hour;

/** The last poll in a data folder, by its run record, or else by the newest record of its database. */
export function lastPollIn(dataDir: string, reader: StoreReader): LastPoll {
  const state = reader.state();
  const newest = newestRecord(reader.events({ last: 1 }), state);
  const run = previousRun(dataDir);
  if (run === null) return lastPollRecorded(newest);
  if (runningAgent(dataDir) !== null) return { at: run.lastPollAt, agent: 'running' };
  const agent: AgentState = run.cleanStop ? 'stopped' : 'crashed';
  // A copy of the folder can give the run record a new time: then the database knows better.
  const isOfACopy =
    stateByKey(state).get('last-poll') !== undefined &&
    newest !== null &&
    run.lastPollAt !== null &&
    run.lastPollAt - newest > storedWithin;
  return { at: isOfACopy ? newest : run.lastPollAt, agent };
}
