import { schedule as cronSchedule } from 'node-cron';
import { isDue, type Plan } from './schedule.ts';
import type { Clock } from './types/clock.ts';
import { minute } from './types/time.ts';

export interface Schedule {
  /** Looks at once, without waiting for the next tick. */
  lookNow(): Promise<void>;
  /** No tick after this. Resolves when a look under way has ended. */
  stop(): Promise<void>;
}

/**
 * Ticks once a minute and looks when a look is due. One tick a minute, rather than one timer for five, so that a Mac
 * that wakes is looked at within a minute: a timer does not count sleep on macOS (nodejs/node#20661).
 *
 * `look` answers the milliseconds until the next look is wanted, or null for "as before".
 */
export function startSchedule(options: {
  readonly clock: Clock;
  readonly look: () => Promise<number | null>;
  /** Seconds between ticks; a test bench may want more than one a minute. */
  readonly tickSeconds?: number;
  readonly usualInterval: number;
}): Schedule {
  const { clock, look, usualInterval, tickSeconds = 60 } = options;
  const tickEvery = tickSeconds === 60 ? minute : tickSeconds * 1000;
  let plan: Plan | null = null;
  let previousTickWall: number | null = null;
  let underWay: Promise<void> | null = null;
  let stopped = false;

  async function lookOnce(): Promise<void> {
    const started = { lookedAt: clock.monotonic(), lookedAtWall: clock.now() };
    const nextIn = await look();
    plan = { ...started, nextIn: nextIn ?? plan?.nextIn ?? usualInterval };
  }

  function lookNow(): Promise<void> {
    if (stopped) return Promise.resolve();
    underWay ??= lookOnce().finally(() => {
      underWay = null;
    });
    return underWay;
  }

  async function tick(): Promise<void> {
    const wall = clock.now();
    const due = isDue(plan, { monotonic: clock.monotonic(), wall, previousTickWall, tickEvery });
    previousTickWall = wall;
    if (due) await lookNow();
  }

  const expression = tickSeconds === 60 ? '* * * * *' : `*/${tickSeconds} * * * * *`;
  const task = cronSchedule(expression, tick, { noOverlap: true });
  return {
    lookNow,
    async stop() {
      stopped = true;
      await task.destroy();
      await underWay;
    },
  };
}
