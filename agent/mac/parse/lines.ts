/**
 * Calls `each` for every line of a text, in one pass and without an array of them. `line` is without its line
 * end (`\n` or `\r\n`); `start` is where it begins in the text. The empty rest after a last line end is no
 * line.
 */
export function forEachLine(text: string, each: (line: string, start: number) => void): void {
  let start = 0;
  while (start < text.length) {
    const found = text.indexOf('\n', start);
    const next = found === -1 ? text.length : found;
    const end = next > start && text.charCodeAt(next - 1) === 13 ? next - 1 : next;
    each(text.slice(start, end), start);
    start = next + 1;
  }
}
