import type { EpochMs } from './time.ts';

/** Time comes in through this, so that a year can be replayed in seconds. */
export interface Clock {
  /** The wall clock, as the user sees it: it may jump. */
  now(): EpochMs;
  /** Milliseconds on a clock nobody can set. Comparable only within one run of the process. */
  monotonic(): number;
  /**
   * Whether `monotonic` goes on while the machine sleeps. libuv reads mach_continuous_time on macOS (it does) and
   * CLOCK_MONOTONIC on Linux (it doesn't): libuv src/unix/darwin.c, src/unix/linux.c.
   */
  readonly monotonicCountsSleep: boolean;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => Number(process.hrtime.bigint() / 1000n) / 1000,
  monotonicCountsSleep: process.platform === 'darwin',
};
