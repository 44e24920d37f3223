import { type ExitStatus, exitStatus } from '../../shared/exit-status.ts';
import { printToStandardError } from './standard-output.ts';

/** By name, since the launcher in the package has its own copy of each class. */
const usage: ReadonlySet<string> = new Set(['UsageError', 'ScenarioError']);
const problem: ReadonlySet<string> = new Set(['ProblemError', 'StoreError']);

/**
 * Prints an expected error as one line on standard error, and an unexpected one with its stack. `print`: the
 * launcher has none that wraps.
 */
export function reportError(error: unknown, print = printToStandardError): ExitStatus {
  if (error instanceof Error && (usage.has(error.name) || problem.has(error.name))) {
    print(`psso-monitor: ${error.message}`);
    return usage.has(error.name) ? exitStatus.usage : exitStatus.problem;
  }
  printToStandardError('psso-monitor: unexpected error; please report it with this text:');
  printToStandardError(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return exitStatus.problem;
}
