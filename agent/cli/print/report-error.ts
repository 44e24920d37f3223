import { type ExitStatus, exitStatus } from '../../shared/exit-status.ts';

/** By name: in the package, the launcher has a copy of each class of its own. */
const usage: ReadonlySet<string> = new Set(['UsageError', 'ScenarioError']);
const problem: ReadonlySet<string> = new Set(['ProblemError', 'StoreError']);

/** One line on standard error for what was foreseen; a stack and a request to report it for what was not. */
export function reportError(error: unknown): ExitStatus {
  if (error instanceof Error && (usage.has(error.name) || problem.has(error.name))) {
    process.stderr.write(`psso-monitor: ${error.message}\n`);
    return usage.has(error.name) ? exitStatus.usage : exitStatus.problem;
  }
  process.stderr.write(`psso-monitor: unexpected error; please report it with this text:\n`);
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return exitStatus.problem;
}
