import { describe, expect, test } from 'vitest';
import { issueRows, RowError, textRows } from '../../agent/store/public-rows.ts';
import { eventRow, issueRow, stateRow, syncRow } from '../../agent/store/row-shapes.ts';
import { views } from '../../agent/store/tables.ts';

describe('rows of the public views', () => {
  test('have the columns of the published schemas, in order', () => {
    expect(views.events.columns).toEqual(Object.keys(eventRow.shape));
    expect(views.issues.columns).toEqual(Object.keys(issueRow.shape));
    expect(views.sync.columns).toEqual(Object.keys(syncRow.shape));
    expect(views.state.columns).toEqual(Object.keys(stateRow.shape));
  });

  test('are refused when a column is not text', () => {
    expect(textRows(views.state.columns, [{ key: 'a', value: '', since: '' }])).toHaveLength(1);
    for (const row of [
      { key: 'a', value: null, since: '' },
      { key: 'a', value: 1, since: '' },
      { key: 'a' },
      null,
      'text',
    ])
      expect(() => textRows(views.state.columns, [row])).toThrow(
        new RowError('a row without text in each of key, value, since'),
      );
  });

  test('an issue is open or resolved', () => {
    const row = Object.fromEntries(views.issues.columns.map((column) => [column, '']));
    expect(issueRows([{ ...row, status: 'open' }])).toMatchObject([{ status: 'open' }]);
    expect(() => issueRows([{ ...row, status: 'ajar' }])).toThrow(RowError);
  });
});
