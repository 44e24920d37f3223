import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../../shared/errors.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import { minute } from '../../shared/time.ts';
import { asCalled, inCheckout } from '../print/as-called.ts';
import { DemoText, demoLegend, readingTime } from '../print/demo-text.ts';
import { printLine, styled } from '../print/print.ts';
import { mayBeTerminal } from '../print/standard-output.ts';
import type { Subcommand } from '../subcommand.ts';

export const demo: Subcommand = {
  configure(command, call) {
    command.addHelpText(
      'after',
      `
Runs the real agent with a real database on a simulated Mac and a virtual clock. On a terminal it prints at a
pace for reading, elsewhere all at once.

Example:
  psso-monitor demo
`,
    );
    call(async (global) => {
      const dataDir = global.dataDir === undefined ? newFolder() : unusedFolder(global.dataDir);
      const [{ demoScenario }, { replay }] = await Promise.all([
        import('../../simulation/demo-scenario.ts'),
        import('../../simulation/replay.ts'),
      ]);
      const { scenario, texts } = demoScenario(Math.floor(Date.now() / minute) * minute);
      const text = new DemoText();
      const summary = await replay(scenario, {
        dataDir,
        step: (step, at) => {
          const happens = texts.get(step.raw.at);
          if (happens !== undefined) text.change(at, happens);
        },
        onActivity: (what) => text.activity(what),
      });

      const paced = mayBeTerminal();
      const opening = `${styled('bold', scenario.name)}

Alex signs in to a Mac with a work account, by Apple's Platform SSO.
Alex and the Mac are simulated; what PSSO Monitor does is real.
The times are as if the scenario ended now.

${demoLegend}
`;
      const closing = `
PSSO Monitor checked the Mac ${summary.polls} times and showed ${summary.shown} notifications.
Its record answers the helpdesk: when did it break, what changed, what now?

${nextCommands(dataDir)}`;
      for (const paragraph of [opening, ...text.paragraphs]) {
        printLine(paragraph);
        if (paced) await wait(readingTime(paragraph));
      }
      printLine(closing);
      return exitStatus.done;
    });
  },
};

/** In a checkout a short name for the next commands; elsewhere a temporary folder. */
function newFolder(): string {
  if (!inCheckout) return mkdtempSync(join(tmpdir(), 'psso-monitor-demo-'));
  const folder = fileURLToPath(new URL('../../../build/demo', import.meta.url));
  // Of an earlier demo.
  rmSync(folder, { recursive: true, force: true });
  return folder;
}

/** The demo must not mix with a history. */
function unusedFolder(folder: string): string {
  if (existsSync(join(folder, 'events.db')))
    throw new UsageError(`there is a history in ${folder}; choose another folder for the demo.`);
  return folder;
}

function nextCommands(dataDir: string): string {
  const near = relative(process.cwd(), dataDir);
  const place = { dataDir: near.startsWith('..') ? dataDir : near };
  const commands = ['status', 'explain registration-needs', 'report --open'];
  return commands.map((command) => asCalled(`  psso-monitor ${command}`, place)).join('\n');
}
