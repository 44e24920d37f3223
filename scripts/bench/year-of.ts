import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { copyDatabase } from '../../agent/export/copy-database.ts';
import { replay } from '../../agent/simulation/replay.ts';
import { eventfulYear, quietDays } from './stories.ts';

/** Replays a year of one Mac, and returns the path of its database, as it would be pulled. */
export async function yearOf(folder: string, what: 'eventful' | 'quiet'): Promise<string> {
  const dataDir = join(folder, what);
  mkdirSync(dataDir);
  await replay(what === 'eventful' ? eventfulYear() : quietDays(365), { dataDir });
  const path = join(folder, `${what}.db`);
  await copyDatabase(join(dataDir, 'events.db'), path, {});
  return path;
}
