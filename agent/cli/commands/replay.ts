import type { AgentActivity } from '../../daemon/agent-dependencies.ts';
import { UsageError } from '../../shared/errors.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import { toIso } from '../../shared/time.ts';
import { runningAgent } from '../../store/run-file.ts';
import type { ReplayOutput } from '../output/replay.ts';
import { printJsonLine, printLine, styled } from '../print/print.ts';
import type { Subcommand } from '../subcommand.ts';

export const replay: Subcommand = {
  configure(command, call) {
    command
      .argument('<file>', 'a scenario in NDJSON; docs/scenarios.md describes the format')
      .option('--json', 'print events, notifications and a final summary as NDJSON')
      .addHelpText(
        'after',
        `
Runs the agent on a virtual clock against a simulated Mac. Deletes the database afterwards, unless --data-dir
is given. Exit status 0 when the scenario ran to its end.

Example:
  psso-monitor replay agent/simulation/working-day.ndjson
  psso-monitor replay scenario.ndjson --json
`,
      );
    call(async (global) => {
      const options = command.opts<{ json?: boolean }>();
      const [file = ''] = command.args;
      const [{ loadScenario }, engine] = await Promise.all([
        import('../../simulation/load-scenario.ts'),
        import('../../simulation/replay.ts'),
      ]);
      const scenario = loadScenario(file);
      if (global.dataDir !== undefined && runningAgent(global.dataDir) !== null) {
        throw new UsageError(
          `an agent records a real history in ${global.dataDir}; choose another folder for the scenario.`,
        );
      }
      if (!options.json) printLine(styled('bold', scenario.name));
      const summary = await engine.replay(scenario, {
        ...(global.dataDir === undefined ? {} : { dataDir: global.dataDir }),
        onActivity: options.json ? asJson : asText,
      });
      if (options.json) printReplayed({ type: 'summary', ...summary });
      else {
        const open =
          summary.openIssues.length === 0 ? 'no issue is open' : `open: ${summary.openIssues.join(', ')}`;
        const shown = `${summary.shown} ${summary.shown === 1 ? 'notification' : 'notifications'} shown`;
        printLine(`${summary.polls} ${summary.polls === 1 ? 'poll' : 'polls'}, ${shown}, ${open}.`);
      }
      return exitStatus.done;
    });
  },
};

function printReplayed(line: ReplayOutput): void {
  printJsonLine(line);
}

function asJson(what: AgentActivity): void {
  if (what.type === 'event') {
    const { at, kind, issue, severity, summary, from, to, data } = what.event;
    printReplayed({ at: toIso(at), type: 'event', kind, issue, severity, summary, from, to, data });
  } else if (what.type === 'notification') {
    const { issue, purpose, suppressed, notification } = what.notification;
    printReplayed({
      at: toIso(what.at),
      type: 'notification',
      issue,
      purpose,
      shown: what.shown,
      suppressed,
      title: notification.title,
      body: notification.body,
    });
  }
}

function asText(what: AgentActivity): void {
  if (what.type === 'event') {
    const { at, kind, summary } = what.event;
    // The notification follows with its whole text.
    if (kind === 'notification-shown') return;
    printLine(`${toIso(at)}  ${kind.padEnd(24)}  ${summary}`);
  } else if (what.type === 'notification' && what.shown) {
    const { title, body } = what.notification.notification;
    const label = styled('magenta', 'the user is shown'.padEnd(24));
    printLine(`${toIso(what.at)}  ${label}  ${title}: ${body}`);
  }
}
