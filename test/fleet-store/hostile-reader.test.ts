import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { databasesIn } from '../../agent/fleet/databases-in.ts';
import { summaryOfStore } from '../../agent/fleet-store/summary-of-store.ts';
import { updateStore } from '../../agent/fleet-store/update-store.ts';
import { entry } from '../helpers/cli.ts';
import { eventfulDay, live, pull, testFolder } from './store-of.ts';

/** A reader that a file controls: the file is skipped, and the run and its store go on. */

const folder = testFolder();
const now = Date.UTC(2026, 3, 1);
const progress = () => {};
const hostile = join(import.meta.dirname, 'processes/hostile-store-reader.ts');

function update(...program: readonly string[]) {
  const { found } = databasesIn(folder.path('pulls'), null);
  return updateStore(folder.path('store'), found, { now, command: [process.execPath, ...program], progress });
}

beforeAll(async () => {
  await live(folder.path('mac'), '2026-03-02T08:00:00Z', eventfulDay);
  pull(folder.path('mac'), folder.path('pulls', 'mac.db'));
  expect(await update(entry)).toMatchObject({ changed: 1, skipped: [] });
  await live(folder.path('mac'), '2026-03-03T08:00:00Z', eventfulDay);
  pull(folder.path('mac'), folder.path('pulls', 'mac.db'));
});

test.each([
  'a hole in the state',
  'a boxed text',
  'a hole for an outcome',
  'big integers for texts',
  'rows without columns',
  'events that were not asked for',
])('an answer with %s skips its file', async (answer) => {
  expect(await update(hostile, '--answer', answer)).toMatchObject({
    changed: 0,
    skipped: [{ file: expect.stringContaining('mac.db'), reason: expect.stringContaining('it is damaged') }],
  });
  const options = { now, since: null, silentAfterSeconds: 86_400, files: null, progress };
  expect(summaryOfStore(folder.path('store'), options).macs).toBe(1);
});

test('the next honest answer is taken', async () => {
  expect(await update(entry)).toMatchObject({ changed: 1, skipped: [] });
});
