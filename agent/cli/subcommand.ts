import type { Command } from 'commander';
import type { ExitStatus } from '../shared/exit-status.ts';
import type { GlobalOptions } from '../shared/global-options.ts';

/** One subcommand: parses its options, calls the product, and prints the result. */
export interface Subcommand {
  /** Adds arguments, options and an example to the command, and passes its action to `call`. */
  configure(command: Command, call: (action: (global: GlobalOptions) => Promise<ExitStatus>) => void): void;
}
