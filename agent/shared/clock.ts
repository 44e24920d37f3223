import type { EpochMs } from './time.ts';

/** The source of time. A replay passes its own, so a year takes seconds. */
export interface Clock {
  /** The wall clock, as the user sees it. It can be set. */
  now(): EpochMs;
  /** Milliseconds of a clock that cannot be set. Comparable within one boot session of the machine. */
  monotonic(): number;
  /**
   * Whether `monotonic` advances while the machine sleeps. libuv reads mach_continuous_time on macOS, which
   * does, and CLOCK_MONOTONIC on Linux, which does not: libuv src/unix/darwin.c, src/unix/linux.c.
   */
  readonly monotonicCountsSleep: boolean;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => Number(process.hrtime.bigint() / 1000n) / 1000,
  monotonicCountsSleep: process.platform === 'darwin',
};
