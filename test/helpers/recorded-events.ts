import type { EventRow } from '../../agent/store/store.ts';
import { readHistory } from './read-history.ts';

/** The events in this data folder, also of a running agent; none while it creates the database. */
export function recordedEvents(dataDir: string): EventRow[] {
  return readHistory(dataDir, (reader) => reader.events({}), []);
}
