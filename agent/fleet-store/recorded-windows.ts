import * as z from 'zod/mini';

/** Token cycles by columns, as a Mac has hundreds: when each began, its outcome, and its lags in seconds. */
export interface RecordedWindows {
  readonly staleFrom: readonly number[];
  readonly outcome: readonly string[];
  /** Null: no lag. */
  readonly lag: readonly (number | null)[];
  readonly activeLag: readonly (number | null)[];
}

export const noWindows: RecordedWindows = { staleFrom: [], outcome: [], lag: [], activeLag: [] };

/** An array that this program wrote, hundreds of numbers long: a schema for each would take longer. */
const numbers = z.custom<readonly number[]>(
  (value) => Array.isArray(value) && value.every((one) => typeof one === 'number'),
);

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
  const numberOf = new Map(outcomes.map((name, number) => [name, number]));
  return {
    began: staleFrom.map((began, index) => began - (staleFrom[index - 1] ?? 0)),
    outcomes,
    outcome: outcome.map((name) => numberOf.get(name) ?? 0),
    lag: rareIn(lag),
    activeLag: rareIn(activeLag),
  };
}

export function unpackWindows({ began, outcomes, outcome, lag, activeLag }: PackedWindows): RecordedWindows {
  let at = 0;
  return {
    staleFrom: began.map((after) => (at += after)),
    outcome: outcome.map((number) => outcomes[number] ?? ''),
    lag: allOf(lag, began),
    activeLag: allOf(activeLag, began),
  };
}

function rareIn(values: readonly (number | null)[]): number[] {
  return values.flatMap((value, index) => (value === null ? [] : [index, value]));
}

function allOf(rare: readonly number[], cycles: readonly number[]): (number | null)[] {
  const all = cycles.map((): number | null => null);
  for (let at = 0; at + 1 < rare.length; at += 2) {
    const index = rare[at] ?? all.length;
    if (index < all.length) all[index] = rare[at + 1] ?? null;
  }
  return all;
}
