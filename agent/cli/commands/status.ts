import { pathsToRead } from '../../history/paths-to-read.ts';
import { statusOf } from '../../history/status-of.ts';
import { type ExitStatus, exitStatus } from '../../shared/exit-status.ts';
import { openReader } from '../../store/reader.ts';
import { printJson } from '../print/print.ts';
import { printStatus } from '../print/status-text.ts';
import type { Subcommand } from '../subcommand.ts';

export const status: Subcommand = {
  configure(command, call) {
    command.option('--json', 'print JSON').addHelpText(
      'after',
      `
Prints what the agent recorded; it does not poll the Mac. Exit status 1 when a problem is found, and 3 when
nothing was polled for a day and no issue was open then.

Example:
  psso-monitor status
  psso-monitor status --json
`,
    );
    call(async (global) => {
      // Throws StoreError before the first run of the agent.
      const paths = await pathsToRead(global);
      const reader = openReader({ path: paths.database });
      const found = statusOf(reader, paths);
      reader.close();
      if (command.opts<{ json?: boolean }>().json === true) printJson(found);
      else printStatus(found);
      const hasProblem = found.openIssues.length > 0 || (found.was ?? found.headline) === 'needs-attention';
      return statusExit(hasProblem, found.was !== null);
    });
  },
};

/** The exit status of `status` and `issues`. `isOld`: the record is silent or ended. */
export function statusExit(hasProblem: boolean, isOld: boolean): ExitStatus {
  if (hasProblem) return exitStatus.problem;
  return isOld ? exitStatus.notKnown : exitStatus.done;
}
