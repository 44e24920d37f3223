import { reportError } from './commands/report-error.ts';
import { type ResidentOptions, resident } from './resident.ts';

/** The agent as launchd starts it. Answers the exit status. */
export async function runResident(options: ResidentOptions): Promise<number> {
  try {
    return await resident(options);
  } catch (error) {
    return reportError(error);
  }
}
