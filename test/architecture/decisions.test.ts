import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const decisions = globSync('docs/decisions/[0-9]*.md', { cwd: root }).map((page) => ({
  page,
  text: readFileSync(`${root}/${page}`, 'utf8').trimEnd(),
}));

/** Half a page, in lines of 110 columns. */
const longest = 25;

/** A longer line counts as several, as on paper. */
const linesOf = (text: string) =>
  text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 110)), 0);

test('every decision is half a page at most', () => {
  expect(decisions.length).toBeGreaterThan(20);
  const long = decisions.map(({ page, text }) => `${page}: ${linesOf(text)} lines`);
  expect(long.filter((_, at) => linesOf(decisions[at]?.text ?? '') > longest)).toEqual([]);
});

test('every decision has context, decision and consequences, unless another one supersedes it', () => {
  const parts = ['**Context.**', '**Decision.**', '**Consequences.**'];
  const without = decisions.filter(
    ({ text }) => !text.includes('**Superseded** by') && !parts.every((part) => text.includes(part)),
  );
  expect(without.map(({ page }) => page)).toEqual([]);
});
