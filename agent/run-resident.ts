import { reportError } from './commands/report-error.ts';
import { resident } from './resident.ts';
import type { ResidentOptions } from './resident-arguments.ts';

/** The agent as launchd starts it. Answers the exit status. */
export async function runResident(options: ResidentOptions): Promise<number> {
  try {
    return await resident(options);
  } catch (error) {
    return reportError(error);
  }
}
