import type { Measurement } from '../../../agent/daemon/self-watch/own-use.ts';
import type { ElapsedTime } from '../../../agent/detect/elapsed-time.ts';
import { hour, minute } from '../../../agent/shared/time.ts';

export const noon = Date.UTC(2026, 10, 23, 12);

/** The elapsed time of a usual poll: five minutes awake. */
export function awake(total = 5 * minute): ElapsedTime {
  return { total, awake: total, slept: false, rebooted: false, clockShift: 0, newRun: false };
}
export const woken: ElapsedTime = { ...awake(8 * hour), awake: minute, slept: true };
export const firstOfRun: ElapsedTime = { ...awake(), newRun: true };

/** A healthy agent. */
export const healthy: Measurement = {
  rssBytes: 55_000_000,
  heapBytes: 12_000_000,
  cpuMilliseconds: 0,
  rowsWritten: 0,
  pollMilliseconds: 300,
};
