import { exitStatus } from '../../shared/exit-status.ts';
import { shellWord } from '../../shared/shell-quoted.ts';
import { asCalled } from '../print/as-called.ts';
import { printLine } from '../print/print.ts';
import type { Subcommand } from '../subcommand.ts';

export const simulate: Subcommand = {
  configure(command, call) {
    command
      .argument('<dir>', 'a new or empty folder, or one with a simulated Mac')
      .option('--user <name>', 'the short name of the user of a new Mac (default: your own)')
      .option('--macos <version>', 'the version of macOS of a new Mac (default: 15.6)')
      .option(
        '--apply <changes>',
        "change the Mac with a scenario's keys, as JSON; repeatable, in this order",
        (value: string, before: readonly string[]) => [...before, value],
        [] as readonly string[],
      )
      .addHelpText(
        'after',
        `
Makes a simulated Mac: the commands and files that the agent reads, below a folder. Use the folder with --sysroot.
When the folder holds a simulated Mac, it is kept and changed. \`docs/scenarios.md\` describes the keys of --apply.
Durations such as "-2h" are from now.

Example:
  psso-monitor simulate mac
  psso-monitor simulate mac --apply '{"psso":{"registered":false}}' --apply '{"screen":"locked"}'
  psso-monitor once --sysroot mac --data-dir data
`,
      );
    call(async () => {
      const { user, macos, apply } = command.opts<{
        user?: string;
        macos?: string;
        apply: readonly string[];
      }>();
      const [dir = ''] = command.args;
      const engine = await import('../../simulation/simulate.ts');
      const made = engine.simulate({
        dir,
        ...(user === undefined ? {} : { user }),
        ...(macos === undefined ? {} : { macos }),
        changes: apply,
      });
      const { state } = made;
      if (made.isNew)
        printLine(`Made a Mac with macOS ${state.macos} and the user ${state.user}: ${made.dir}`);
      for (const change of apply) printLine(`Applied ${change}`);
      if (!made.isNew && apply.length === 0) printLine(`Nothing was changed: ${made.dir}`);
      if (made.isNew)
        printLine(asCalled(`Use it: psso-monitor once --sysroot ${shellWord(dir)} --data-dir FOLDER`));
      return exitStatus.done;
    });
  },
};
