// export/: copies of a history as SQLite, NDJSON or CSV, of one user or of all users of this Mac.
// `ExportRequest` says what to export, and where to.

import type { ViewName } from '../store/tables.ts';
import type { Range } from './range.ts';

export const exportFormats = ['sqlite', 'ndjson', 'csv'] as const;

/** A copy of the database. `out`: its file; with all users, a folder with a file a user. */
export interface DatabaseRequest {
  readonly format: 'sqlite';
  readonly out: string;
  readonly range: Range;
  readonly force: boolean;
}

interface RowsRequest {
  /** null: standard output. */
  readonly out: string | null;
  readonly range: Range;
  readonly force: boolean;
}
interface NdjsonRequest extends RowsRequest {
  readonly format: 'ndjson';
  readonly views: readonly ViewName[];
}
interface CsvRequest extends RowsRequest {
  readonly format: 'csv';
  /** The columns are those of one view. */
  readonly views: readonly [ViewName];
}
/** Rows of public views. */
export type TableRequest = NdjsonRequest | CsvRequest;

/** What to export, and where to. */
export type ExportRequest = DatabaseRequest | TableRequest;
