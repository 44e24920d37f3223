/** The nearest known name to a misspelt one; null when none is near. */
export function nearestOf<T extends string>(written: string, known: readonly T[]): T | null {
  const [best] = known
    // A text of another length is far, and costs time by its length.
    .filter((one) => Math.abs(one.length - written.length) <= farthest(one))
    .map((one) => ({ one, far: distance(written.toLowerCase(), one.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  return best !== undefined && best.far <= farthest(best.one) ? best.one : null;
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
