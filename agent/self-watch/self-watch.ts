import type { Passage } from '../detect/passage.ts';
import type { HeldLock } from '../store/instance-lock.ts';
import type { Clock } from '../types/clock.ts';
import { type EpochMs, fromIso, hour, toIso } from '../types/time.ts';
import { type Against, judgeOwnUse } from './judge.ts';
import type { OwnUseLimits } from './limits.ts';
import { afterLook, type Measurement, nothingKnown, type OwnUse } from './own-use.ts';
import type { Meter } from './process-meter.ts';
import type { OwnUseRecord } from './record.ts';
import { againstLimit } from './words.ts';

/** Why the agent is about to restart itself. */
export interface SelfRestart {
  readonly because: string;
  readonly over: readonly Against[];
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
  readonly #with: SelfWatchDependencies;
  #use: OwnUse = nothingKnown;
  #restartedAt: EpochMs | null;
  #lookBegan = 0;
  #notedAt = Number.NEGATIVE_INFINITY;
  #notedOver = '';
  #warned = false;

  constructor(dependencies: SelfWatchDependencies) {
    this.#with = dependencies;
    const { selfRestart } = dependencies.lock;
    this.#restartedAt = selfRestart === null ? null : fromIso(selfRestart.at);
  }

  /** What the last poll measured; null when it could not. */
  get latest(): OwnUse['latest'] {
    return this.#use.latest;
  }

  lookBegins(): void {
    this.#lookBegan = this.#with.clock.monotonic();
  }

  /** `passage` is null also when the look came to nothing. Answers why the agent should restart now; null: go on. */
  lookEnded(passage: Passage | null): SelfRestart | null {
    const { clock, limits } = this.#with;
    const now = clock.now();
    // The clock was set back: nobody can tell how long ago the restart was, so it counts as just now.
    if (this.#restartedAt !== null && this.#restartedAt > now) this.#restartedAt = now;
    this.#use = afterLook(this.#use, this.#measure(), passage, limits);
    const judgement = judgeOwnUse(this.#use, limits, { now, restartedAt: this.#restartedAt });
    const over = judgement.verdict === 'over' ? judgement.over : [];
    if (judgement.verdict === 'over' && judgement.restart === 'now') {
      const because = over.map(againstLimit).join(', ');
      return this.#remembered({ because, over }, now);
    }
    this.#note(now, over);
    if (judgement.verdict === 'over' && judgement.restart === 'not-again-yet') this.#warnOnce(over);
    return null;
  }

  #measure(): Measurement | null {
    const lookMilliseconds = this.#with.clock.monotonic() - this.#lookBegan;
    try {
      return { ...this.#with.meter(), lookMilliseconds };
    } catch {
      return null;
    }
  }

  #remembered(restart: SelfRestart, now: EpochMs): SelfRestart | null {
    // In memory also where the disk refuses: then it is tried again tomorrow.
    this.#restartedAt = now;
    const { lock, log } = this.#with;
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
  #note(now: EpochMs, over: readonly Against[]): void {
    const { latest, cpuSecondsPerHour, rowsPerHour } = this.#use;
    if (latest === null) return;
    const { clock, lock, log } = this.#with;
    const passed = over.map(({ what }) => what).join();
    const since = clock.monotonic() - this.#notedAt;
    if (since < noteAtMostEvery && passed === this.#notedOver) return;
    this.#notedAt = clock.monotonic();
    this.#notedOver = passed;
    const { rssBytes, heapBytes, rowsWritten, lookMilliseconds } = latest;
    const ownUse: OwnUseRecord = {
      measuredAt: toIso(now),
      rssBytes,
      heapBytes,
      cpuSecondsPerHour,
      rowsPerHour,
      rowsWritten,
      lastLookMilliseconds: Math.round(lookMilliseconds),
      over: over.map(againstLimit),
    };
    try {
      lock.note({ ownUse });
    } catch (error) {
      log.warn({ err: error }, 'What the agent uses itself could not be noted; it is tried again.');
    }
  }

  #warnOnce(over: readonly Against[]): void {
    if (this.#warned) return;
    this.#warned = true;
    const said = over.map(againstLimit).join(', ');
    this.#with.log.warn(
      { over },
      `The agent uses too much: ${said}. It restarted itself less than a day ago, and goes on.`,
    );
  }
}
