import { startAgent } from '../../daemon/start-agent.ts';
import { pathsOf } from '../../shared/paths.ts';
import { printsActivity } from '../print/run-activity.ts';
import { mayBeTerminal } from '../print/standard-output.ts';
import type { Subcommand } from '../subcommand.ts';

export const run: Subcommand = {
  configure(command, call) {
    command
      .option('--every <seconds>', 'poll interval, instead of the managed ones (for a test bench)')
      .addHelpText(
        'after',
        `
Runs in the foreground until SIGTERM or SIGINT. launchd starts it in the session of each user. On a terminal
it prints the state, each event and each notification; elsewhere it prints nothing.

Example:
  psso-monitor run
  psso-monitor run --sysroot ./mac --data-dir ./data --every 5
`,
      );
    call((global) =>
      startAgent({
        global,
        every: command.opts<{ every?: string }>().every,
        ...(mayBeTerminal() ? { watch: () => printsActivity(pathsOf(global).log) } : {}),
      }),
    );
  },
};
