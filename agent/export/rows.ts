import { stringify } from 'csv-stringify/sync';
import { sanitiseJson, sanitiseLine } from '../shared/safe-text.ts';
import type { StoreReader } from '../store/store.ts';
import { type ViewName, views } from '../store/tables.ts';
import type { ExportOutput } from './export-output.ts';
import type { TableRequest } from './export-request.ts';
import type { Range } from './range.ts';

/**
 * The rows of public views: events in the range, and issues and cycles that overlap it. `user`: a column of
 * each row.
 */
export function rowsOf(
  reader: StoreReader,
  names: readonly ViewName[],
  range: Range,
  user?: string,
): ExportOutput[] {
  const userColumn = user === undefined ? {} : { user };
  return names.flatMap((view) => rowsOfView(reader, view, range, userColumn));
}

function rowsOfView(
  reader: StoreReader,
  view: ViewName,
  range: Range,
  userColumn: { readonly user?: string },
): ExportOutput[] {
  switch (view) {
    case 'events':
      return reader.events(range).map((row) => ({ ...userColumn, view, ...row }));
    case 'issues':
      return reader
        .issues()
        .filter((row) => overlaps(row.opened_at, row.resolved_at, range))
        .map((row) => ({ ...userColumn, view, ...row }));
    case 'sync':
      return reader
        .sync()
        .filter((row) => overlaps(row.stale_from, row.refreshed_at, range))
        .map((row) => ({ ...userColumn, view, ...row }));
    case 'state':
      return reader.state().map((row) => ({ ...userColumn, view, ...row }));
  }
}

/** `to` is empty while an issue or cycle is open. */
function overlaps(from: string, to: string, { since, until }: Range): boolean {
  const endedBefore = since !== undefined && to !== '' && Date.parse(to) < since;
  const beganAfter = until !== undefined && Date.parse(from) > until;
  return !endedBefore && !beganAfter;
}

/** The rows in the format of the request. */
export function linesOf({ format }: TableRequest, rows: readonly ExportOutput[]): string {
  return format === 'csv' ? csvOf(rows) : ndjsonOf(rows);
}

/** What stands above the rows: the header of CSV. */
export function headerOf(request: TableRequest, { withUser }: { readonly withUser: boolean }): string {
  return request.format === 'csv' ? csvHeader(request.views[0], withUser) : '';
}

/** One JSON object a line. */
function ndjsonOf(rows: readonly ExportOutput[]): string {
  return rows.map((row) => `${sanitiseJson(JSON.stringify(row))}\n`).join('');
}

/** With a `user` column in front if rows have one. */
function csvHeader(view: ViewName, withUser: boolean): string {
  return stringify([[...(withUser ? ['user'] : []), ...views[view].columns]]);
}

/**
 * Rows of one view as CSV. A cell that a spreadsheet would take for a formula gets an apostrophe in front,
 * since the user can change the database that an admin opens as a table. Numbers stay unchanged. Other
 * locales separate cells by a semicolon or a tab, whatever the quotes, so a cell can begin within another.
 * Control characters are removed, and a tab or a line break becomes a space, as in every text that is shown.
 */
function csvOf(rows: readonly ExportOutput[]): string {
  return stringify(
    rows.map((row) => {
      const { view, user, ...cells } = row;
      const named: Readonly<Record<string, string>> = cells;
      return [
        ...(user === undefined ? [] : [user]),
        ...views[view].columns.map((name) => named[name] ?? ''),
      ].map(harmless);
    }),
  );
}

function harmless(given: string): string {
  if (/^-?\d+(\.\d+)?$/.test(given)) return given;
  const cell = sanitiseLine(given, Number.POSITIVE_INFINITY);
  const begins = /^ *[=+\-@＝＋－＠]/.test(cell) ? `'${cell}` : cell;
  return begins.replace(/([;|] *)(?=[=+\-@＝＋－＠])/g, "$1'");
}
