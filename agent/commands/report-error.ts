import { type ExitStatus, exitStatus, UsageError } from './command.ts';

const expected: ReadonlySet<string> = new Set(['UsageError', 'ProblemError', 'StoreError', 'ScenarioError']);

/** One line on standard error for what was foreseen; a stack and a request to report it for what was not. */
export function reportError(error: unknown): ExitStatus {
  if (error instanceof Error && expected.has(error.name)) {
    process.stderr.write(`psso-monitor: ${error.message}\n`);
    return error instanceof UsageError || error.name === 'ScenarioError'
      ? exitStatus.usage
      : exitStatus.problem;
  }
  process.stderr.write(`psso-monitor: unexpected error; please report it with this text:\n`);
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return exitStatus.problem;
}
