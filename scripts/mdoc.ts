/** Text for a manual page in mdoc(7), the macros that macOS, the BSDs and Linux all read. */

/** A line of text: nothing in it is taken for a macro or an escape. */
export function text(words: string): string {
  const safe = words
    .replaceAll('\\', '\\e')
    .replaceAll(/`([^`]*)`/g, (_, quoted: string) => `\\(oq${quoted.replaceAll('-', '\\-')}\\(cq`)
    .replaceAll(
      /(^|[\s(])(-{1,2}\w)/g,
      (_, before: string, flag: string) => before + flag.replaceAll('-', '\\-'),
    )
    .replaceAll('’', '\\(cq')
    .replaceAll('…', '\\&...')
    .replaceAll('→', '\\(->');
  return /^[.']/.test(safe) ? `\\&${safe}` : safe;
}

/** A paragraph, each sentence on a line of its own, so that the gap between two is right. */
export function sentences(words: string): string[] {
  return words
    .trim()
    .split(/(?<=[.?!]) (?=[A-Z`])/)
    .map(text);
}

/** One argument of a macro. */
export function argument(words: string): string {
  const safe = words.replaceAll('\\', '\\e').replaceAll('"', '\\(dq').replaceAll('-', '\\-');
  return /[\s]/.test(words) || words === '' ? `"${safe}"` : safe;
}

/** Lines that are printed as they are, to be pasted. */
export function literal(lines: readonly string[]): string[] {
  const safe = (line: string) => {
    const escaped = line
      .replaceAll('\\', '\\e')
      .replaceAll('-', '\\-')
      .replaceAll("'", '\\(aq')
      .replaceAll('`', '\\(ga');
    return /^[.']/.test(line) ? `\\&${escaped}` : escaped;
  };
  return ['.Bd -literal -offset indent', ...lines.map(safe), '.Ed'];
}

/** A list of terms, each a macro line without its `.It`, and what they mean. */
export function terms(all: readonly (readonly [term: string, meaning: readonly string[]])[]): string[] {
  return ['.Bl -tag -width Ds', ...all.flatMap(([term, meaning]) => [`.It ${term}`, ...meaning]), '.El'];
}
