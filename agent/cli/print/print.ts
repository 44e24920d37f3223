import { stripVTControlCharacters, styleText } from 'node:util';
import { sanitiseJson, sanitiseOutput } from '../../shared/safe-text.ts';
import { mayBeTerminal, writeOut } from './standard-output.ts';

/** Prints one indented JSON document. */
export function printJson(value: unknown): void {
  writeOut(`${sanitiseJson(JSON.stringify(value, null, 2))}\n`);
}

/** Prints one JSON document on one line. */
export function printJsonLine(value: unknown): void {
  writeOut(`${sanitiseJson(JSON.stringify(value))}\n`);
}

/** The one way of a text to standard output: a database or a file's name can hold what a terminal obeys. */
export function printLine(text = ''): void {
  writeOut(`${sanitiseOutput(text)}\n`);
}

/** On a terminal only. */
export function clearScreen(): void {
  if (mayBeTerminal()) writeOut('\u001b[H\u001b[2J');
}

type Style = Parameters<typeof styleText>[0];

/** Styles the text on a terminal only. `styleText` respects NO_COLOR and FORCE_COLOR. */
export function styled(style: Style, text: string): string {
  if (!mayBeTerminal() && process.env.FORCE_COLOR === undefined) return text;
  return styleText(style, text, { stream: process.stdout });
}

/** Pads all columns but the last to their widest cell. `least`: minimum widths, for later rows. */
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

/** Escape sequences have no width. */
function widthOf(cell: string): number {
  return stripVTControlCharacters(cell).length;
}

function padded(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - widthOf(cell)));
}
