import { describe, expect, test } from 'vitest';
import { frameOf, lengthBytes, valueIn } from '../../agent/fleet/frames.ts';
import {
  CheckedColumns,
  columnsToSend,
  packColumns,
  type SentColumns,
  sentColumns,
  sentRow,
} from '../../agent/fleet-store/sent-columns.ts';
import { textAt } from '../../agent/fleet-store/text-cells.ts';
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
    expect(sent.columns[0]).toEqual({ texts: ['headline', 'user'], at: Int32Array.of(0, 0, 1) });
    expect([0, 1, 2].map((row) => sentRow(sent, row))).toEqual(rows);
    expect(sentRow(sent, 3)).toBeUndefined();
    const read = sentColumns.parse(valueIn(frameOf(packColumns(sent)).subarray(lengthBytes)));
    expect(read).toEqual(sent);
    const columns = new CheckedColumns('state', read, 1);
    const keys = columns.texts('key');
    expect([0, 1, 2].map((row) => textAt(keys, row))).toEqual(['headline', 'user', null]);
    expect([...columns.instants('since')]).toEqual([1_772_000_060_000, 1_772_000_000_000]);
  });

  test('have no control characters, and texts cut as asked for', () => {
    const columns = new CheckedColumns('state', sent);
    expect(textAt(columns.texts('value'), 1)).not.toContain('\u001b');
    expect(textAt(columns.texts('value', 3), 1)).toBe('bro');
  });

  test.each([
    ['a blob', [['headline', Buffer.from('ok'), 0]]],
    ['a text too long', [['headline', 'x'.repeat(limits.text + 1), 0]]],
    ['a text for a number', [['headline', 'ok', 'now']]],
  ])('are not sent with %s', (_, cells) => {
    expect(() => columnsToSend('state', cells)).toThrow(UntrustedDatabaseError);
  });

  test('have null as the database holds it', () => {
    const cycle = [1, 1_772_000_000_000, null, null, null, 'ok', null, 60];
    const packed = packColumns(columnsToSend('sync_cycle', [cycle]));
    expect(sentRow(sentColumns.parse(packed), 0)).toEqual(cycle);
    expect(sentRow(columnsToSend('state', [[null, 'ok', 0]]), 0)).toEqual([null, 'ok', 0]);
  });

  const [one, noNumbers] = [Float64Array.of(1), new Float64Array(0)];
  const [zeroAt, noTexts] = [Int32Array.of(0), new Int32Array(0)];
  const numbers = { texts: [null], numbers: one, at: noTexts };
  test.each<[string, unknown]>([
    ['no object', null],
    ['a column too short', { ...numbers, rows: 2 }],
    ['a column too long', { ...numbers, rows: 0 }],
    ['a column too few', { ...numbers, rows: 1, texts: [] }],
    ['a column too many', { ...numbers, rows: 1, numbers: Float64Array.of(1, 2) }],
    ['numbers of another kind', { ...numbers, rows: 1, numbers: Float32Array.of(1) }],
    ['a list of numbers', { ...numbers, rows: 1, numbers: [1] }],
    ['a column of texts too short', { rows: 2, texts: [['a']], numbers: noNumbers, at: zeroAt }],
    ['a text that is no list', { rows: 1, texts: ['a'], numbers: noNumbers, at: zeroAt }],
    ['more rows than there is memory', { ...numbers, rows: Number.MAX_SAFE_INTEGER }],
    ['no columns', { rows: 2 }],
    ['no number of rows', { rows: 0.5, texts: [], numbers: noNumbers, at: noTexts }],
    ['fewer rows than none', { rows: -1, texts: [null], numbers: noNumbers, at: noTexts }],
  ])('have no other shape: %s', (_, value) => {
    expect(sentColumns.safeParse(value).success).toBe(false);
  });

  const texts = (text: string, ...at: number[]) => ({ texts: [text], at: Int32Array.from(at) });
  const zero = Float64Array.of(0);
  test.each<[string, SentColumns['columns']]>([
    ['a number of no text', [texts('headline', 1), texts('ok', 0), zero]],
    ['a number below those of texts', [texts('headline', -2), texts('ok', 0), zero]],
    ['null where no text may be missing', [texts('headline', -1), texts('ok', 0), zero]],
    ['null where no number may be missing', [texts('headline', 0), texts('ok', 0), Float64Array.of(NaN)]],
    ['a text as an instant', [texts('headline', 0), texts('ok', 0), texts('0', 0)]],
    ['a number as a text', [zero, texts('ok', 0), zero]],
    ['an instant that is none', [texts('headline', 0), texts('ok', 0), Float64Array.of(1e300)]],
    ['an instant that is no integer', [texts('headline', 0), texts('ok', 0), Float64Array.of(0.5)]],
    ['a column missing', [texts('headline', 0), texts('ok', 0)]],
  ])('are refused with %s', (_, columns) => {
    const checked = new CheckedColumns('state', { rows: 1, columns });
    expect(() => [checked.texts('key'), checked.instants('since')]).toThrow(UntrustedDatabaseError);
  });
});
