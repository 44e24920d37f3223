import { pathsOf } from '../paths.ts';
import { openReader } from '../store/reader.ts';
import { exitStatus, type Subcommand } from './command.ts';
import { instant } from './instants.ts';
import { printJson, printLine, styled } from './print.ts';
import { statusOf } from './status-of.ts';

export const status: Subcommand = {
  configure(command, call) {
    command.option('--json', 'print JSON').addHelpText(
      'after',
      `
Says what the agent knows; it does not look at the Mac itself. Exit status 1 when an issue is open.

Example:
  psso-monitor status
  psso-monitor status --json
`,
    );
    call(async (global) => {
      const options = command.opts<{ json?: boolean }>();
      const paths = pathsOf(global);
      const reader = openReader({ path: paths.database });
      const found = statusOf(reader, paths.dataDir);
      reader.close();
      if (options.json) printJson(found);
      else {
        const style = found.headline === 'ok' ? 'green' : found.openIssues.length > 0 ? 'red' : 'yellow';
        printLine(`${styled(style, found.headlineText)}`);
        printLine(found.window);
        for (const issue of found.openIssues) {
          printLine(`  ${styled('bold', issue.issue)} since ${instant(issue.openedAt)}: ${issue.summary}`);
          printLine(`    psso-monitor explain ${issue.issue}`);
        }
        printLine(styled('dim', found.agent.text));
      }
      return found.openIssues.length > 0 ? exitStatus.problem : exitStatus.done;
    });
  },
};
