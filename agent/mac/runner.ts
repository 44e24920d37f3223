import type { CommandName } from './commands.ts';

export type CommandOutcome =
  | { readonly kind: 'exited'; readonly status: number; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'denied' }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'signalled'; readonly signal: string }
  | { readonly kind: 'tooMuchOutput' }
  /** The same command is still running from an earlier poll. */
  | { readonly kind: 'busy' };

/** Runs a command of the allow-list. Never rejects: a failure is an outcome. */
export interface Runner {
  run(command: CommandName, args: readonly string[]): Promise<CommandOutcome>;
}
