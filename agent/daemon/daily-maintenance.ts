import type { ElapsedTime } from '../detect/elapsed-time.ts';
import type { Clock } from '../shared/clock.ts';
import { day, type EpochMs, hour } from '../shared/time.ts';
import type { Store } from '../store/store.ts';
import type { AgentLog } from './log.ts';
import { optionalStep } from './optional-step.ts';

/** A request within this time repeats an earlier one: the shortest calendar day has 23 hours. */
const shortestDay = 20 * hour;
/** No maintenance earlier in a run: a wrong clock is usually corrected within minutes of the start. */
const settledAfter = hour;

interface MaintenanceDependencies {
  readonly clock: Pick<Clock, 'now'>;
  readonly store: Pick<Store, 'check' | 'retain'>;
  readonly log: Pick<AgentLog, 'info' | 'warn'>;
  readonly retentionDays: () => number;
  /** The agent's own use, for the log; null while it is not measured. */
  readonly ownUse: () => object | null;
  /** When an earlier run did the maintenance; null: unknown. */
  readonly lastRunAt: EpochMs | null;
  /** Stores the time of the maintenance for the next run. */
  readonly keep: (at: EpochMs) => void;
}

/**
 * The daily maintenance: the integrity check, the retention, and a log line about the agent's own use.
 *
 * It runs after a poll, which knows the elapsed time and clock changes. The calendar
 * (maintenance-calendar.ts) requests it. After 24 hours without maintenance, the next poll runs it without a
 * request.
 *
 * Invariant: a wrong clock deletes nothing. Maintenance does not run in the first hour of a run, and
 * retention does not run within a day of a clock change.
 */
export class DailyMaintenance {
  readonly #with: MaintenanceDependencies;
  #requested = false;
  /** Milliseconds of real time. */
  #sinceRun: number;
  #sinceStart = 0;
  #sinceClockChange = Number.POSITIVE_INFINITY;

  constructor(dependencies: MaintenanceDependencies) {
    this.#with = dependencies;
    const { clock, lastRunAt } = dependencies;
    const since = lastRunAt === null ? day : clock.now() - lastRunAt;
    // A time in the future was written with another clock and is ignored.
    this.#sinceRun = since < 0 ? day : since;
  }

  /** Requests the maintenance. The next poll that is allowed to run it does so. */
  request(): void {
    if (this.#sinceRun < shortestDay) return;
    this.#requested = true;
    if (this.#sinceStart < settledAfter)
      this.#with.log.info({}, 'The daily maintenance is due; it waits until the agent has run for an hour.');
  }

  /**
   * Runs the maintenance when it is due. `elapsedTime`: since the previous poll; null: unknown. Throws
   * StoreError when the database is moved.
   */
  afterPoll(elapsedTime: ElapsedTime | null): void {
    if (elapsedTime === null || elapsedTime.newRun) return;
    this.#sinceStart += elapsedTime.total;
    this.#sinceRun += elapsedTime.total;
    this.#sinceClockChange = elapsedTime.clockShift === 0 ? this.#sinceClockChange + elapsedTime.total : 0;
    const due = this.#requested || this.#sinceRun >= day;
    if (due && this.#sinceStart >= settledAfter) this.#run();
  }

  #run(): void {
    const { clock, keep, log, ownUse, store, retentionDays } = this.#with;
    const now = clock.now();
    this.#requested = false;
    this.#sinceRun = 0;
    // A failed attempt counts too: a failed retention may have deleted events.
    this.#attempt('The record of the daily maintenance', () => keep(now));
    this.#attempt('The integrity check', () => store.check());
    if (this.#sinceClockChange >= day)
      this.#attempt('The retention', () => {
        const { deletedEvents } = store.retain(now, retentionDays());
        if (deletedEvents > 0) log.info({ deletedEvents }, 'Deleted events older than the retention.');
      });
    const used = ownUse();
    if (used !== null) log.info({ ownUse: used }, 'The agent ran for a day.');
  }

  #attempt(what: string, work: () => void): void {
    optionalStep(this.#with.log, { what, next: 'it runs again tomorrow' }, work);
  }
}
