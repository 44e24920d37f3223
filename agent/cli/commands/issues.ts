import { endOfHistory, knownUntil, openFor } from '../../history/known-until.ts';
import { pathsToRead } from '../../history/paths-to-read.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import { localDateTime, timeZone, withLocalTimes } from '../../shared/local-time.ts';
import { openReader } from '../../store/reader.ts';
import type { IssuesOutput } from '../output/issues.ts';
import { printJson, printLine, styled, table } from '../print/print.ts';
import type { Subcommand } from '../subcommand.ts';

export const issues: Subcommand = {
  configure(command, call) {
    command
      .option('--all', 'include resolved issues')
      .option('--json', 'print JSON, as in the view v_issues')
      .addHelpText(
        'after',
        `
Exit status 1 when an issue is open.

Example:
  psso-monitor issues
  psso-monitor issues --all --json
`,
      );
    call(async (global) => {
      const options = command.opts<{ all?: boolean; json?: boolean }>();
      const { database, dataDir } = await pathsToRead(global);
      const reader = openReader({ path: database });
      const rows = reader.issues();
      const now = Date.now();
      const until = knownUntil(reader, dataDir, now);
      reader.close();
      const open = rows.filter((row) => row.status === 'open');
      const shown: IssuesOutput = options.all ? rows : open;
      if (options.json) printJson(shown);
      else if (shown.length === 0)
        printLine(options.all ? 'No issue has been recorded.' : 'No issue is open.');
      else {
        printLine(
          table([
            ['Status', 'Issue', 'Opened', 'Open for', 'Summary'].map((head) => styled('bold', head)),
            ...shown.map((row) => [
              styled(row.status === 'open' ? 'red' : 'dim', row.status),
              row.issue,
              localDateTime(row.opened_at),
              openFor(row, until),
              withLocalTimes(row.summary),
            ]),
          ]),
        );
        const end = endOfHistory(until, now);
        if (end !== null) printLine(styled('dim', end));
        printLine(styled('dim', `Times are ${timeZone()}.`));
      }
      return open.length > 0 ? exitStatus.problem : exitStatus.done;
    });
  },
};
