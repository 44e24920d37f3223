import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { copyDatabase } from '../../agent/export/copy-database.ts';
import { replay } from '../../agent/simulation/replay.ts';
import type { Scenario } from '../../agent/simulation/scenario.ts';

/** Replays a scenario, and returns the path of its database, as it would be pulled. */
export async function databaseOf(folder: string, name: string, scenario: Scenario): Promise<string> {
  const dataDir = join(folder, name);
  mkdirSync(dataDir);
  await replay(scenario, { dataDir });
  const path = join(folder, `${name}.db`);
  await copyDatabase(join(dataDir, 'events.db'), path, {});
  return path;
}
