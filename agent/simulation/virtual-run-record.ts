import type { PreviousRun, RunRecord } from '../daemon/run-record.ts';
import type { EpochMs } from '../shared/time.ts';
import { quickDeathsBefore } from '../store/quick-deaths.ts';

/** The run record in memory: a virtual Mac has one process only. */
export class VirtualRunRecord implements RunRecord {
  readonly previous: PreviousRun | null;
  readonly #startedAt: number;
  #lastPollAt: number | null;
  #cleanStop = false;
  /** When the daily maintenance last ran, in any run. */
  maintainedAt: EpochMs | null;

  constructor(before: VirtualRunRecord | null, startedAt: number) {
    const previous = before?.trace ?? null;
    this.maintainedAt = before?.maintainedAt ?? null;
    this.previous = previous;
    this.#startedAt = startedAt;
    this.#lastPollAt = previous?.lastPollAt ?? null;
  }

  beat(now: number): void {
    this.#lastPollAt = now;
  }

  end(): void {
    this.#cleanStop = true;
  }

  get trace(): PreviousRun {
    return {
      startedAt: this.#startedAt,
      lastPollAt: this.#lastPollAt,
      cleanStop: this.#cleanStop,
      quickDeaths: quickDeathsBefore(this.previous),
      unwritten: null,
    };
  }
}
