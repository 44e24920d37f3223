import type { StateKey } from '../../agent/store/state-keys.ts';
import { readHistory } from './read-history.ts';

/** A value of `v_state` in this data folder, also of a running agent; empty while there is none. */
export function recordedState(dataDir: string, key: StateKey): string {
  return readHistory(dataDir, (reader) => reader.state().find((row) => row.key === key)?.value ?? '', '');
}
