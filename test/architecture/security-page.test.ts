import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(join(root, 'docs/security.md'), 'utf8');

test('each test that the page of attackers names is there', () => {
  const named = [...page.matchAll(/`((?:test\/|\.)[\w./-]+)`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('each row of the page of attackers names a test or a command that tests it', () => {
  const [, table = ''] = page.split('## Attackers');
  const rows = table
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (?:attacker|---)/.test(line));
  expect(rows.length).toBeGreaterThan(15);
  for (const row of rows) expect(row).toMatch(/\| `[^|]*\|$/);
});
