import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';

/** docs/reliability.md, whose figures are written by commands and not by hand. */
export const reliabilityPage = fileURLToPath(new URL('../../docs/reliability.md', import.meta.url));

/** The head of the column that `npm run figures` writes, in tables whose second column names tests. */
const figureColumn = 'figure of the last run';

const beginOf = (name: string) => `<!-- figure ${name} -->`;
const end = '<!-- end -->';

/** Replaces the text of each place `<!-- figure NAME -->…<!-- end -->`. Throws when a name has no place. */
export function withFigures(page: string, figures: Readonly<Record<string, string>>): string {
  return Object.entries(figures).reduce((text, [name, figure]) => {
    const [before, ...places] = text.split(beginOf(name));
    if (places.length === 0) throw new Error(`The page has no place for the figure ${name}.`);
    return [before, ...places.map((rest) => `${figure}${rest.slice(rest.indexOf(end))}`)].join(beginOf(name));
  }, page);
}

/** Sets the figure of each row that names tests; `figureOf` gets their paths and globs. */
export function withTestFigures(page: string, figureOf: (tests: readonly string[]) => string): string {
  let hasFigures = false;
  return page
    .split('\n')
    .map((line) => {
      if (!line.startsWith('| ')) {
        hasFigures = false;
        return line;
      }
      const cells = line.split(' | ');
      if (cells.at(-1)?.startsWith(figureColumn)) hasFigures = true;
      const tests = testsIn(cells[1] ?? '');
      if (!hasFigures || tests.length === 0) return line;
      const [promise = '', named = ''] = line.split(/ \| ?/);
      return `${promise} | ${named} | ${figureOf(tests)} |`;
    })
    .join('\n');
}

/** The tests that a cell names in backquotes: files, folders and globs. */
function testsIn(cell: string): string[] {
  return [...cell.matchAll(/`(test\/[\w./*-]+)`/g)].map(([, path = '']) => path);
}

export function writeReliabilityPage(change: (page: string) => string): void {
  writeFileSync(reliabilityPage, change(readFileSync(reliabilityPage, 'utf8')));
}

/** When and where a run was made. */
export function runText(options: string): string {
  const load = (loadavg()[0] ?? 0).toFixed(0);
  const machine = `${cpus().length} processors, load ${load}, Linux, Node ${process.versions.node}`;
  return `${new Date().toISOString().slice(0, 10)}, ${options === '' ? '' : `\`${options}\`, `}${machine}`;
}
