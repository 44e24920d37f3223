import { expect, it } from 'vitest';
import { leafRows } from '../../agent/store/leaf-rows.ts';
import { connection, databaseIn, temporaryFolder } from './samples.ts';

// SQLite stores an integer in 0, 1, 2, 3, 4, 6 or 8 bytes; no column of the store needs 8.
const integers = [0, 1, 2, -1, 100, -30_000, 30_000, 1_000_000, -8_000_000, 1_000_000_000, -2_000_000_000];
const cells = [...integers, 1_000_000_000_000, -100_000_000_000_000, null, '', 'text', 'ü'.repeat(100)];

it.each(cells)('a row with %j is read without the pages above', (cell) => {
  const path = databaseIn(temporaryFolder());
  const db = connection(path);
  db.exec('CREATE TABLE one (id INTEGER PRIMARY KEY, before TEXT, cell INTEGER, after TEXT)');
  db.prepare('INSERT INTO one VALUES (7, ?, ?, ?)').run('before', cell, 'after');
  const pageSize = Number(db.pragma('page_size', { simple: true }));
  expect([...leafRows(path, pageSize, 4)]).toEqual([{ number: 7, cells: [null, 'before', cell, 'after'] }]);
});
