import { expect, test } from 'vitest';
import { attachedSchema } from '../../agent/fleet/attach-untrusted.ts';
import { checkCells } from '../../agent/fleet/check-cells.ts';
import { limits } from '../../agent/untrusted/table-rows.ts';
import { connection, databaseIn, opened, temporaryFolder } from '../store/samples.ts';

/** The history of an agent with so many states more, attached. */
function attached(states: number) {
  const path = databaseIn(temporaryFolder());
  opened(path).close();
  const db = connection(path);
  db.prepare(
    `WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?)
     INSERT INTO state (key, value, since) SELECT 'key ' || n, '', 1 FROM number`,
  ).run(states);
  db.close();
  const reader = connection(':memory:');
  reader.prepare(`ATTACH DATABASE ? AS ${attachedSchema}`).run(path);
  return reader;
}

test('a table with more rows than any agent writes is refused', () => {
  expect(() => checkCells(attached(10))).not.toThrow();
  expect(() => checkCells(attached(limits.rows + 1))).toThrow(
    expect.objectContaining({ reason: 'tooLarge', detail: 'state has too many rows' }),
  );
});
