import { pollOnce, type SinglePoll } from '../../daemon/poll-once.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import type { StoredEvent } from '../../store/store.ts';
import type { OnceOutput } from '../output/once.ts';
import { printJson, printLine } from '../print/print.ts';
import type { Subcommand } from '../subcommand.ts';

export const once: Subcommand = {
  configure(command, call) {
    command.option('--json', 'print observation, events and open issues as JSON').addHelpText(
      'after',
      `
Polls once, records changes, and notifies as the agent does. Exit status 1 when an issue is open.

Example:
  psso-monitor once
  psso-monitor once --json --sysroot ./mac --data-dir ./data
`,
    );
    call(async (global) => {
      const options = command.opts<{ json?: boolean }>();
      const { observation, detected, events } = await pollOnce(global);
      const openIssues = detected.open.map(({ issue }) => issue);
      const { state } = detected;
      if (options.json)
        printJson({ observation, state, events: events.map(eventOut), openIssues } satisfies OnceOutput);
      else print({ observation, detected, events }, openIssues);
      return openIssues.length > 0 ? exitStatus.problem : exitStatus.done;
    });
  },
};

function print(
  { observation: { appSso }, detected, events }: SinglePoll,
  openIssues: readonly string[],
): void {
  const headline = detected.state.headline ?? 'unknown';
  // A failure changes the state only after a second poll confirms it.
  const unchanged = !appSso.ok && headline !== 'unknown';
  printLine(`Platform SSO: ${headline}${unchanged ? ', unchanged' : ''}`);
  if (!appSso.ok) printLine(`  app-sso can't be read (${appSso.reason}): ${appSso.detail}`);
  else if (appSso.value.warnings.length > 0)
    printLine(`  Some app-sso output was not understood: ${appSso.value.warnings.join('; ')}`);
  for (const event of events) printLine(`  ${event.kind}: ${event.summary}`);
  if (events.length === 0) printLine('  Nothing changed.');
  if (openIssues.length > 0) printLine(`Open issues: ${openIssues.join(', ')}`);
}

function eventOut(event: StoredEvent): OnceOutput['events'][number] {
  const { kind, issue, severity, summary, data } = event;
  return { at: new Date(event.at).toISOString(), kind, issue, severity, summary, data };
}
