import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FleetSummary } from '../../agent/fleet/fleet-output.ts';
import { eventfulDay, live, pull, type testFolder, update } from './store-of.ts';

const folder = join(import.meta.dirname, '../../share/queries');

/** The queries that ship, by name. */
export const shippedQueries: ReadonlyMap<string, string> = new Map(
  readdirSync(folder).map((file) => [file.replace('.sql', ''), readFileSync(join(folder, file), 'utf8')]),
);

/**
 * Makes the databases of three Macs in `pulls` and their store in `store`: one Mac is well, one is broken,
 * and one is silent. The store has two runs.
 */
export async function queriedFleet({ path }: ReturnType<typeof testFolder>): Promise<FleetSummary> {
  const macs: readonly (readonly [string, string, readonly object[]])[] = [
    ['well', '2026-03-02T08:00:00Z', eventfulDay],
    [
      'broken',
      '2026-03-03T08:00:00Z',
      [
        ...eventfulDay.slice(0, -1),
        { at: '+10h', macos: '15.7' },
        { at: '+11h', psso: { registered: false, userPresent: false } },
        { at: '+13h', end: true },
      ],
    ],
    ['silent', '2026-02-10T08:00:00Z', eventfulDay],
  ];
  for (const [name, start, lines] of macs) {
    await live(path(name), start, lines);
    pull(path(name), path('pulls', `${name}.db`));
  }
  // The windows of the last minutes wait for the next pull.
  update(path('pulls'), path('store'));
  await live(path('well'), '2026-03-03T08:00:00Z', eventfulDay);
  pull(path('well'), path('pulls', 'well.db'));
  return update(path('pulls'), path('store')).summary;
}
