import type { LastPoll } from '../assess/freshness.ts';
import type { EpochMs } from '../shared/time.ts';
import { heartbeatIn, readRunFile, runningAgent } from '../store/run-file.ts';
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

/** The newest record of a database. */
export function newestRecordIn(reader: StoreReader): EpochMs | null {
  return newestRecord(reader.events({ last: 1 }), reader.state());
}

/** The last poll of a database without a run record, such as one that was pulled from a Mac. */
export function lastPollRecorded(newest: EpochMs | null): LastPoll {
  return { at: newest, agent: 'none' };
}

/**
 * The last poll in a data folder: the time of its run record, which is a contract, or else the newest record
 * of the database.
 */
export function lastPollIn(dataDir: string, reader: StoreReader): LastPoll {
  const at = heartbeatIn(dataDir);
  if (at === undefined) return lastPollRecorded(newestRecordIn(reader));
  if (runningAgent(dataDir) !== null) return { at, agent: 'running' };
  return { at, agent: readRunFile(dataDir)?.cleanStop === true ? 'stopped' : 'crashed' };
}
