import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { catalogue } from '../../agent/issues/catalogue.ts';

const script = fileURLToPath(new URL('../../scripts/catalogue-review.ts', import.meta.url));

function review(on: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, '--on', on], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('lists no entry before the first review', () => {
  const { status, stdout } = review('2026-11-23');
  expect(status).toBe(0);
  expect(stdout).toContain(`No entry of ${catalogue.length} is due`);
});

test('lists what is past its review, with the links, the earliest first', () => {
  const { status, stdout } = review('2027-06-01');
  const listed = [...stdout.matchAll(/^(\d{4}-\d{2}-\d{2}) {2}(\S+)/gm)].map(([, , id]) => id);
  const due = catalogue.filter(({ reviewBy }) => reviewBy <= '2027-06-01').map(({ id }) => id);
  expect(status).toBe(1);
  expect(listed.sort()).toEqual(due.sort());
  expect(stdout).toContain('https://');
});

test('refuses what is no date', () => {
  expect(review('soon')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('--on soon is no date'),
  });
});
