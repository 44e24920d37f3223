import type { Command } from 'commander';
import type { ExitStatus } from '../shared/exit-status.ts';
import type { GlobalOptions } from '../shared/global-options.ts';

/** One subcommand: parses its options, calls the product, and prints the result. */
export interface Subcommand {
  /** What root reads with the rights of a user (`--user`). `history`: also of a copy (`--database`). */
  readonly reads?: 'history' | 'user';
  /** Whether this call, as root without `--user`, covers all users, and so keeps root's rights. */
  readonly coversAllUsers?: (options: Readonly<Record<string, unknown>>) => boolean;
  /** Adds arguments, options and an example to the command, and passes its action to `call`. */
  configure(command: Command, call: (action: (global: GlobalOptions) => Promise<ExitStatus>) => void): void;
}
