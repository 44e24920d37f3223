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
      .argument('<file>', 'a scenario, NDJSON; `docs/scenarios.md` describes it')
      .option('--json', 'print NDJSON: events, notifications, and a summary at the end')
      .addHelpText(
        'after',
        `
Runs the agent's own cycle on a virtual clock against a scripted Mac. The database is thrown away afterwards, unless
--data-dir says where to keep it. Exit status 0 when the scenario was run, whatever was found.

Example:
  psso-monitor replay agent/simulation/working-day.ndjson
  psso-monitor replay story.ndjson --json
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
          `an agent is keeping a real history in ${global.dataDir}; give the scenario a folder of its own.`,
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
        printLine(
          `${summary.polls} looks, ${summary.shown} ${summary.shown === 1 ? 'notification' : 'notifications'} shown, ${open}.`,
        );
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
    // Told in full by the next line.
    if (kind === 'notification-shown') return;
    printLine(`${toIso(at)}  ${kind.padEnd(24)}  ${summary}`);
  } else if (what.type === 'notification' && what.shown) {
    printLine(
      `${toIso(what.at)}  ${styled('magenta', 'the user is shown'.padEnd(24))}  ${what.notification.notification.title}: ${what.notification.notification.body}`,
    );
  }
}
