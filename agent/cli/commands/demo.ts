import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AgentActivity } from '../../daemon/agent-dependencies.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import { shellWord } from '../../shared/shell-quoted.ts';
import type { ScenarioStep } from '../../simulation/scenario.ts';
import { printLine, styled } from '../print/print.ts';
import type { Subcommand } from '../subcommand.ts';

/** Beside the bundle in the package; in agent/simulation in a checkout. */
const besideTheBundle = fileURLToPath(new URL('working-day.ndjson', import.meta.url));
const built = existsSync(besideTheBundle);
const scenarioFile = built
  ? besideTheBundle
  : fileURLToPath(new URL('../../simulation/working-day.ndjson', import.meta.url));

export const demo: Subcommand = {
  configure(command, call) {
    command.addHelpText(
      'after',
      `
Runs the real agent with a real database on a simulated Mac and a virtual clock.

Example:
  psso-monitor demo
`,
    );
    call(async (global) => {
      const [{ loadScenario }, { replay }] = await Promise.all([
        import('../../simulation/load-scenario.ts'),
        import('../../simulation/replay.ts'),
      ]);
      const scenario = loadScenario(scenarioFile);
      const dataDir = global.dataDir ?? mkdtempSync(join(tmpdir(), 'psso-monitor-demo-'));

      printLine(styled('bold', scenario.name));
      printLine(
        `A simulated Mac: macOS ${scenario.macos}, user ${scenario.user}, ` +
          'Platform SSO with a password. Times are UTC.',
      );
      printLine(legend());
      const summary = await replay(scenario, {
        dataDir,
        step: (step, at) => {
          const change = describe(step);
          if (change !== '') printLine(`\n${clock(at)}  ${styled('cyan', 'Mac  ')}  ${change}`);
        },
        onActivity: narrator(),
      });

      printLine(`\nThe agent polled ${summary.polls} times and showed ${summary.shown} notifications.`);
      const cli = built ? 'psso-monitor' : 'npm run -s psso-monitor --';
      const where = `--data-dir ${shellWord(dataDir)}`;
      printLine(`\nNext:
  ${cli} status ${where}
  ${cli} events ${where}
  ${cli} issues --all ${where}
  ${cli} explain password-change-prompt-pending ${where}
  ${cli} replay ${shellWord(shortest(scenarioFile))} --json`);
      return exitStatus.done;
    });
  },
};

function legend(): string {
  return (
    `  ${styled('cyan', 'Mac')}    a change on the Mac\n` +
    `  ${styled('dim', 'state')}  the state that the agent detected\n` +
    `  ${styled('green', 'event')}  an event that the agent recorded\n` +
    `  ${styled('magenta', 'shown')}  a notification that the user was shown`
  );
}

function clock(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}

function shortest(file: string): string {
  const short = relative(process.cwd(), file);
  return short.startsWith('..') || !existsSync(short) ? file : short;
}

/** Prints the activity of the agent, each state only when it changes. */
function narrator(): (what: AgentActivity) => void {
  let last = '';
  return (what) => {
    if (what.type === 'polled') {
      const { headline = '', 'password-window': window = '' } = what.detected.state;
      const state = `${headline}, password window ${window}`;
      if (state !== last) {
        const at = Date.parse(what.observation.at);
        printLine(`${clock(at)}  ${styled('dim', 'state')}  Platform SSO ${state}`);
      }
      last = state;
    } else if (what.type === 'event') {
      const { at, kind, summary } = what.event;
      if (kind !== 'notification-shown')
        printLine(`${clock(at)}  ${styled('green', 'event')}  ${kind}: ${summary}`);
    } else if (what.shown) {
      const { title, body } = what.notification.notification;
      const label = styled('magenta', 'shown');
      printLine(`${clock(what.at)}  ${label}  ${styled('bold', title)}\n              ${body}`);
    }
  };
}

const words: Readonly<Record<string, string>> = {
  'screen locked': 'Alex locks the screen',
  'screen unlocked': 'Alex unlocks the screen',
  'power asleep': 'The Mac goes to sleep',
  'power awake': 'The Mac wakes',
  'network offline': 'The network is gone',
  'network online': 'The network is back',
};

/** The changes of a step, in words. */
function describe(step: ScenarioStep): string {
  const parts: string[] = [];
  for (const [key, value] of Object.entries(step.raw)) {
    if (key === 'at' || key === 'end') continue;
    const known = typeof value === 'string' ? words[`${key} ${value}`] : undefined;
    if (known !== undefined) parts.push(known);
    else if (key === 'passwordLastSetAt') parts.push('The local password is set');
    else if (key === 'psso' && isObject(value) && value.state === 1) {
      parts.push('The identity provider refuses the old password; macOS asks for the new one');
    } else if (key === 'psso' && isObject(value) && value.receivedAt !== undefined) {
      parts.push('Alex types the new password; macOS receives new tokens');
    } else parts.push(`${key}: ${JSON.stringify(value)}`);
  }
  return parts.join('. ');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
