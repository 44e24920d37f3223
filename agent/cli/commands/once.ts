import type { AgentActivity, CycleResult } from '../../daemon/agent-dependencies.ts';
import { composeAgent } from '../../daemon/compose-agent.ts';
import { createSingleObserver } from '../../observe/observe.ts';
import { systemClock } from '../../shared/clock.ts';
import { ProblemError } from '../../shared/errors.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import { pathsOf } from '../../shared/paths.ts';
import { refuseRoot } from '../../shared/refuse-root.ts';
import { version } from '../../shared/version.ts';
import { acquireInstanceLock } from '../../store/instance-lock.ts';
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
      refuseRoot(global, 'once');
      const lock = acquireInstanceLock(pathsOf(global).dataDir, systemClock.now(), version);
      if (!lock.ok) {
        throw new ProblemError(
          'the agent already runs for this user; `psso-monitor status` prints what it recorded.',
        );
      }
      const watched: AgentActivity[] = [];
      const { agent, beforeStart, pollIntervalSeconds } = await composeAgent(global, {
        lock,
        observer: createSingleObserver,
        every: null,
        watch: (what) => watched.push(what),
      });
      let result: CycleResult | null;
      try {
        agent.catchUp(beforeStart, pollIntervalSeconds);
        result = await agent.poll();
      } finally {
        agent.close();
      }
      const observation = watched.flatMap((what) => (what.type === 'polled' ? [what.observation] : [])).at(0);
      if (result === null || observation === undefined)
        throw new ProblemError('the poll could not be recorded; the log of the agent has the reason.');

      const events = watched.flatMap((what) => (what.type === 'event' ? [what.event] : []));
      const open = result.detected.open.map((issue) => issue.issue);
      if (options.json) {
        const { state } = result.detected;
        printJson({
          observation,
          state,
          events: events.map(eventOut),
          openIssues: open,
        } satisfies OnceOutput);
      } else {
        const { appSso } = observation;
        const headline = result.detected.state.headline ?? 'unknown';
        // A failure changes the state only after a second poll confirms it.
        const unchanged = !appSso.ok && headline !== 'unknown';
        printLine(`Platform SSO: ${headline}${unchanged ? ', unchanged' : ''}`);
        if (!appSso.ok) printLine(`  app-sso can't be read (${appSso.reason}): ${appSso.detail}`);
        else if (appSso.value.warnings.length > 0)
          printLine(`  Some app-sso output was not understood: ${appSso.value.warnings.join('; ')}`);
        for (const event of events) printLine(`  ${event.kind}: ${event.summary}`);
        if (events.length === 0) printLine('  Nothing changed.');
        if (open.length > 0) printLine(`Open issues: ${open.join(', ')}`);
      }
      return open.length > 0 ? exitStatus.problem : exitStatus.done;
    });
  },
};

function eventOut(event: StoredEvent): OnceOutput['events'][number] {
  const { kind, issue, severity, summary, data } = event;
  return { at: new Date(event.at).toISOString(), kind, issue, severity, summary, data };
}
