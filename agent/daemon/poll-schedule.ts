import type { Clock } from '../shared/clock.ts';
import type { Timers } from '../shared/timers.ts';

export interface PollSchedule {
  /** Starts no further poll. Resolves when a poll under way has ended. */
  stop(): Promise<void>;
}

/**
 * Polls at once, then at an interval. The interval uses a monotonic clock, so a clock change neither delays
 * nor adds a poll (docs/decisions/0019-polls-are-an-interval.md). Between two polls no timer wakes the
 * processor.
 *
 * `poll` resolves the milliseconds from its start to the start of the next poll, or null for the same
 * interval again. It must not reject.
 */
export function startPolling(options: {
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly timers: Timers;
  readonly poll: () => Promise<number | null>;
  /** Milliseconds. */
  readonly usualInterval: number;
}): PollSchedule {
  const { clock, timers, poll } = options;
  let interval = options.usualInterval;
  let stopped = false;
  let underWay = Promise.resolve();
  let cancel = timers.after(0, begin);

  function begin(): Promise<void> {
    underWay = pollOnce();
    return underWay;
  }

  async function pollOnce(): Promise<void> {
    const startedAt = clock.monotonic();
    interval = (await poll()) ?? interval;
    if (stopped) return;
    cancel = timers.after(Math.max(0, startedAt + interval - clock.monotonic()), begin);
  }

  return {
    async stop() {
      stopped = true;
      cancel();
      await underWay;
    },
  };
}
