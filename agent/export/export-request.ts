import type { ViewName } from '../store/tables.ts';
import type { Range } from './rows.ts';

export const exportFormats = ['sqlite', 'ndjson', 'csv'] as const;
type Format = (typeof exportFormats)[number];

/** What to export, and where to. */
export interface ExportRequest {
  readonly format: Format;
  /** null: standard output. Never null with sqlite. */
  readonly out: string | null;
  /** With csv exactly one. */
  readonly views: readonly ViewName[];
  readonly range: Range;
  readonly force: boolean;
}
