import type { ElapsedTime } from '../detect/elapsed-time.ts';
import type { Clock } from '../shared/clock.ts';
import { day, type EpochMs, hour } from '../shared/time.ts';
import { StoreError } from '../store/errors.ts';
import type { Store } from '../store/store.ts';
import type { AgentLog } from './log.ts';

/** A day of the calendar has 23 hours at the shortest; a request that comes much sooner repeats an earlier one. */
const shortestDay = 20 * hour;
/** A start with a wrong clock is usually corrected within minutes. */
const settledAfter = hour;

interface MaintenanceDependencies {
  readonly clock: Pick<Clock, 'now'>;
  readonly store: Pick<Store, 'check' | 'retain'>;
  readonly log: Pick<AgentLog, 'info' | 'warn'>;
  readonly retentionDays: () => number;
  /** What the agent used itself, for the log; null while it is not measured. */
  readonly ownUse: () => object | null;
  /** When the maintenance last ran, in an earlier run; null when that is not known. */
  readonly lastRunAt: EpochMs | null;
  /** Keeps the time of this run for the next run of the agent. */
  readonly keep: (at: EpochMs) => void;
}

/**
 * Once a day: the integrity check, the retention, and a line about the agent's own use in the log.
 *
 * The work is done after a poll only, since a poll knows how time passed and whether the clock was set. The calendar
 * (maintenance-calendar.ts) requests it; after 24 hours without it, a poll makes it up.
 *
 * Invariant: what can't be undone never follows one clock. Nothing runs in a run's first hour, and nothing is deleted
 * within a day of a jump of the clock.
 */
export class DailyMaintenance {
  readonly #with: MaintenanceDependencies;
  #requested = false;
  /** Milliseconds of real time. */
  #sinceRun: number;
  #sinceStart = 0;
  #sinceJump = Number.POSITIVE_INFINITY;

  constructor(dependencies: MaintenanceDependencies) {
    this.#with = dependencies;
    const { clock, lastRunAt } = dependencies;
    const since = lastRunAt === null ? day : clock.now() - lastRunAt;
    // A time in the future was written with another clock: it says nothing.
    this.#sinceRun = since < 0 ? day : since;
  }

  /** The work is due by the calendar; the next poll that may do it does it. */
  request(): void {
    if (this.#sinceRun < shortestDay) return;
    this.#requested = true;
    if (this.#sinceStart < settledAfter)
      this.#with.log.info({}, 'The daily maintenance is due; it waits until the agent has run for an hour.');
  }

  /**
   * `passage` is how the time since the poll before passed; null when that is not known. Throws StoreError when the
   * database is damaged or gone.
   */
  afterPoll(elapsedTime: ElapsedTime | null): void {
    if (elapsedTime === null || elapsedTime.newRun) return;
    this.#sinceStart += elapsedTime.total;
    this.#sinceRun += elapsedTime.total;
    this.#sinceJump = elapsedTime.clockShift === 0 ? this.#sinceJump + elapsedTime.total : 0;
    const due = this.#requested || this.#sinceRun >= day;
    if (due && this.#sinceStart >= settledAfter) this.#run();
  }

  #run(): void {
    const { clock, keep, log, ownUse, store, retentionDays } = this.#with;
    const now = clock.now();
    this.#requested = false;
    this.#sinceRun = 0;
    // The attempt counts, not its success: a retention that fails may have deleted something.
    this.#attempt('The record of the daily maintenance', () => keep(now));
    this.#attempt('The integrity check', () => store.check());
    if (this.#sinceJump >= day)
      this.#attempt('The retention', () => {
        const { deletedEvents } = store.retain(now, retentionDays());
        if (deletedEvents > 0) log.info({ deletedEvents }, 'Deleted events older than the retention.');
      });
    const used = ownUse();
    if (used !== null) log.info({ ownUse: used }, 'The agent ran for a day.');
  }

  /** A damaged or vanished database needs a new start; anything else may work tomorrow. */
  #attempt(what: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (error instanceof StoreError && (error.code === 'corrupt' || error.code === 'moved')) throw error;
      this.#with.log.warn({ err: error }, `${what} failed; it runs again tomorrow.`);
    }
  }
}
