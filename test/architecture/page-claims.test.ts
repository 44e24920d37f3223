import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { sources } from '../../agent/mac/sources.ts';
import { definitions } from '../../agent/settings/schema.ts';
import { withTestFigures } from '../../scripts/reliability/reliability-page.ts';

/** Pages that claim something, and name beside each claim what holds it. */

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (page: string) => readFileSync(join(root, page), 'utf8');

/** The paths in the repository that a text names in backquotes. */
const pathsIn = (text: string) =>
  [...text.matchAll(/`((?:test|docs|agent|pkg-build|scripts)\/[\w./-]+|\.npmrc)`/g)].map(
    ([, path = '']) => path,
  );

/** The rows of the tables of a text, without their heads. */
const rowsOf = (text: string) =>
  text
    .split('\n')
    .filter((line, at, lines) => line.startsWith('| ') && !lines[at + 1]?.startsWith('| ---'))
    .filter((line) => !line.startsWith('| ---'));

describe.each(['docs/security.md', 'docs/admin/privacy.md', 'docs/reliability.md'])('%s', (page) => {
  test('names tests and schemas that are there', () => {
    const named = pathsIn(read(page));
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

test('each row of the page of attackers names a test or a command that tests it', () => {
  const [, table = ''] = read('docs/security.md').split('## Attackers');
  const rows = rowsOf(table);
  expect(rows.length).toBeGreaterThan(15);
  for (const row of rows) expect(row).toMatch(/\| `[^|]*\|$/);
});

describe('the page on privacy', () => {
  const page = read('docs/admin/privacy.md');

  test('names a test or a schema for each row, apart from what others do', () => {
    const rows = rowsOf(page);
    expect(rows.length).toBeGreaterThan(20);
    const without = rows.filter((row) => pathsIn(row).length === 0);
    expect(without).toEqual([expect.stringMatching(/^\| the helpdesk /)]);
  });

  test('lists each source by its label', () => {
    const [, list = ''] =
      /<!-- The list of agent\/mac\/sources\.ts.*-->\n([\s\S]*?)<!-- End/.exec(page) ?? [];
    const listed = list.trim().split('\n');
    expect(listed).toEqual(Object.values(sources).map(({ label }) => `- ${label}`));
  });

  test('states the defaults of the settings', () => {
    expect(page).toContain(`\`RetentionDays\`, ${definitions.RetentionDays.fallback} days by default`);
    expect(definitions.StoredIdentity.fallback).toBe('none');
    expect(definitions.CollectURL.fallback).toBe(null);
    for (const name of ['NetworkProbeEnabled', 'UnifiedLogEnabled', 'UnifiedLogIssues'] as const) {
      expect(definitions[name].fallback).toBe(false);
      expect(page).toMatch(new RegExp(`\`${name}\`[ ,(]+off by default`));
    }
  });
});

test('each figure of the page on reliability is written by a command', () => {
  const page = read('docs/reliability.md');
  const lastCell = (row: string) => row.replace(/ \|$/, '').split(' | ').at(-1) ?? '';
  const rows = rowsOf(page);
  const byTests = rowsOf(withTestFigures(page, () => 'written')).map((row, at) => ({
    row: rows[at] ?? '',
    after: row,
  }));
  const ofTests = byTests.filter(({ row, after }) => row !== after).map(({ row }) => lastCell(row));
  expect(ofTests.length).toBeGreaterThan(30);
  for (const cell of ofTests) expect(cell).toMatch(/^(?:not yet|\d+ of \d+ tests(?:; .*)?)$/);
  const others = withTestFigures(page, () => '').replaceAll(/<!-- figure [\s\S]*?<!-- end -->/g, '');
  for (const row of rowsOf(others)) expect(lastCell(row)).toMatch(/^[. |]*$/);
});
