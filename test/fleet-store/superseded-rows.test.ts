import { expect, test } from 'vitest';
import type { StoreColumn, StoreTable } from '../../agent/fleet-store/store-tables.ts';
import { supersededRows } from '../../agent/fleet-store/superseded-rows.ts';

type Row = Readonly<Record<string, string | number | null>>;

/** The superseded ones of these rows, which are in two files. */
async function superseded(table: StoreTable, rows: readonly Row[]): Promise<number[] | null> {
  const halves: Record<string, readonly Row[]> = { one: rows.slice(0, 2), two: rows.slice(2) };
  const files = Object.keys(halves).map((path) => ({ path, table, month: '2026-03', run: 1 }));
  async function* read(path: string, columns: readonly StoreColumn[]) {
    yield (halves[path] ?? []).map((row) => columns.map(({ name }) => row[name] ?? ''));
  }
  const found = await supersededRows(table, files, read);
  return found && [...found.keys()].filter((row) => found[row] === 1);
}

const mac = (seen_at: number, last_record_at: number | null, day = 1): Row => ({
  history: 'h',
  mac: 'm',
  user: '',
  day,
  seen_at,
  last_record_at,
});
const issue = (seen_at: number, resolved_at: number | null, macos = '15.6'): Row => ({
  history: 'h',
  mac: 'm',
  user: '',
  issue: 'i',
  opened_at: 1,
  macos,
  company_portal: '',
  seen_at,
  resolved_at,
});

test('the last row of a day supersedes the others, in any order', async () => {
  expect(await superseded('macs', [mac(1, 1), mac(3, 3), mac(2, 2), mac(4, 9, 2)])).toEqual([0, 2]);
  expect(await superseded('macs', [mac(3, 3), mac(1, null)])).toEqual([1]);
});

test('a row with the newest record stays, and so do equal rows', async () => {
  expect(await superseded('macs', [mac(1, 9), mac(3, 3)])).toEqual([]);
  expect(await superseded('macs', [mac(3, 3), mac(3, 3), mac(1, 1)])).toEqual([2]);
});

test('a later revision of an episode supersedes the earlier one, unless that one has another end or version', async () => {
  expect(await superseded('issues', [issue(1, null), issue(2, null), issue(3, 5)])).toEqual([0, 1]);
  expect(await superseded('issues', [issue(1, 5), issue(2, null)])).toEqual([]);
  expect(await superseded('issues', [issue(1, null, '15.5'), issue(2, null)])).toEqual([]);
});

test('events and windows have no revisions', async () => {
  expect(await superseded('events', [])).toBeNull();
  expect(await superseded('windows', [])).toBeNull();
});
