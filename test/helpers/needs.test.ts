import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('a test is skipped only by what gives a reason (needs.ts), and none runs alone', () => {
  const withoutReason = /\.(?:skipIf|runIf|skip|todo|only)\b/;
  const tests = join(import.meta.dirname, '..');
  const found = readdirSync(tests, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('helpers/needs.'))
    .filter((name) => withoutReason.test(readFileSync(join(tests, name), 'utf8')));
  expect(found).toEqual([]);
});
