import * as z from 'zod/mini';
import { numbers } from './plain-values.ts';

/** Token cycles by columns, as a Mac has hundreds: when each began, its outcome, and its lags in seconds. */
export interface RecordedWindows {
  readonly staleFrom: readonly number[];
  readonly outcome: readonly string[];
  /** Null: no lag. */
  readonly lag: readonly (number | null)[];
  readonly activeLag: readonly (number | null)[];
}

export const noWindows: RecordedWindows = { staleFrom: [], outcome: [], lag: [], activeLag: [] };

/** Token cycles in a packed record: differences and rare values, which are short as text. */
export const packedWindows = z.object({
  /** When each began: milliseconds after the one before. */
  began: numbers,
  outcomes: z.array(z.string()),
  /** The number of the outcome of each. */
  outcome: numbers,
  /** Of each that has one: its number in the list, and the seconds. */
  lag: numbers,
  activeLag: numbers,
});
type PackedWindows = z.infer<typeof packedWindows>;

export function packWindows({ staleFrom, outcome, lag, activeLag }: RecordedWindows): PackedWindows {
  const outcomes = [...new Set(outcome)];
  const numbers: number[] = [];
  for (const name of outcome) numbers.push(outcomes.indexOf(name));
  return {
    began: staleFrom.map(sinceBefore),
    outcomes,
    outcome: numbers,
    lag: rareIn(lag),
    activeLag: rareIn(activeLag),
  };
}

const sinceBefore = (began: number, index: number, all: readonly number[]) => began - (all[index - 1] ?? 0);

export function unpackWindows({ began, outcomes, outcome, lag, activeLag }: PackedWindows): RecordedWindows {
  let at = 0;
  const staleFrom: number[] = [];
  for (const after of began) {
    at += after;
    staleFrom.push(at);
  }
  const names: string[] = [];
  for (const number of outcome) names.push(outcomes[number] ?? '');
  return { staleFrom, outcome: names, lag: allOf(lag, began), activeLag: allOf(activeLag, began) };
}

function rareIn(values: readonly (number | null)[]): number[] {
  const rare: number[] = [];
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? null;
    if (value !== null) rare.push(index, value);
  }
  return rare;
}

function allOf(rare: readonly number[], cycles: readonly number[]): (number | null)[] {
  const all = new Array<number | null>(cycles.length).fill(null);
  for (let at = 0; at + 1 < rare.length; at += 2) {
    const index = rare[at] ?? all.length;
    if (index < all.length) all[index] = rare[at + 1] ?? null;
  }
  return all;
}
