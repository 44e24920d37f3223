import type { ScheduledTask } from 'node-cron';
import { isDue, type Plan, type Tick, tickFor } from './schedule.ts';
import type { Clock } from './types/clock.ts';

export interface Schedule {
  /** Looks at once, without waiting for the next tick. */
  lookNow(): Promise<void>;
  /** No tick after this. Resolves when a look under way has ended. */
  stop(): Promise<void>;
}

/**
 * Looks at once; then ticks as seldom as the interval allows, and looks when a look is due (docs/decisions/0002). Between two ticks
 * nothing wakes the processor. What ticks is loaded after the first look, which need not wait for it.
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
  let ticking: { readonly how: Tick; readonly task: ScheduledTask } | null = null;

  async function lookOnce(): Promise<void> {
    const started = { lookedAt: clock.monotonic(), lookedAtWall: clock.now() };
    const nextIn = await look();
    plan = { ...started, nextIn: nextIn ?? plan?.nextIn ?? usualInterval };
    await tickFrom(tickFor(plan.nextIn));
  }

  async function tickFrom(how: Tick): Promise<void> {
    if (how.every === ticking?.how.every) return;
    const cron = await import('./cron.ts');
    if (stopped) return;
    previousTickWall = null;
    const before = ticking;
    ticking = { how, task: cron.schedule(how.expression, tick, { noOverlap: true }) };
    await before?.task.destroy();
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
    const tickEvery = ticking?.how.every ?? usualInterval;
    const due = isDue(plan, { monotonic: clock.monotonic(), wall, previousTickWall, tickEvery });
    previousTickWall = wall;
    if (due) await lookNow();
  }

  void lookNow();
  return {
    lookNow,
    async stop() {
      stopped = true;
      await ticking?.task.destroy();
      await underWay;
    },
  };
}
