import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError } from '../shared/errors.ts';
import { writePrivateFile } from '../shared/private-file.ts';
import { readerOf } from '../store/reader.ts';
import type { FreshDatabase } from '../untrusted/fresh-database.ts';
import { historiesOfUsers } from '../untrusted/histories-of-users.ts';
import { trim } from './copy-database.ts';
import type { DatabaseRequest, ExportRequest, TableRequest } from './export-request.ts';
import { headerOf, linesOf, rowsOf } from './rows.ts';

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
  const target = request.format === 'sqlite' ? folderOfDatabases(request) : tableOfUsers(request);
  let [found, skipped] = [0, 0];
  for await (const history of historiesOfUsers(usersFolder, entry)) {
    const { user } = history;
    if (history.kind === 'none') say(`${user}: no history`);
    else if (history.kind === 'skipped') {
      skipped++;
      say(`${user}: skipped: ${history.why}`);
    } else {
      found++;
      say(`${user}: ${target.add(history.fresh, user)}`);
    }
  }
  return { found, skipped, text: target.finish() };
}

/** Where the histories of all users go. */
interface Target {
  /** Adds one history. Returns what was written, for the line of its user. */
  add(fresh: FreshDatabase, user: string): string;
  /** Returns the text for standard output; empty: it is in a file. */
  finish(): string;
}

function folderOfDatabases({ out, range, force }: DatabaseRequest): Target {
  makeFolder(out);
  return {
    add(fresh, user) {
      trim(fresh.db, range);
      const file = join(out, `${user}.db`);
      writePrivateFile(file, fresh.db.serialize(), { force });
      return file;
    },
    finish: () => '',
  };
}

function tableOfUsers(request: TableRequest): Target {
  const texts = [headerOf(request, { withUser: true })];
  return {
    add(fresh, user) {
      const rows = rowsOf(readerOf(fresh.db, user), request.views, request.range, user);
      texts.push(linesOf(request, rows));
      return rows.length === 1 ? '1 row' : `${rows.length} rows`;
    },
    finish() {
      const text = texts.join('');
      if (request.out === null) return text;
      writePrivateFile(request.out, text, { force: request.force });
      return '';
    },
  };
}

/** Creates a private folder. An existing folder keeps its mode; the files in it are private in any case. */
function makeFolder(path: string): void {
  try {
    if (mkdirSync(path, { recursive: true, mode: 0o700 }) !== undefined) chmodSync(path, 0o700);
  } catch (cause) {
    throw new ProblemError(`the folder ${path} could not be created.`, { cause });
  }
}
