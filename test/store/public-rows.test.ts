import { describe, expect, test } from 'vitest';
import {
  eventColumns,
  issueColumns,
  issueRows,
  RowError,
  stateColumns,
  syncColumns,
  textRows,
} from '../../agent/store/public-rows.ts';
import { eventRow, issueRow, stateRow, syncRow } from '../../agent/store/row-shapes.ts';

describe('rows of the public views', () => {
  test('have the columns that are published as schemas, in their order', () => {
    expect(eventColumns).toEqual(Object.keys(eventRow.shape));
    expect(issueColumns).toEqual(Object.keys(issueRow.shape));
    expect(syncColumns).toEqual(Object.keys(syncRow.shape));
    expect(stateColumns).toEqual(Object.keys(stateRow.shape));
  });

  test('are text in each column, or no rows', () => {
    expect(textRows(stateColumns, [{ key: 'a', value: '', since: '' }])).toHaveLength(1);
    for (const row of [
      { key: 'a', value: null, since: '' },
      { key: 'a', value: 1, since: '' },
      { key: 'a' },
      null,
      'text',
    ])
      expect(() => textRows(stateColumns, [row])).toThrow(RowError);
  });

  test('an issue is open or resolved', () => {
    const row = Object.fromEntries(issueColumns.map((column) => [column, '']));
    expect(issueRows([{ ...row, status: 'open' }])).toMatchObject([{ status: 'open' }]);
    expect(() => issueRows([{ ...row, status: 'ajar' }])).toThrow(RowError);
  });
});
