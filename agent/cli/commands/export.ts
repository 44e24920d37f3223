import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { installed } from '../../../launchd/installed-paths.ts';
import { copyDatabase } from '../../export/copy-database.ts';
import { exportAllUsers } from '../../export/export-all-users.ts';
import { type ExportRequest, exportFormats } from '../../export/export-request.ts';
import { headerOf, linesOf, rowsOf } from '../../export/rows.ts';
import { pathsToRead } from '../../history/paths-to-read.ts';
import { below } from '../../mac/sysroot.ts';
import { ProblemError, UsageError } from '../../shared/errors.ts';
import { type ExitStatus, exitStatus } from '../../shared/exit-status.ts';
import type { GlobalOptions } from '../../shared/global-options.ts';
import { writePrivateFile } from '../../shared/private-file.ts';
import { sanitiseLine } from '../../shared/safe-text.ts';
import { openReader } from '../../store/reader.ts';
import { viewNames } from '../../store/tables.ts';
import { optionsOf, type Position, refuseOverwriting } from '../options/export-options.ts';
import { printLine } from '../print/print.ts';
import { progressLine } from '../print/progress.ts';
import { printToStandardError } from '../print/standard-output.ts';
import type { Subcommand } from '../subcommand.ts';

export const exportCommand: Subcommand = {
  reads: 'history',
  coversAllUsers: ({ allUsers }) => allUsers === true,
  configure(command, call) {
    command
      .option('--format <format>', `one of ${exportFormats.join(', ')}`, 'ndjson')
      .option('--out <file>', 'output file; ndjson and csv: standard output without it or with -')
      .option('--view <view>', `only this view: ${viewNames.join(', ')}, or all; default: all, of csv events`)
      .option('--since <when>', 'rows since 30s, 5m, 4h, 2d or 1w ago, today, yesterday, or a date')
      .option('--until <when>', 'rows until this time; includes a date')
      .option('--since-id <id>', 'flat records after this event, for log platforms; 0: all; see below')
      .option('--all-users', 'export all users of this Mac, as root; sqlite then writes a folder')
      .option('--force', 'overwrite an existing file')
      .addHelpText(
        'after',
        `
Copies the history, consistently also while the agent writes: sqlite is one database file; ndjson and csv are
the rows of the public views. Only you can read the files (0600). Exit status 1 when a history was skipped.
--since-id: events, password windows, issues and the state, one a line of at most 8 kB. The last line has the
"position" for the next call.

Example:
  psso-monitor export --format sqlite --out history.db
  psso-monitor export --since 7d > week.ndjson
  psso-monitor export --since-id 0 > records.ndjson
  psso-monitor export --since-id "$(tail -n 1 records.ndjson | jq -r .position)" > later.ndjson
  psso-monitor export --format csv --view events --out events.csv
  sudo "${installed.command}" export --all-users --out all-users.ndjson
`,
      );
    call(async (global) => {
      const options = optionsOf(command.opts(), Date.now());
      if (options.allUsers) return await exportOfAllUsers(global, options);
      const progress = progressLine();
      // Lines on the same terminal would mix with it.
      if (options.out !== null) progress.say('Reading the history…');
      await exportOwn(global, options);
      if (options.out !== null) progress.done();
      if (options.out !== null) printLine(`Written: ${options.out}`);
      return exitStatus.done;
    });
  },
};

async function exportOwn(
  global: GlobalOptions,
  options: ExportRequest & { readonly after: Position | null },
): Promise<void> {
  const { out, range, force, after } = options;
  const { database } = await pathsToRead(global);
  if (out !== null) refuseOverwriting(out, force);
  if (options.format === 'sqlite') {
    // Throws the StoreError for a missing or unreadable history.
    openReader({ path: database }).close();
    await copyDatabase(database, options.out, range);
    return;
  }
  if (after !== null) {
    openReader({ path: database }).close();
    const text = await flatTextOf(database, global, after);
    if (out === null) process.stdout.write(text);
    else writePrivateFile(out, text, { force });
    return;
  }
  const reader = openReader({ path: database });
  try {
    const rows = rowsOf(reader, options.views, range);
    const text = headerOf(options, { withUser: false }) + linesOf(options, rows);
    if (out === null) process.stdout.write(text);
    else writePrivateFile(out, text, { force });
  } finally {
    reader.close();
  }
}

/** The flat lines of one history. The file's name names the Mac, or else this computer's does. */
async function flatTextOf(
  database: string,
  { database: copy, user }: GlobalOptions,
  after: Position,
): Promise<string> {
  const [{ recordsOfDatabase }, { flatLines }, { nameOfFile }] = await Promise.all([
    import('../../fleet-store/records-of-database.ts'),
    import('../../fleet-store/flat-lines.ts'),
    import('../../fleet/find-databases.ts'),
  ]);
  const mac = copy === undefined ? hostname() : sanitiseLine(nameOfFile(resolve(copy)));
  const records = recordsOfDatabase(database, { mac, user: user ?? '', after, now: Date.now() });
  return records.map(flatLines).join('');
}

async function exportOfAllUsers(global: GlobalOptions, request: ExportRequest): Promise<ExitStatus> {
  if (process.getuid?.() !== 0)
    throw new UsageError(`--all-users needs root: sudo "${installed.command}" export --all-users`);
  if (global.dataDir !== undefined)
    throw new UsageError("--all-users reads every user's own folder, and --data-dir names one; choose one.");
  if (global.database !== undefined || global.user !== undefined)
    throw new UsageError(
      '--all-users covers every user of this Mac; --user and --database choose one history.',
    );
  const users = below(global.sysroot ?? null, '/Users');
  if (!existsSync(users))
    throw new ProblemError(`the folder ${users} does not exist, so there are no users.`);
  const { format, out, force } = request;
  if (out !== null && format !== 'sqlite') refuseOverwriting(out, force);
  // Standard output then holds data only.
  const say = out === null ? printToStandardError : printLine;
  const { found, skipped, text } = await exportAllUsers(users, process.argv[1] ?? '', request, say);
  if (out === null) process.stdout.write(text);
  else printLine(`Written: ${out}`);
  if (found === 0 && skipped === 0) say('No user on this Mac has a history.');
  return skipped > 0 ? exitStatus.problem : exitStatus.done;
}
