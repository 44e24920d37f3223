import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError } from '../shared/errors.ts';
import { writePrivateFile } from '../shared/private-file.ts';
import { readerOf } from '../store/reader.ts';
import type { FreshDatabase } from '../untrusted/fresh-database.ts';
import { historiesOfUsers } from '../untrusted/histories-of-users.ts';
import { trim } from './copy-database.ts';
import type { ExportRequest } from './export-request.ts';
import { csvHeader, csvOf, ndjsonOf, rowsOf } from './rows.ts';

interface ExportedUsers {
  readonly found: number;
  readonly skipped: number;
  /** The export, when it goes to standard output; else empty. */
  readonly text: string;
}

/**
 * Exports the histories of all users into one file with a user column, or into one SQLite file a user. Passes
 * one line a user to `say`, also for an unreadable history, which is skipped. `entry`: the program's own
 * file.
 */
export async function exportAllUsers(
  usersFolder: string,
  entry: string,
  request: ExportRequest,
  say: (line: string) => void,
): Promise<ExportedUsers> {
  const { format, out, force } = request;
  if (format === 'sqlite') makeFolder(out ?? '');
  const texts: string[] = [];
  let [found, skipped] = [0, 0];
  for await (const history of historiesOfUsers(usersFolder, entry)) {
    const { user } = history;
    if (history.kind === 'none') say(`${user}: no history`);
    else if (history.kind === 'skipped') {
      skipped++;
      say(`${user}: skipped: ${history.why}`);
    } else {
      found++;
      say(`${user}: ${write(history.fresh, user, request, texts)}`);
    }
  }
  if (format === 'sqlite') return { found, skipped, text: '' };
  const [view = 'events'] = request.views;
  const text = (format === 'csv' ? csvHeader(view, true) : '') + texts.join('');
  if (out === null) return { found, skipped, text };
  writePrivateFile(out, text, { force });
  return { found, skipped, text: '' };
}

/** Writes one history. Returns what was written, for the line of its user. */
function write(fresh: FreshDatabase, user: string, request: ExportRequest, texts: string[]): string {
  const { format, out, views, range, force } = request;
  if (format === 'sqlite') {
    trim(fresh.db, range);
    const file = join(out ?? '', `${user}.db`);
    writePrivateFile(file, fresh.db.serialize(), { force });
    return file;
  }
  const rows = rowsOf(readerOf(fresh.db, user), views, range, user);
  texts.push(format === 'csv' ? csvOf(rows) : ndjsonOf(rows));
  return rows.length === 1 ? '1 row' : `${rows.length} rows`;
}

/** Creates a private folder. An existing folder keeps its mode; the files in it are private in any case. */
function makeFolder(path: string): void {
  try {
    if (mkdirSync(path, { recursive: true, mode: 0o700 }) !== undefined) chmodSync(path, 0o700);
  } catch (cause) {
    throw new ProblemError(`the folder ${path} could not be created.`, { cause });
  }
}
