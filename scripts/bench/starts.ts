import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { agentCommand, type BenchPlace } from './bench-place.ts';
import { type Figure, median } from './figure.ts';
import { beside, timed } from './processes.ts';

/** From nothing to an answer: how long people and launchd wait. */
export async function startFigures(place: BenchPlace, rounds: number): Promise<Figure[]> {
  const node = place.node('start');
  const bare: number[] = [];
  const observed: number[] = [];
  const status: number[] = [];
  for (let round = 0; round < rounds; round++) {
    bare.push(await timed([node, '-e', '0'], place.environment));
    observed.push(await firstObservation(place, node));
    const data = join(place.folder, 'start');
    status.push(await timed([node, place.entry, 'status', '--data-dir', data], place.environment));
  }
  const reference = { name: 'node -e 0', value: median(bare) };
  return [
    {
      name: 'start to the first observation written',
      value: median(observed),
      unit: 'ms',
      reference,
      limit: 4,
    },
    { name: 'status', value: median(status), unit: 'ms', reference, limit: 3 },
  ];
}

/** Milliseconds until a reader of the database finds the present state in it. */
async function firstObservation(place: BenchPlace, node: string): Promise<number> {
  const data = join(place.folder, 'start');
  rmSync(data, { recursive: true, force: true });
  const began = process.hrtime.bigint();
  return await beside(agentCommand(place, node, 'start', 300), place.environment, async () => {
    while (!hasState(join(data, 'events.db'))) await sleep(2);
    return Number(process.hrtime.bigint() - began) / 1e6;
  });
}

function hasState(path: string): boolean {
  if (!existsSync(path)) return false;
  try {
    const db = new Database(path, { readonly: true });
    try {
      return db.prepare('SELECT 1 FROM state LIMIT 1').get() !== undefined;
    } finally {
      db.close();
    }
  } catch {
    // It is just being made.
    return false;
  }
}
