import { installed } from '../../../launchd/installed-paths.ts';
import { copyDatabase } from '../../export/copy-database.ts';
import { csvHeader, csvOf, ndjsonOf, rowsOf } from '../../export/rows.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import type { GlobalOptions } from '../../shared/global-options.ts';
import { pathsOf } from '../../shared/paths.ts';
import { writePrivateFile } from '../../shared/private-file.ts';
import { openReader } from '../../store/reader.ts';
import { type ViewName, viewNames } from '../../store/tables.ts';
import { type ExportOptions, formats, optionsOf, refuseOverwriting } from '../options/export-options.ts';
import { printLine } from '../print/print.ts';
import type { Subcommand } from '../subcommand.ts';
import { exportAllUsers } from './export-all-users.ts';

export const exportCommand: Subcommand = {
  configure(command, call) {
    command
      .option('--format <format>', `what to write: ${formats.join(', ')}`, 'ndjson')
      .option('--out <file>', 'where to; ndjson and csv go to standard output without it, or with -')
      .option('--view <view>', `only this view: ${viewNames.join(', ')}, or all`)
      .option('--since <when>', 'from this time on: 30s, 5m, 4h, 2d, 1w ago, or a date')
      .option('--until <when>', 'up to this time; a date is included')
      .option('--all-users', "everybody's history on this Mac, as root; sqlite is then a folder of files")
      .option('--force', 'write over a file that is there')
      .addHelpText(
        'after',
        `
A copy of what is recorded, complete also while the agent writes: sqlite is one file that any SQLite opens, ndjson and csv
are the rows of the public views. Files are for you alone (0600). Exit status 1 when a user's history was skipped.

Example:
  psso-monitor export --format sqlite --out history.db
  psso-monitor export --since 7d > week.ndjson
  psso-monitor export --format csv --view events --out events.csv
  sudo "${installed.command}" export --all-users --out everybody.ndjson
`,
      );
    call(async (global) => {
      const options = optionsOf(command.opts(), Date.now());
      if (options.allUsers) return await exportAllUsers(global, options);
      await exportOwn(global, options);
      if (options.out !== null) printLine(`Written: ${options.out}`);
      return exitStatus.done;
    });
  },
};

async function exportOwn(global: GlobalOptions, options: ExportOptions): Promise<void> {
  const { format, out, range, force } = options;
  const { database } = pathsOf(global);
  if (out !== null) refuseOverwriting(out, force);
  if (format === 'sqlite') {
    // Says in plain words that there is no history, where there is none.
    openReader({ path: database }).close();
    await copyDatabase(database, out ?? '', range);
    return;
  }
  const reader = openReader({ path: database });
  try {
    const rows = rowsOf(reader, options.views, range);
    const [view = 'events' satisfies ViewName] = options.views;
    const text = format === 'csv' ? csvHeader(view) + csvOf(rows) : ndjsonOf(rows);
    if (out === null) process.stdout.write(text);
    else writePrivateFile(out, text, { force });
  } finally {
    reader.close();
  }
}
