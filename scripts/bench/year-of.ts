import { databaseOf } from './database-of.ts';
import { eventfulYear, quietDays } from './scenarios.ts';

/** Replays a year of one Mac, and returns the path of its database, as it would be pulled. */
export async function yearOf(folder: string, what: 'eventful' | 'quiet'): Promise<string> {
  return await databaseOf(folder, what, what === 'eventful' ? eventfulYear() : quietDays(365));
}
