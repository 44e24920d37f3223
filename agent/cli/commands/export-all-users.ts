import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { installed } from '../../../launchd/installed-paths.ts';
import { trim } from '../../export/copy-database.ts';
import { csvHeader, csvOf, ndjsonOf, rowsOf } from '../../export/rows.ts';
import { below } from '../../mac/sysroot.ts';
import { ProblemError, UsageError } from '../../shared/errors.ts';
import { type ExitStatus, exitStatus } from '../../shared/exit-status.ts';
import type { GlobalOptions } from '../../shared/global-options.ts';
import { writePrivateFile } from '../../shared/private-file.ts';
import { readerOf } from '../../store/reader.ts';
import type { FreshDatabase } from '../../untrusted/fresh-database.ts';
import { historiesOfUsers } from '../../untrusted/histories-of-users.ts';
import { type ExportOptions, refuseOverwriting } from '../options/export-options.ts';
import { printLine } from '../print/print.ts';

/**
 * Exports the histories of all users into one file with a user column, or into one SQLite file a user. Names
 * and skips an unreadable history, and then returns the exit status of a problem.
 */
export async function exportAllUsers(global: GlobalOptions, options: ExportOptions): Promise<ExitStatus> {
  if (process.getuid?.() !== 0)
    throw new UsageError(`--all-users needs root: sudo "${installed.command}" export --all-users.`);
  if (global.dataDir !== undefined)
    throw new UsageError("--all-users reads every user's own folder, and --data-dir names one; choose one.");
  const users = below(global.sysroot ?? null, '/Users');
  if (!existsSync(users))
    throw new ProblemError(`the folder ${users} does not exist, so there are no users.`);
  const { format, out, force } = options;
  if (format === 'sqlite') makeFolder(out ?? '');
  else if (out !== null) refuseOverwriting(out, force);

  // Standard output then holds data only.
  const say = out === null ? (line: string) => process.stderr.write(`${line}\n`) : printLine;
  const texts: string[] = [];
  let [found, skipped] = [0, 0];
  const [, entry = ''] = process.argv;
  for await (const history of historiesOfUsers(users, entry)) {
    const { user } = history;
    if (history.kind === 'none') say(`${user}: no history`);
    else if (history.kind === 'skipped') {
      skipped++;
      say(`${user}: skipped: ${history.why}`);
    } else {
      found++;
      say(`${user}: ${write(history.fresh, user, options, texts)}`);
    }
  }
  if (format !== 'sqlite') {
    const [view = 'events'] = options.views;
    const text = (format === 'csv' ? csvHeader(view, true) : '') + texts.join('');
    if (out === null) process.stdout.write(text);
    else writePrivateFile(out, text, { force });
  }
  if (out !== null) printLine(`Written: ${out}`);
  if (found === 0 && skipped === 0) say('No user on this Mac has a history.');
  return skipped > 0 ? exitStatus.problem : exitStatus.done;
}

/** Writes one history. Returns what was written, for the line of its user. */
function write(fresh: FreshDatabase, user: string, options: ExportOptions, texts: string[]): string {
  const { format, out, views, range, force } = options;
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
