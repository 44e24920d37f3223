import { existsSync } from 'node:fs';
import { type ExportRequest, exportFormats } from '../../export/export-request.ts';
import { UsageError } from '../../shared/errors.ts';
import { type ViewName, viewNames } from '../../store/tables.ts';
import { rangeOption } from './instant-option.ts';

type ExportOptions = ExportRequest & {
  readonly allUsers: boolean;
  /** Flat records after this one instead of rows of the views; null: rows. */
  readonly after: Position | null;
};

/** The last event that a caller has. `history` null: of any history. */
export interface Position {
  readonly history: string | null;
  readonly event: number;
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
    sinceId?: string;
    force?: boolean;
  },
  now: number,
): ExportOptions {
  const format = exportFormats.find((one) => one === given.format);
  if (format === undefined)
    throw new UsageError(`there is no format "${given.format}"; choose one of ${exportFormats.join(', ')}.`);
  // A file of CSV has the columns of one view.
  const views = viewsOf(given.view ?? (format === 'csv' ? 'events' : undefined));
  const range = rangeOption(given, now);
  const out = given.out === undefined || given.out === '-' ? null : given.out;
  const allUsers = given.allUsers === true;
  const after = given.sinceId === undefined ? null : positionOption(given.sinceId);
  if (after !== null) checkSinceId(given);
  const common = { range, allUsers, after, force: given.force === true };
  if (format === 'sqlite') {
    if (out === null)
      throw new UsageError(`sqlite needs an output: --out ${allUsers ? 'FOLDER' : 'history.db'}.`);
    if (given.view !== undefined)
      throw new UsageError('--view is for ndjson and csv; sqlite always has all views.');
    return { ...common, format, out };
  }
  const [view, ...others] = views;
  if (format === 'csv') {
    if (view === undefined || others.length > 0)
      throw new UsageError('csv holds one view: --view events, for example.');
    return { ...common, format, out, views: [view] };
  }
  return { ...common, format, out, views };
}

/** `N`, or `HISTORY:N`, as the last line of the call before has it in `position`. */
function positionOption(text: string): Position {
  const [, history, id] = /^(?:([^:\s]+|name:.+):)?(\d{1,10})$/.exec(text) ?? [];
  if (id === undefined)
    throw new UsageError(
      `--since-id takes the position of the last line of the call before, or 0 for all records; not "${text}".`,
    );
  return { history: history ?? null, event: Number(id) };
}

/** Throws UsageError for what does not go with `--since-id`. */
function checkSinceId(given: {
  format: string;
  view?: string;
  since?: string;
  until?: string;
  allUsers?: boolean;
}): void {
  if (given.format !== 'ndjson') throw new UsageError(`--since-id writes ndjson, not ${given.format}.`);
  const other = (['view', 'since', 'until', 'allUsers'] as const).find((name) => given[name] !== undefined);
  if (other !== undefined)
    throw new UsageError(
      `--since-id writes all records after one event: use it without --${other === 'allUsers' ? 'all-users' : other}.`,
    );
}

function viewsOf(text: string | undefined): readonly ViewName[] {
  if (text === undefined || text === 'all') return viewNames;
  const view = viewNames.find((one) => one === text || `v_${one}` === text);
  if (view === undefined)
    throw new UsageError(`there is no view "${text}"; choose one of ${viewNames.join(', ')} or all.`);
  return [view];
}

/** Throws UsageError when the file exists and `force` is false. */
export function refuseOverwriting(path: string, force: boolean): void {
  if (!force && existsSync(path))
    throw new UsageError(`${path} exists already; choose another name, or overwrite it with --force.`);
}
