import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silencedIn, withSilence } from '../../agent/fleet/silenced.ts';
import { cli } from '../helpers/cli.ts';

const scenario = join(import.meta.dirname, '../../scripts/pictures/lost-registration.ndjson');
const issue = 'registration-needs-repair';
const until = '2999-01-01T00:00:00Z';
let folder: string;
let pulled: string;

/** A Mac whose user silenced the issue before it opened. Only its database is pulled. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-silenced-'));
  pulled = join(folder, 'pulled');
  mkdirSync(pulled);
  for (const mac of ['silenced', 'told']) {
    const data = join(folder, mac);
    mkdirSync(data);
    if (mac === 'silenced') writeFileSync(join(data, 'silences.json'), JSON.stringify({ [issue]: until }));
    expect(cli(['replay', scenario, '--data-dir', data]).stderr).toBe('');
    copyFileSync(join(data, 'events.db'), join(pulled, `${mac}.db`));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const listOf = (stdout: string) => JSON.parse(stdout).list.map((mac: { silenced: unknown }) => mac.silenced);

test('fleet says who silenced an issue, and until when', () => {
  const { stdout } = cli(['fleet', pulled, '--json']);
  expect(listOf(stdout)).toEqual([[{ issue, by: 'user', until }], []]);
  const text = cli(['fleet', pulled], { env: { TZ: 'UTC' } }).stdout;
  expect(text).toContain(`${issue} (silenced by the user until 2999-01-01 00:00)`);
});

test('the store says the same', () => {
  const store = join(folder, 'store');
  const { stdout } = cli(['fleet', pulled, '--store', store, '--json']);
  expect(listOf(stdout)).toEqual([[{ issue, by: 'user', until }], []]);
  expect(listOf(cli(['fleet', '--store', store, '--json']).stdout)).toEqual([
    [{ issue, by: 'user', until }],
    [],
  ]);
});

test('a detail of another shape gives no end', () => {
  for (const detail of ['', '[]', 'null', '{"silencedUntil":7}', '{"silencedUntil":"soon"}'])
    expect(silencedIn({ at: 1, issue, to: 'silenced', detail })).toMatchObject({ by: 'user', until: null });
  expect(silencedIn({ at: 1, issue, to: 'focus', detail: '{}' })).toBeNull();
  expect(withSilence('A', { by: 'user', until: null })).toBe('A (silenced by the user)');
  expect(withSilence('A', { by: 'settings', until: null })).toBe('A (notifications off by a setting)');
});
