import type { Subcommand } from './command.ts';
import { printStatus } from './print-status.ts';

export const status: Subcommand = {
  configure(command, call) {
    command.option('--json', 'print JSON').addHelpText(
      'after',
      `
Says what the agent knows; it does not look at the Mac itself. Exit status 1 when an issue is open.

Example:
  psso-monitor status
  psso-monitor status --json
`,
    );
    call(async (global) => printStatus(global, command.opts<{ json?: boolean }>().json === true));
  },
};
