/** Text for a manual page in mdoc(7), which macOS, the BSDs and Linux read. */

/** A line of text without macros and escapes. */
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

/** A paragraph, one sentence a line: mdoc then sets the space between sentences. */
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

/** Lines that are printed unchanged, to be pasted. */
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

/** A list of terms, each a macro line without its `.It`, with their meanings. */
export function terms(all: readonly (readonly [term: string, meaning: readonly string[]])[]): string[] {
  return ['.Bl -tag -width Ds', ...all.flatMap(([term, meaning]) => [`.It ${term}`, ...meaning]), '.El'];
}
