import type { SyncRow } from '../store/store.ts';

/** Whether a token cycle was due or prompted, so that macOS had to wait for its refresh, or still waits. */
export function isLateCycle({ due_at, prompted_at, lag_seconds }: SyncRow): boolean {
  return due_at !== '' || prompted_at !== '' || lag_seconds !== '';
}
