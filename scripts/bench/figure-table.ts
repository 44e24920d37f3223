import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Figure, isWithin, ratioOf } from './figure.ts';

const page = fileURLToPath(new URL('../../docs/performance.md', import.meta.url));
const begin = '<!-- The table is written by `npm run bench -- --write`. -->\n';
const end = '<!-- End of the table. -->\n';

/** The figures as a Markdown table. */
export function figureTable(figures: readonly Figure[]): string {
  const head =
    '| figure | measured | reference | ratio | limit | within |\n| --- | --- | --- | --- | --- | --- |\n';
  return head + figures.map((figure) => `${rowOf(figure)}\n`).join('');
}

function rowOf(figure: Figure): string {
  const { name, value, unit, reference, limit, atLeast } = figure;
  const beside = reference === null ? '—' : `${reference.name}: ${rounded(reference.value)} ${unit}`;
  const ratio = reference === null ? '—' : `${rounded(ratioOf(figure))} ×`;
  const kept = `${atLeast === true ? '≥' : '≤'} ${limit}${reference === null ? ` ${unit}` : ' ×'}`;
  const cells = [name, `${rounded(value)} ${unit}`, beside, ratio, kept, isWithin(figure) ? 'yes' : 'no'];
  return `| ${cells.join(' | ')} |`;
}

function rounded(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value.toFixed(value >= 10 ? 1 : 2);
}

/** Replaces the table of docs/performance.md. Throws when the page has lost its marks. */
export function writePerformancePage(machine: string, table: string): void {
  const text = readFileSync(page, 'utf8');
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${page} has no marks around its table.`);
  writeFileSync(page, `${text.slice(0, from)}${begin}${machine}\n\n${table}${text.slice(to)}`);
}
