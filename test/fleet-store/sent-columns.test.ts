import { describe, expect, test } from 'vitest';
import { packWindows, unpackWindows } from '../../agent/fleet-store/recorded-windows.ts';
import {
  CheckedColumns,
  columnsToSend,
  type SentColumns,
  sentColumns,
  sentRow,
} from '../../agent/fleet-store/sent-columns.ts';
import { limits } from '../../agent/untrusted/table-rows.ts';
import { UntrustedDatabaseError } from '../../agent/untrusted/untrusted-database-error.ts';

/** Rows of `state`: key, value, since. */
const rows = [
  ['headline', 'ok', 1_772_000_000_000],
  ['headline', 'broken\u001b[2J', 1_772_000_060_000],
  ['user', 'ok', 1_772_000_000_000],
];
const sent = columnsToSend('state', rows);

describe('the columns of an untrusted table', () => {
  test('name each different text once, and give the rows and the columns back', () => {
    expect(sent.columns[0]).toEqual({ texts: ['headline', 'user'], at: [0, 0, 1] });
    expect([0, 1, 2].map((row) => sentRow(sent, row))).toEqual(rows);
    expect(sentRow(sent, 3)).toBeUndefined();
    const columns = new CheckedColumns('state', sentColumns.parse(JSON.parse(JSON.stringify(sent))), {
      from: 1,
    });
    expect(columns.texts('key')).toEqual(['headline', 'user']);
    expect(columns.instants('since')).toEqual([1_772_000_060_000, 1_772_000_000_000]);
  });

  test('have no control characters, and texts cut as asked for', () => {
    const columns = new CheckedColumns('state', sent);
    expect(columns.texts('value')[1]).not.toContain('\u001b');
    expect(columns.texts('value', 3)[1]).toBe('bro');
  });

  test.each([
    ['a blob', [['headline', Buffer.from('ok'), 0]]],
    ['a text too long', [['headline', 'x'.repeat(limits.text + 1), 0]]],
    ['a text for a number', [['headline', 'ok', 'now']]],
  ])('are not sent with %s', (_, cells) => {
    expect(() => columnsToSend('state', cells)).toThrow(UntrustedDatabaseError);
  });

  test.each<[string, unknown]>([
    ['no object', null],
    ['a column too short', { rows: 2, columns: [[1]] }],
    ['a column of texts too short', { rows: 2, columns: [{ texts: ['a'], at: [0] }] }],
    ['no columns', { rows: 2 }],
    ['no number of rows', { rows: 0.5, columns: [] }],
  ])('have no other shape: %s', (_, value) => {
    expect(sentColumns.safeParse(value).success).toBe(false);
  });

  test.each<[string, SentColumns['columns']]>([
    ['a number of no text', [{ texts: ['headline'], at: [1] }, { texts: ['ok'], at: [0] }, [0]]],
    ['null where none may be', [{ texts: [], at: [null] }, { texts: ['ok'], at: [0] }, [null]]],
    ['a text as an instant', [[0], [0], { texts: ['0'], at: [0] }]],
    ['an instant that is none', [[0], [0], [1e300]]],
  ])('are refused with %s', (_, columns) => {
    const checked = new CheckedColumns('state', { rows: 1, columns });
    expect(() => [checked.texts('key'), checked.instants('since')]).toThrow(UntrustedDatabaseError);
  });
});

test('the token cycles of a record are the same after packing, in any order', () => {
  const windows = {
    staleFrom: [1_772_000_000_001, 1_772_000_060_000, 1_771_000_000_000],
    outcome: ['password-synced', 'token-refreshed', 'password-synced'],
    lag: [60, null, 0],
    activeLag: [null, null, 12],
  };
  expect(unpackWindows(packWindows(windows))).toEqual(windows);
});
