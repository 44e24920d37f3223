/** One small change of a source text: `text` replaces what is from `start` to `end`. */
export interface Mutant {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The kind of the change, e.g. `comparison`. */
  readonly kind: string;
}

export function applied(source: string, mutant: Mutant): string {
  return source.slice(0, mutant.start) + mutant.text + source.slice(mutant.end);
}

/** The changed line before and after, as `LINE` and `- before` / `+ after`, each on one line. */
export function difference(source: string, mutant: Mutant): { line: number; before: string; after: string } {
  const from = source.lastIndexOf('\n', mutant.start - 1) + 1;
  const newline = source.indexOf('\n', mutant.end);
  const to = newline < 0 ? source.length : newline;
  const line = source.slice(0, mutant.start).split('\n').length;
  const oneLine = (text: string) => text.trim().replaceAll(/\s+/g, ' ');
  return {
    line,
    before: oneLine(source.slice(from, to)),
    after: oneLine(source.slice(from, mutant.start) + mutant.text + source.slice(mutant.end, to)),
  };
}
