import { hostname, userInfo } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { withPathsToRead } from '../../history/paths-to-read.ts';
import { statusOf } from '../../history/status-of.ts';
import type { StatusOutput } from '../../history/status-output.ts';
import { loadOrganisation } from '../../settings/load-context.ts';
import { UsageError } from '../../shared/errors.ts';
import { type ExitStatus, exitStatus } from '../../shared/exit-status.ts';
import type { GlobalOptions } from '../../shared/global-options.ts';
import { localTime } from '../../shared/local-time.ts';
import { onStopSignal } from '../../shared/stop-signals.ts';
import { second, toIso } from '../../shared/time.ts';
import { openReader } from '../../store/reader.ts';
import { clearScreen, printJson, printJsonLine, printLine, styled } from '../print/print.ts';
import { mayBeTerminal } from '../print/standard-output.ts';
import { printStatus } from '../print/status-text.ts';
import type { Subcommand } from '../subcommand.ts';

export const status: Subcommand = {
  reads: 'history',
  configure(command, call) {
    command
      .option('--watch', 'print it again whenever it changes, until Ctrl-C')
      .option('--json', 'print JSON; with --watch NDJSON')
      .addHelpText(
        'after',
        `
Prints what the agent recorded; it does not poll the Mac. Exit status 1 when a problem is found, and 3 when
nothing was polled for a day and no issue was open then.

Example:
  psso-monitor status
  psso-monitor status --json
  psso-monitor status --watch
  psso-monitor status --database pulled/events.db
`,
      );
    call(async (global) => {
      const { watch = false, json = false } = command.opts<{ watch?: boolean; json?: boolean }>();
      if (watch && global.database !== undefined)
        throw new UsageError('--watch follows an agent, and the copy of --database never changes.');
      // Throws StoreError before the first run of the agent.
      const found = await statusNow(global);
      if (watch)
        return exitOf(
          await watchStatus(global, found, {
            print: json ? printJsonLine : (now) => printOnClearScreen(now, global),
            replacesScreen: !json && mayBeTerminal(),
          }),
        );
      if (json) printJson(found);
      else {
        printStatus(found, global);
        const whose = whoseHistory(global);
        if (whose !== '') printLine(styled('dim', whose));
      }
      return exitOf(found);
    });
  },
};

function whoseHistory({ database, dataDir, user, sysroot }: GlobalOptions): string {
  const place = database ?? dataDir;
  if (user === undefined && place !== undefined) return `This is the history in ${place}.`;
  if (sysroot !== undefined) return '';
  return `This is the history of ${user ?? userInfo().username} on ${hostname()}.`;
}

async function statusNow(global: GlobalOptions): Promise<StatusOutput> {
  const organisation = await loadOrganisation(global);
  return await withPathsToRead(global, (paths) => {
    const reader = openReader({ path: paths.database });
    try {
      return statusOf(reader, paths, new Date(), organisation);
    } finally {
      reader.close();
    }
  });
}

/** Often enough that a person sees a change at once; a reading takes some milliseconds. */
const watchEveryMs = 2 * second;

/** Prints the status whenever its content changes. Resolves to the last one after a signal. */
async function watchStatus(
  global: GlobalOptions,
  first: StatusOutput,
  { print, replacesScreen }: { print: (found: StatusOutput) => void; replacesScreen: boolean },
): Promise<StatusOutput> {
  const ended = new AbortController();
  onStopSignal(() => ended.abort());
  let found = first;
  let printed = '';
  while (!ended.signal.aborted) {
    const content = contentOf(found, replacesScreen);
    if (content !== printed) print(found);
    printed = content;
    await wait(watchEveryMs, undefined, { signal: ended.signal }).catch(() => {});
    if (!ended.signal.aborted) found = await statusNow(global);
  }
  return found;
}

/** What makes a status a new one. The age of the last poll only counts where a screen is replaced. */
function contentOf({ agent, ...others }: StatusOutput, replacesScreen: boolean): string {
  const { text, ...shown } = agent;
  return JSON.stringify([others, shown, replacesScreen ? text : '']);
}

function printOnClearScreen(found: StatusOutput, global: GlobalOptions): void {
  clearScreen();
  printStatus(found, global);
  printLine(styled('dim', `As of ${localTime(toIso(Date.now()))}. Ctrl-C ends this.`));
}

function exitOf({ openIssues, was, headline }: StatusOutput): ExitStatus {
  return statusExit(
    openIssues.some(({ alsoNoticed }) => !alsoNoticed) || (was ?? headline) === 'needs-attention',
    was !== null,
  );
}

/** The exit status of `status` and `issues`. `isOld`: the record is silent or ended. */
export function statusExit(hasProblem: boolean, isOld: boolean): ExitStatus {
  if (hasProblem) return exitStatus.problem;
  return isOld ? exitStatus.notKnown : exitStatus.done;
}
