import * as z from 'zod/mini';
import { numbers } from './plain-values.ts';
import { noTexts, type TextCells, TextNumbering } from './text-cells.ts';

/** Token cycles by columns, as a Mac has hundreds. */
export interface RecordedWindows {
  /** When each began: milliseconds since 1970, UTC. */
  readonly staleFrom: Float64Array<ArrayBuffer>;
  readonly outcome: TextCells;
  /** In seconds; NaN: no lag. */
  readonly lag: Float64Array<ArrayBuffer>;
  readonly activeLag: Float64Array<ArrayBuffer>;
}

const none = new Float64Array(0);
export const noWindows: RecordedWindows = {
  staleFrom: none,
  outcome: noTexts,
  lag: none,
  activeLag: none,
};

export function joinedWindows(one: RecordedWindows, other: RecordedWindows): RecordedWindows {
  if (one.staleFrom.length === 0) return other;
  if (other.staleFrom.length === 0) return one;
  return {
    staleFrom: joined(one.staleFrom, other.staleFrom),
    outcome: joinedTexts(one.outcome, other.outcome),
    lag: joined(one.lag, other.lag),
    activeLag: joined(one.activeLag, other.activeLag),
  };
}

function joined(one: Float64Array, other: Float64Array): Float64Array<ArrayBuffer> {
  const both = new Float64Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

function joinedTexts(one: TextCells, other: TextCells): TextCells {
  const numbering = new TextNumbering('outcome');
  const at = new Int32Array(one.at.length + other.at.length);
  let row = 0;
  for (const { texts, at: numbersOf } of [one, other])
    for (const number of numbersOf) at[row++] = numbering.numberOf(texts[number] ?? '');
  return { texts: numbering.texts, at };
}

/** Token cycles in a packed record: differences and rare values, which are short as text. */
export const packedWindows = z.object({
  /** When each began: milliseconds after the one before. */
  began: numbers,
  outcomes: z.array(z.string()),
  /** Runs of equal outcomes: the number of the outcome, and how many token cycles have it. */
  outcome: numbers,
  /** Of each that has one: its number in the list, and the seconds. */
  lag: numbers,
  activeLag: numbers,
});
type PackedWindows = z.infer<typeof packedWindows>;

export function packWindows({ staleFrom, outcome, lag, activeLag }: RecordedWindows): PackedWindows {
  const began: number[] = [];
  let before = 0;
  for (const at of staleFrom) {
    began.push(at - before);
    before = at;
  }
  return {
    began,
    outcomes: [...outcome.texts],
    outcome: runsOf(outcome.at),
    lag: rareIn(lag),
    activeLag: rareIn(activeLag),
  };
}

export function unpackWindows({ began, outcomes, outcome, lag, activeLag }: PackedWindows): RecordedWindows {
  const staleFrom = new Float64Array(began.length);
  let at = 0;
  for (let cycle = 0; cycle < began.length; cycle++) {
    at += began[cycle] ?? 0;
    staleFrom[cycle] = at;
  }
  return {
    staleFrom,
    outcome: { texts: outcomes, at: allOfRuns(outcome, began.length, outcomes.length) },
    lag: allOf(lag, began.length),
    activeLag: allOf(activeLag, began.length),
  };
}

function runsOf(values: Int32Array): number[] {
  const runs: number[] = [];
  for (let from = 0, to = 0; from < values.length; from = to) {
    while (to < values.length && values[to] === values[from]) to++;
    runs.push(values[from] ?? -1, to - from);
  }
  return runs;
}

/** Throws an Error for runs that do not fit the values, or that name an unknown text. */
function allOfRuns(runs: readonly number[], length: number, texts: number): Int32Array<ArrayBuffer> {
  const values = new Int32Array(length);
  let done = 0;
  for (let at = 0; at < runs.length; at += 2) {
    const value = runs[at] ?? -1;
    const count = runs[at + 1] ?? 0;
    const isRun = Number.isInteger(value) && value >= 0 && value < texts && Number.isInteger(count);
    if (!isRun || count < 1) throw new Error('the outcomes are damaged');
    values.fill(value, done, done + count);
    done += count;
  }
  if (done !== length) throw new Error('the outcomes do not fit the token cycles');
  return values;
}

function rareIn(values: Float64Array): number[] {
  const rare: number[] = [];
  for (let cycle = 0; cycle < values.length; cycle++) {
    const value = values[cycle] ?? Number.NaN;
    if (!Number.isNaN(value)) rare.push(cycle, value);
  }
  return rare;
}

function allOf(rare: readonly number[], cycles: number): Float64Array<ArrayBuffer> {
  const all = new Float64Array(cycles).fill(Number.NaN);
  for (let at = 0; at + 1 < rare.length; at += 2) {
    const cycle = rare[at] ?? cycles;
    if (cycle < cycles) all[cycle] = rare[at + 1] ?? Number.NaN;
  }
  return all;
}
