import { stringify } from 'csv-stringify/sync';
import type { EpochMs } from '../shared/time.ts';
import type { StoreReader } from '../store/store.ts';
import { type ViewName, views } from '../store/tables.ts';
import type { ExportOutput } from './export-output.ts';

export interface Range {
  readonly since?: EpochMs;
  readonly until?: EpochMs;
}

/**
 * The rows of some public views: of the range, events that happened in it, and issues and cycles that went on in it. With a
 * `user`, each says whose it is.
 */
export function rowsOf(
  reader: StoreReader,
  names: readonly ViewName[],
  range: Range,
  user?: string,
): ExportOutput[] {
  const whose = user === undefined ? {} : { user };
  return names.flatMap((view) => rowsOfView(reader, view, range, whose));
}

function rowsOfView(
  reader: StoreReader,
  view: ViewName,
  range: Range,
  whose: { readonly user?: string },
): ExportOutput[] {
  switch (view) {
    case 'events':
      return reader.events(range).map((row) => ({ ...whose, view, ...row }));
    case 'issues':
      return reader
        .issues()
        .filter((row) => wentOn(row.opened_at, row.resolved_at, range))
        .map((row) => ({ ...whose, view, ...row }));
    case 'sync':
      return reader
        .sync()
        .filter((row) => wentOn(row.stale_from, row.refreshed_at, range))
        .map((row) => ({ ...whose, view, ...row }));
    case 'state':
      return reader.state().map((row) => ({ ...whose, view, ...row }));
  }
}

/** What has no end yet goes on. */
function wentOn(from: string, to: string, { since, until }: Range): boolean {
  const endedBefore = since !== undefined && to !== '' && Date.parse(to) < since;
  const beganAfter = until !== undefined && Date.parse(from) > until;
  return !endedBefore && !beganAfter;
}

/** One JSON object a line. */
export function ndjsonOf(rows: readonly ExportOutput[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** The line of a table that names its columns; the first is `user` where rows say whose they are. */
export function csvHeader(view: ViewName, withUser = false): string {
  return stringify([[...(withUser ? ['user'] : []), ...views[view].columns]]);
}

/**
 * Rows of one view as a table. A cell that a spreadsheet would take for a formula begins with an apostrophe: the database is
 * the user's own file, and the one who opens the table is somebody else. Numbers stay as they are.
 */
export function csvOf(rows: readonly ExportOutput[]): string {
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

function harmless(cell: string): string {
  return /^[=+\-@\t\r\n]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell) ? `'${cell}` : cell;
}
