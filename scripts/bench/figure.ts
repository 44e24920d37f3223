/** One figure of the benchmark beside its reference, both taken in the same run. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Null: the limit is absolute. */
  readonly reference: { readonly name: string; readonly value: number } | null;
  /** `value / reference`, or the value itself, may be at most (or at least) this. */
  readonly limit: number;
  readonly atLeast?: boolean;
  /** Rows or bytes: the same on every machine, so that missing the limit is a failure. */
  readonly counted?: true;
}

export function ratioOf({ value, reference }: Figure): number {
  if (reference === null) return value;
  return reference.value === 0 ? (value === 0 ? 1 : Number.POSITIVE_INFINITY) : value / reference.value;
}

export function isWithin(figure: Figure): boolean {
  const ratio = ratioOf(figure);
  return figure.atLeast === true ? ratio >= figure.limit : ratio <= figure.limit;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
