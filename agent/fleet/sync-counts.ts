import type { Digest } from './digest.ts';
import type { FleetSummary } from './fleet-output.ts';
import { countIn, mostFirst } from './statistics.ts';
import { ValueCounts } from './value-counts.ts';

/** The token cycles of a fleet, one Mac after the other. */
export class SyncCounts {
  /** The Macs that had each outcome, and the token cycles with it. */
  readonly #macs = new Map<string, number>();
  readonly #cycles = new Map<string, number>();
  readonly #lags = new ValueCounts();
  readonly #activeLags = new ValueCounts();
  readonly #passwordLags = new ValueCounts();
  readonly #activePasswordLags = new ValueCounts();

  add({ outcomes, lags, activeLags, passwordLags, activePasswordLags }: Digest): void {
    for (const [outcome, cycles] of Object.entries(outcomes)) {
      countIn(this.#macs, outcome);
      this.#cycles.set(outcome, (this.#cycles.get(outcome) ?? 0) + cycles);
    }
    for (const lag of lags) this.#lags.add(lag);
    for (const lag of activeLags) this.#activeLags.add(lag);
    for (const lag of passwordLags) this.#passwordLags.add(lag);
    for (const lag of activePasswordLags) this.#activePasswordLags.add(lag);
  }

  /** The outcome that most Macs had comes first. */
  all(): FleetSummary['sync'] {
    const outcomes = mostFirst(this.#macs).map(([outcome]) => ({
      outcome,
      cycles: this.#cycles.get(outcome) ?? 0,
    }));
    return {
      cycles: outcomes.reduce((sum, { cycles }) => sum + cycles, 0),
      outcomes,
      lagSeconds: this.#lags.percentiles(),
      activeLagSeconds: this.#activeLags.percentiles(),
      passwordLagSeconds: this.#passwordLags.percentiles(),
      activePasswordLagSeconds: this.#activePasswordLags.percentiles(),
    };
  }
}
