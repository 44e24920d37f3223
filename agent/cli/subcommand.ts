import type { Command } from 'commander';
import type { ExitStatus } from '../shared/exit-status.ts';
import type { GlobalOptions } from '../shared/global-options.ts';

/** One subcommand: it describes itself, parses its options, calls, and prints. */
export interface Subcommand {
  /** Adds arguments, options and an example to the command, and answers what to do when it is called. */
  configure(command: Command, call: (action: (global: GlobalOptions) => Promise<ExitStatus>) => void): void;
}
