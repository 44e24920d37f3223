/** The nearest known name to a misspelt one; null when none is near. */
export function nearestOf<T extends string>(written: string, known: readonly T[]): T | null {
  const [best] = known
    // A text of another length is far, and costs time by its length.
    .filter((one) => Math.abs(one.length - written.length) <= farthest(one))
    .map((one) => ({ one, far: distance(written.toLowerCase(), one.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  return best !== undefined && best.far <= farthest(best.one) ? best.one : null;
}

/**
 * The name that a wrong name may mean: the nearest one, or else the only one that has all of its words, or
 * that begins with it. `PollInterval` is `PollIntervalSeconds`.
 */
export function meantBy<T extends string>(written: string, known: readonly T[]): T | null {
  const near = nearestOf(written, known);
  const words = wordsOf(written);
  if (near !== null || words.length === 0) return near;
  const longer = known.filter((one) => words.every((word) => wordsOf(one).includes(word)));
  const begun = longer.filter((one) => one.toLowerCase().startsWith(written.toLowerCase()));
  const [only, second] = longer.length === 1 ? longer : begun;
  return second === undefined ? (only ?? null) : null;
}

/** The words of a name in camel case, or with hyphens. */
function wordsOf(name: string): string[] {
  return (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? []).map((word) => word.toLowerCase());
}

function farthest(name: string): number {
  return Math.max(2, name.length / 4);
}

/** The Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, one] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries())
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (one === other ? 0 : 1)));
    row = next;
  }
  return row.at(-1) ?? 0;
}
