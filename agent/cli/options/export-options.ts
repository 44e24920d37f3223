import { existsSync } from 'node:fs';
import { type ExportRequest, exportFormats } from '../../export/export-request.ts';
import { UsageError } from '../../shared/errors.ts';
import { type ViewName, viewNames } from '../../store/tables.ts';
import { rangeOption } from './instant-option.ts';

interface ExportOptions extends ExportRequest {
  readonly allUsers: boolean;
}

/** Validates the options of `export`. Throws UsageError for an invalid combination. */
export function optionsOf(
  given: {
    format: string;
    out?: string;
    view?: string;
    since?: string;
    until?: string;
    allUsers?: boolean;
    force?: boolean;
  },
  now: number,
): ExportOptions {
  const format = exportFormats.find((one) => one === given.format);
  if (format === undefined)
    throw new UsageError(`there is no format "${given.format}"; choose one of ${exportFormats.join(', ')}.`);
  const views = viewsOf(given.view);
  const range = rangeOption(given, now);
  const out = given.out === undefined || given.out === '-' ? null : given.out;
  const allUsers = given.allUsers === true;
  if (format === 'sqlite' && out === null)
    throw new UsageError(`sqlite needs an output: --out ${allUsers ? 'FOLDER' : 'history.db'}.`);
  if (format === 'sqlite' && given.view !== undefined)
    throw new UsageError('--view is for ndjson and csv; sqlite always has all views.');
  if (format === 'csv' && views.length !== 1)
    throw new UsageError('csv holds one view: --view events, for example.');
  return { format, out, views, range, allUsers, force: given.force === true };
}

function viewsOf(text: string | undefined): readonly ViewName[] {
  if (text === undefined || text === 'all') return viewNames;
  const view = viewNames.find((one) => one === text);
  if (view === undefined)
    throw new UsageError(`there is no view "${text}"; choose one of ${viewNames.join(', ')} or all.`);
  return [view];
}

/** Throws UsageError when the file exists and `force` is false. */
export function refuseOverwriting(path: string, force: boolean): void {
  if (!force && existsSync(path))
    throw new UsageError(`${path} exists already; choose another name, or overwrite it with --force.`);
}
