/** Timers on a clock that cannot be set. Time asleep need not count. */
export interface Timers {
  /** Calls `run` once after `milliseconds`. Returns a function that cancels the call. */
  after(milliseconds: number, run: () => Promise<void>): () => void;
}

/** libuv's timers: they follow the monotonic clock (libuv src/timer.c), not the wall clock. */
export const systemTimers: Timers = {
  after(milliseconds, run) {
    const timer = setTimeout(() => void run(), milliseconds);
    return () => clearTimeout(timer);
  },
};
