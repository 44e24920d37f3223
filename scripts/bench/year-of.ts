import { join } from 'node:path';
import { databaseOf } from './database-of.ts';
import { eventfulYear, quietDays } from './scenarios.ts';

/** A year of one Mac. */
export interface Year {
  /** The agent's data folder after it. */
  readonly dataDir: string;
  /** The database, as it would be pulled. */
  readonly pulled: string;
}

/** Replays a year of one Mac. */
export async function yearOf(folder: string, what: 'eventful' | 'quiet'): Promise<Year> {
  const pulled = await databaseOf(folder, what, what === 'eventful' ? eventfulYear() : quietDays(365));
  return { dataDir: join(folder, what), pulled };
}
