import type { ElapsedTime } from '../../detect/elapsed-time.ts';
import type { Clock } from '../../shared/clock.ts';
import { type EpochMs, fromIso, hour, toIso } from '../../shared/time.ts';
import type { HeldLock } from '../../store/instance-lock.ts';
import type { OwnUseRecord } from '../../store/own-use-record.ts';
import { judgeOwnUse, type LimitComparison } from './judge-own-use.ts';
import { limitText } from './limit-text.ts';
import type { OwnUseLimits } from './limits.ts';
import { afterPoll, type Measurement, nothingKnown, type OwnUse } from './own-use.ts';
import type { Meter } from './process-meter.ts';

/** Why the agent is about to restart itself. */
export interface SelfRestart {
  readonly because: string;
  readonly over: readonly LimitComparison[];
}

interface SelfWatchDependencies {
  readonly meter: Meter;
  readonly clock: Clock;
  readonly lock: Pick<HeldLock, 'note' | 'selfRestart'>;
  readonly log: { warn(data: object, message: string): void };
  readonly limits: OwnUseLimits;
}

/** The own use in `agent.json` is read rarely, so it is written rarely. */
const noteAtMostEvery = hour;

/**
 * The self-watch: measures the agent at its polls, without a timer or a database row.
 *
 * Invariant: a restart is recorded on disk before it is requested, and not requested when that fails. So
 * restarts can't loop.
 */
export class SelfWatch {
  readonly #dependencies: SelfWatchDependencies;
  #use: OwnUse = nothingKnown;
  #restartedAt: EpochMs | null;
  #pollBegan = 0;
  #notedAt = Number.NEGATIVE_INFINITY;
  #notedOver = '';
  #warned = false;

  constructor(dependencies: SelfWatchDependencies) {
    this.#dependencies = dependencies;
    const { selfRestart } = dependencies.lock;
    this.#restartedAt = selfRestart === null ? null : fromIso(selfRestart.at);
  }

  /** The measurement of the last poll; null when it failed. */
  get latest(): OwnUse['latest'] {
    return this.#use.latest;
  }

  pollBegins(): void {
    this.#pollBegan = this.#dependencies.clock.monotonic();
  }

  /** Returns why the agent must restart now; null: continue. `elapsedTime` is also null for a failed poll. */
  pollEnded(elapsedTime: ElapsedTime | null): SelfRestart | null {
    const { clock, limits } = this.#dependencies;
    const now = clock.now();
    // The clock was set back: the age of the restart is unknown, so it counts as now.
    if (this.#restartedAt !== null && this.#restartedAt > now) this.#restartedAt = now;
    this.#use = afterPoll(this.#use, this.#measure(), elapsedTime, limits);
    const judgement = judgeOwnUse(this.#use, limits, { now, restartedAt: this.#restartedAt });
    const over = judgement.verdict === 'over' ? judgement.over : [];
    if (judgement.verdict === 'over' && judgement.restart === 'now') {
      const because = over.map(limitText).join(', ');
      return this.#recordRestart({ because, over }, now);
    }
    this.#note(now, over);
    if (judgement.verdict === 'over' && judgement.restart === 'not-again-yet') this.#warnOnce(over);
    return null;
  }

  #measure(): Measurement | null {
    const pollMilliseconds = this.#dependencies.clock.monotonic() - this.#pollBegan;
    try {
      return { ...this.#dependencies.meter(), pollMilliseconds };
    } catch {
      return null;
    }
  }

  #recordRestart(restart: SelfRestart, now: EpochMs): SelfRestart | null {
    // Kept in memory also when the write fails: the next attempt is tomorrow.
    this.#restartedAt = now;
    const { lock, log } = this.#dependencies;
    try {
      lock.note({ selfRestart: { at: toIso(now), because: restart.because } });
    } catch (error) {
      log.warn(
        { err: error, because: restart.because },
        'The restart could not be recorded, so the agent does not restart.',
      );
      return null;
    }
    log.warn({ over: restart.over }, `The agent restarts itself: ${restart.because}.`);
    return restart;
  }

  /**
   * Writes own use for `status` and `doctor`: after the first poll, each hour, and when the exceeded limits
   * change.
   */
  #note(now: EpochMs, over: readonly LimitComparison[]): void {
    const { latest, cpuSecondsPerHour, rowsPerHour } = this.#use;
    if (latest === null) return;
    const { clock, lock, log } = this.#dependencies;
    const exceeded = over.map(({ what }) => what).join();
    const since = clock.monotonic() - this.#notedAt;
    if (since < noteAtMostEvery && exceeded === this.#notedOver) return;
    this.#notedAt = clock.monotonic();
    this.#notedOver = exceeded;
    const { rssBytes, heapBytes, rowsWritten, pollMilliseconds } = latest;
    const ownUse: OwnUseRecord = {
      measuredAt: toIso(now),
      rssBytes,
      heapBytes,
      cpuSecondsPerHour,
      rowsPerHour,
      rowsWritten,
      lastLookMilliseconds: Math.round(pollMilliseconds),
      over: over.map(limitText),
    };
    try {
      lock.note({ ownUse });
    } catch (error) {
      log.warn({ err: error }, 'Own use could not be recorded; the next poll tries again.');
    }
  }

  #warnOnce(over: readonly LimitComparison[]): void {
    if (this.#warned) return;
    this.#warned = true;
    const limits = over.map(limitText).join(', ');
    this.#dependencies.log.warn(
      { over },
      `The agent uses too much: ${limits}. It restarted itself less than a day ago, so it continues.`,
    );
  }
}
