import type { Passage } from '../../agent/detect/passage.ts';
import type { Measurement } from '../../agent/self-watch/own-use.ts';
import { hour, minute } from '../../agent/types/time.ts';

export const noon = Date.UTC(2026, 10, 23, 12);

/** Five minutes awake: what nearly every look is. */
export function awake(elapsed = 5 * minute): Passage {
  return { elapsed, awake: elapsed, slept: false, rebooted: false, clockShift: 0, newRun: false };
}
export const woken: Passage = { ...awake(8 * hour), awake: minute, slept: true };
export const firstOfRun: Passage = { ...awake(), newRun: true };

/** A healthy agent. */
export const healthy: Measurement = {
  rssBytes: 55_000_000,
  heapBytes: 12_000_000,
  cpuMilliseconds: 0,
  rowsWritten: 0,
  lookMilliseconds: 300,
};
