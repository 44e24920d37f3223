import type { Command } from 'commander';

/** What every command can be told, before or after its name. */
export interface GlobalOptions {
  /** Look up every macOS executable and system file below this folder. */
  readonly sysroot?: string;
  /** Where the database is. */
  readonly dataDir?: string;
}

/** Done; a problem was found; the command was used wrongly. */
export const exitStatus = { done: 0, problem: 1, usage: 2 } as const;
export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];

/** One subcommand: it describes itself, parses its options, calls, and prints. */
export interface Subcommand {
  /** Adds arguments, options and an example to the command, and answers what to do when it is called. */
  configure(command: Command, call: (action: (global: GlobalOptions) => Promise<ExitStatus>) => void): void;
}

/** Something the user can put right by calling differently. Printed as one line; exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something that went wrong and is said in one line, without a stack; exit status 1. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
}
