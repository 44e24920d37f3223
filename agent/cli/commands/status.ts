import { pathsToRead } from '../../history/paths-to-read.ts';
import { statusOf } from '../../history/status-of.ts';
import { notComparedText } from '../../shared/effective-password-policy.ts';
import { type ExitStatus, exitStatus } from '../../shared/exit-status.ts';
import type { GlobalOptions } from '../../shared/global-options.ts';
import { localTime, withLocalTimes } from '../../shared/local-time.ts';
import { openReader } from '../../store/reader.ts';
import { printJson, printLine, styled } from '../print/print.ts';
import type { Subcommand } from '../subcommand.ts';

export const status: Subcommand = {
  configure(command, call) {
    command.option('--json', 'print JSON').addHelpText(
      'after',
      `
Prints what the agent recorded; it does not poll the Mac. Exit status 1 when an issue is open.

Example:
  psso-monitor status
  psso-monitor status --json
`,
    );
    call(async (global) => printStatus(global, command.opts<{ json?: boolean }>().json === true));
  },
};

/** Throws StoreError before the first run of the agent. */
async function printStatus(global: GlobalOptions, json: boolean): Promise<ExitStatus> {
  const paths = await pathsToRead(global);
  const reader = openReader({ path: paths.database });
  const found = statusOf(reader, paths.dataDir);
  reader.close();
  if (json) printJson(found);
  else {
    const style = found.headline === 'ok' ? 'green' : found.openIssues.length > 0 ? 'red' : 'yellow';
    // An issue opens at its first sighting, one poll before it is confirmed; `since` is the opening.
    const openings = found.openIssues.map(({ openedAt }) => openedAt).filter((at) => at <= found.since);
    const began = openings.sort().at(-1) ?? found.since;
    const since = found.headline === 'ok' || found.since === '' ? '' : ` Since ${localTime(began)}.`;
    printLine(`${styled(style, found.headlineText)}${since}`);
    printLine(found.window);
    for (const issue of found.openIssues) {
      const opened = `  ${styled('bold', issue.issue)} since ${localTime(issue.openedAt)}`;
      printLine(`${opened}: ${withLocalTimes(issue.summary)}`);
      printLine(`    psso-monitor explain ${issue.issue}`);
    }
    const notCompared = found.state['password-rules-not-compared'] ?? '';
    if (notCompared !== '') printLine(notComparedText(notCompared.split(', ')));
    printLine(styled('dim', found.agent.text));
  }
  return found.openIssues.length > 0 ? exitStatus.problem : exitStatus.done;
}
