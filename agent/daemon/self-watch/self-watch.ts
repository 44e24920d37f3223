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

/** A figure that is read now and then is not worth more writes than this. */
const noteAtMostEvery = hour;

/**
 * The agent watches itself, at its looks: no timer, no wake-up and no row of its own.
 *
 * Invariant: a restart is remembered on disk before it is asked for. Where that fails there is none, so whatever happens next
 * can't become a loop.
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

  /** What the last poll measured; null when it could not. */
  get latest(): OwnUse['latest'] {
    return this.#use.latest;
  }

  pollBegins(): void {
    this.#pollBegan = this.#dependencies.clock.monotonic();
  }

  /** `passage` is null also when the look came to nothing. Answers why the agent should restart now; null: go on. */
  pollEnded(elapsedTime: ElapsedTime | null): SelfRestart | null {
    const { clock, limits } = this.#dependencies;
    const now = clock.now();
    // The clock was set back: nobody can tell how long ago the restart was, so it counts as just now.
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
    // In memory also where the disk refuses: then it is tried again tomorrow.
    this.#restartedAt = now;
    const { lock, log } = this.#dependencies;
    try {
      lock.note({ selfRestart: { at: toIso(now), because: restart.because } });
    } catch (error) {
      log.warn(
        { err: error, because: restart.because },
        'A restart could not be remembered, so there is none.',
      );
      return null;
    }
    log.warn({ over: restart.over }, `The agent restarts itself: ${restart.because}.`);
    return restart;
  }

  /** For `status` and `doctor`: soon after the start, then each hour, and at once when a limit is passed or kept again. */
  #note(now: EpochMs, over: readonly LimitComparison[]): void {
    const { latest, cpuSecondsPerHour, rowsPerHour } = this.#use;
    if (latest === null) return;
    const { clock, lock, log } = this.#dependencies;
    const passed = over.map(({ what }) => what).join();
    const since = clock.monotonic() - this.#notedAt;
    if (since < noteAtMostEvery && passed === this.#notedOver) return;
    this.#notedAt = clock.monotonic();
    this.#notedOver = passed;
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
      log.warn({ err: error }, 'What the agent uses itself could not be noted; it is tried again.');
    }
  }

  #warnOnce(over: readonly LimitComparison[]): void {
    if (this.#warned) return;
    this.#warned = true;
    const said = over.map(limitText).join(', ');
    this.#dependencies.log.warn(
      { over },
      `The agent uses too much: ${said}. It restarted itself less than a day ago, and goes on.`,
    );
  }
}
