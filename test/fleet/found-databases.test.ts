import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findDatabases } from '../../agent/fleet/find-databases.ts';
import { FoundDatabases } from '../../agent/fleet/found-databases.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso found '));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fail = (path: string, error: Error) => {
  throw new Error(path, { cause: error });
};

test('a folder is read when the search comes to it', () => {
  for (const site of ['a', 'b', 'c']) {
    mkdirSync(join(folder, site));
    writeFileSync(join(folder, site, 'mac.db'), '');
  }
  const search = findDatabases(folder, fail);
  const first = search.next().value?.mac ?? '';
  // The search takes the folders in the file system's order.
  const [one = '', other = ''] = ['a', 'b', 'c'].filter((site) => `${site}/mac` !== first);
  writeFileSync(join(folder, one, 'later.db'), '');
  rmSync(join(folder, other, 'mac.db'));
  expect(Array.from(search, ({ mac }) => mac).sort()).toEqual([`${one}/later`, `${one}/mac`]);
});

test('equal names are numbered in the order of their paths', () => {
  const found = new FoundDatabases();
  for (const path of ['site/mac.sqlite', 'site/mac.db', 'site/mac.db.gz', 'site/mac/events.db'])
    found.add({ mac: 'mac', path });
  expect(Array.from(found, ({ mac, path }) => [mac, path])).toEqual([
    ['mac', 'site/mac/events.db'],
    ['mac (2)', 'site/mac.db'],
    ['mac (3)', 'site/mac.db.gz'],
    ['mac (4)', 'site/mac.sqlite'],
  ]);
});

test('databases are sorted by name, and each has a name of its own', () => {
  const found = new FoundDatabases();
  const names = ['b', 'a', 'a (2)', 'B', 'a', 'a', 'a (2)', 'a\u0007', 'a-1', 'a/1'];
  for (const [index, mac] of names.entries()) found.add({ mac, path: String(index) });
  expect(found).toHaveLength(10);
  const expected = [
    ['B', '3'],
    ['a', '1'],
    ['a (2)', '4'],
    ['a (3)', '5'],
    ['a (4)', '7'],
    ['a (2) (2)', '2'],
    ['a (2) (3)', '6'],
    ['a-1', '8'],
    ['a/1', '9'],
    ['b', '0'],
  ];
  expect(Array.from(found, ({ mac, path }) => [mac, path])).toEqual(expected);
  expect(Array.from(found, ({ mac, path }) => [mac, path])).toEqual(expected);
});
