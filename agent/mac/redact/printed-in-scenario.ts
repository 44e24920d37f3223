import type { CommandOutcome } from '../runner.ts';

/** What a command prints in a scenario. */
export type PrintedInScenario = { readonly text: string } | { readonly fail: 'missing' | 'timeout' | 'exit' };

/** The outcome of a command as a scenario has it, with its text redacted. */
export function printedInScenario(
  outcome: CommandOutcome | null,
  redact: (text: string) => string,
): PrintedInScenario {
  switch (outcome?.kind) {
    case 'exited':
      return outcome.status === 0 ? { text: redact(outcome.stdout) } : { fail: 'exit' };
    case 'timeout':
    case 'busy':
      return { fail: 'timeout' };
    case 'tooMuchOutput':
      return { text: '(more than is read)\n' };
    case 'missing':
    case undefined:
      return { fail: 'missing' };
    case 'denied':
    case 'signalled':
      return { fail: 'exit' };
  }
}
