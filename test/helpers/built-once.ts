import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject } from 'vitest';

/** Milliseconds between two checks for what another test file builds. */
const checkEvery = 50;

/**
 * A folder that is built once a test run: by the first test file that needs it, while the others wait.
 * test/setup/global-setup.ts removes it. `build` fills the folder that it gets.
 */
export async function builtOnce(name: string, build: (folder: string) => Promise<void>): Promise<string> {
  const place = join(inject('builtFolder'), name);
  const done = join(place, 'done');
  const lock = join(place, 'lock');
  mkdirSync(place, { recursive: true });
  while (!existsSync(done)) {
    try {
      mkdirSync(lock);
    } catch {
      await sleep(checkEvery);
      continue;
    }
    try {
      // Another test file may have finished since the check above.
      if (existsSync(done)) continue;
      const building = join(place, 'building');
      await build(building);
      renameSync(building, done);
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }
  return done;
}
