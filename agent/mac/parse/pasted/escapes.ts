import { forEachLine } from '../lines.ts';

/** Removes the ways in which tools write a text within another format. Time grows linearly with the text. */

const controls: Readonly<Record<string, string>> = { n: '\n', r: '', t: '\t' };

/** The text with the escapes of a JSON string replaced. What is no escape stays. */
function unescapeJson(text: string): string {
  return text.split('\\\\').map(unescapePart).join('\\');
}

/** A part without an escaped backslash. */
function unescapePart(part: string): string {
  if (!part.includes('\\')) return part;
  return part
    .replaceAll('\\"', '"')
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t')
    .replaceAll('\\r', '')
    .replaceAll('\\/', '/')
    .replace(/\\u([0-9A-Fa-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/**
 * The JSON string around an offset, without its quotes and escapes. Where the quotes inside are not escaped,
 * only the line ends are, in the whole text.
 */
export function jsonStringAround(text: string, offset: number): string {
  if (!text.includes('\\"'))
    return text.replace(/(?<!\\)\\([nrt])/g, (_, letter: string) => controls[letter] ?? '');
  const start = unescapedQuote(text, offset, -1) + 1;
  const end = unescapedQuote(text, offset, 1);
  return unescapeJson(text.slice(start, end === -1 ? text.length : end));
}

/** -1: there is none in this direction. */
function unescapedQuote(text: string, from: number, step: 1 | -1): number {
  for (let at = from; at >= 0 && at < text.length; at += step) {
    if (text[at] !== '"') continue;
    let backslashes = 0;
    while (at - backslashes > 0 && text[at - backslashes - 1] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return at;
  }
  return -1;
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/** One level only: the policy data within an account's property list is escaped by right. */
export function unescapeXml(text: string): string {
  return text.replace(/&(?:(lt|gt|quot|apos|amp)|#(\d{1,3})|#x([0-9A-Fa-f]{1,2}));/g, (...found) => {
    const [whole, named, decimal, hexadecimal]: (string | undefined)[] = found;
    if (named !== undefined) return entities[named] ?? '';
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
    return code < 128 ? String.fromCharCode(code) : (whole ?? '');
  });
}

/** Characters. No command prints a longer line. */
const longestLine = 100_000;

/** A line that is one quoted text, as in a list of lines; null for any other. */
export function quotedLine(line: string): string | null {
  if (line.length > longestLine) return null;
  const text = line.trim().replace(/[,;]$/, '');
  const quote = text[0];
  if ((quote !== '"' && quote !== "'") || text.length < 2 || !text.endsWith(quote)) return null;
  const content = text.slice(1, -1);
  if (quote === "'") return content;
  return content.includes('\\') ? unescapeJson(content) : undoubleQuotes(content);
}

/** `""` becomes `"`, as in CSV, where no quote stands alone. */
function undoubleQuotes(text: string): string {
  return text.replaceAll('""', '').includes('"') ? text : text.replaceAll('""', '"');
}

/** The text with each quoted line unquoted. */
export function unquoteLines(text: string): string {
  const lines: string[] = [];
  forEachLine(text, (line) => lines.push(quotedLine(line) ?? line));
  return lines.join('\n');
}

/** The text of a CSV field whose JSON keys have doubled quotes; any other text unchanged. */
export function undoubleField(text: string): string {
  return /^[ \t]*""\w+"" ?:/m.test(text) && !/^[ \t]*"\w+" ?:/m.test(text)
    ? text.replaceAll('""', '"')
    : text;
}
