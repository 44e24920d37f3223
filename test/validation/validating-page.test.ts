import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { stepIds } from '../../agent/validation/validation-output.ts';

// test/docs/pages.test.ts runs its commands.
test('the table of docs/admin/validating.md has every step', () => {
  const page = readFileSync(new URL('../../docs/admin/validating.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z-]+)` /gm)].map(([, id]) => id);
  expect(rows).toEqual([...stepIds]);
});
