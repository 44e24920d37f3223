import { schedule as cronSchedule, type ScheduledTask } from 'node-cron';
import { isDue, type Plan, type Tick, tickFor } from './schedule.ts';
import type { Clock } from './types/clock.ts';

export interface Schedule {
  /** Looks at once, without waiting for the next tick. */
  lookNow(): Promise<void>;
  /** No tick after this. Resolves when a look under way has ended. */
  stop(): Promise<void>;
}

/**
 * Ticks as seldom as the interval allows, and looks when a look is due (docs/decisions/0002). Between two ticks nothing
 * wakes the processor.
 *
 * `look` answers the milliseconds until the next look is wanted, or null for "as before".
 */
export function startSchedule(options: {
  readonly clock: Clock;
  readonly look: () => Promise<number | null>;
  /** Milliseconds. */
  readonly usualInterval: number;
}): Schedule {
  const { clock, look, usualInterval } = options;
  let plan: Plan | null = null;
  let previousTickWall: number | null = null;
  let underWay: Promise<void> | null = null;
  let stopped = false;
  let ticking = tickFor(usualInterval);
  let task = start(ticking);

  function start(how: Tick): ScheduledTask {
    return cronSchedule(how.expression, tick, { noOverlap: true });
  }

  async function lookOnce(): Promise<void> {
    const started = { lookedAt: clock.monotonic(), lookedAtWall: clock.now() };
    const nextIn = await look();
    plan = { ...started, nextIn: nextIn ?? plan?.nextIn ?? usualInterval };
    const wanted = tickFor(plan.nextIn);
    if (stopped || wanted.every === ticking.every) return;
    ticking = wanted;
    previousTickWall = null;
    const before = task;
    task = start(wanted);
    await before.destroy();
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
    const { every } = ticking;
    const due = isDue(plan, { monotonic: clock.monotonic(), wall, previousTickWall, tickEvery: every });
    previousTickWall = wall;
    if (due) await lookNow();
  }

  return {
    lookNow,
    async stop() {
      stopped = true;
      await task.destroy();
      await underWay;
    },
  };
}
