import { stripVTControlCharacters, styleText } from 'node:util';
import { mayBeTerminal, writeOut } from './standard-output.ts';

/** One JSON document, indented for people, stable for scripts. */
export function printJson(value: unknown): void {
  writeOut(`${JSON.stringify(value, null, 2)}\n`);
}

/** One JSON document a line. */
export function printJsonLine(value: unknown): void {
  writeOut(`${JSON.stringify(value)}\n`);
}

export function printLine(text = ''): void {
  writeOut(`${text}\n`);
}

type Style = Parameters<typeof styleText>[0];

/** Colour on a terminal only; NO_COLOR and FORCE_COLOR are respected, as `styleText` does. */
export function styled(style: Style, text: string): string {
  if (!mayBeTerminal() && process.env.FORCE_COLOR === undefined) return text;
  return styleText(style, text, { stream: process.stdout });
}

/**
 * Columns padded to the widest cell; the last one is left as it is. `least`: how wide the columns are at least, for rows
 * that come one by one.
 */
export function table(
  rows: readonly (readonly string[])[],
  indent = '',
  least: readonly number[] = [],
): string {
  const widths = [...least];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, widthOf(cell));
    });
  }
  return rows
    .map((row) =>
      (
        indent +
        row
          .map((cell, column) => (column === row.length - 1 ? cell : padded(cell, widths[column] ?? 0)))
          .join('  ')
      ).trimEnd(),
    )
    .join('\n');
}

/** Colours take no room. */
function widthOf(cell: string): number {
  return stripVTControlCharacters(cell).length;
}

function padded(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - widthOf(cell)));
}
