import stringWidth from 'fast-string-width';
import { styled } from './styled.ts';
import { terminalWidth } from './terminal-width.ts';
import { cutText, wrapCell, wrapText } from './wrap-text.ts';

type Rows = readonly (readonly string[])[];

const gap = '  ';
/** Below this width a table that does not fit becomes cards. */
const cardsBelow = 100;
/** A column is not cut below this width. */
const leastColumn = 10;
/** The last column wraps within itself if it has this width. */
const leastLastColumn = 30;

/**
 * Pads all columns but the last to their widest cell. `least`: minimum widths, for later rows. On a terminal
 * a long last column wraps within itself, or is on lines of its own.
 */
export function table(rows: Rows, indent = '', least: readonly number[] = []): string {
  const widths = widthsOf(rows, least);
  const width = terminalWidth();
  if (width === null || total(widths, indent) <= width) return lined(rows, widths, indent);
  const before = total(widths.slice(0, -1), indent) + gap.length;
  const beside = width - before >= leastLastColumn;
  return rows
    .map((row) => {
      const others = lined([row.slice(0, -1)], widths, indent, true);
      const last = row.at(-1) ?? '';
      if (last === '' || row.length === 1) return wrapText(indent + row.join(gap).trimEnd(), width);
      if (!beside) return `${wrapText(others.trimEnd(), width)}\n${block(last, indent + gap, width)}`;
      return `${others}${gap}${block(last, ' '.repeat(before), width).trimStart()}`;
    })
    .join('\n');
}

/** A table with heads. On a narrow terminal each row becomes a card; on a wide one columns are cut. */
export function headedTable(heads: readonly string[], rows: Rows, indent = ''): string {
  const widths = widthsOf([heads, ...rows], []);
  const width = terminalWidth();
  const bold = heads.map((head) => (head === '' ? '' : styled('bold', head)));
  if (width === null || total(widths, indent) <= width) return lined([bold, ...rows], widths, indent);
  if (width < cardsBelow) return rows.map((row) => card(heads, row, { indent, width })).join('\n\n');
  const fitting = cutTo(widths, width - indent.length);
  const cut = rows.map((row) => row.map((cell, column) => cutText(cell, fitting[column] ?? leastColumn)));
  return lined([bold, ...cut], fitting, indent);
}

function card(
  heads: readonly string[],
  row: readonly string[],
  { indent, width }: { readonly indent: string; readonly width: number },
): string {
  const name = Math.max(...heads.map((head) => stringWidth(head))) + gap.length;
  return row
    .flatMap((cell, column) => {
      const head = heads[column] ?? '';
      if (cell === '') return [];
      if (head === '') return [`${indent}${styled('bold', cell)}`];
      const start = `${indent}${styled('dim', head)}${' '.repeat(name - stringWidth(head))}`;
      return [start + block(cell, ' '.repeat(indent.length + name), width).trimStart()];
    })
    .join('\n');
}

/** The text in lines that all have this indentation. */
function block(text: string, indent: string, width: number): string {
  const lines = wrapCell(text, Math.max(leastColumn, width - indent.length)).split('\n');
  return lines.map((line) => indent + line).join('\n');
}

/** Cuts the widest column until the row fits. */
function cutTo(widths: readonly number[], width: number): number[] {
  const fitting = [...widths];
  while (total(fitting, '') > width) {
    const widest = Math.max(...fitting);
    if (widest <= leastColumn) break;
    fitting[fitting.indexOf(widest)] = widest - 1;
  }
  return fitting;
}

function widthsOf(rows: Rows, least: readonly number[]): number[] {
  const widths = [...least];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, stringWidth(cell));
    });
  }
  return widths;
}

function total(widths: readonly number[], indent: string): number {
  return indent.length + widths.reduce((sum, width) => sum + width, 0) + gap.length * (widths.length - 1);
}

function lined(rows: Rows, widths: readonly number[], indent: string, padLast = false): string {
  return rows
    .map((row) => {
      const cells = row.map((cell, column) =>
        column === row.length - 1 && !padLast
          ? cell
          : cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - stringWidth(cell))),
      );
      const line = indent + cells.join(gap);
      return padLast ? line : line.trimEnd();
    })
    .join('\n');
}
