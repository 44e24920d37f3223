import { expect, test } from 'vitest';
import { FleetTally } from '../../agent/fleet/fleet-tally.ts';
import { day, second } from '../../agent/shared/time.ts';
import { digestOf } from './digests.ts';

const now = Date.UTC(2026, 10, 29, 8);

test('silent Macs are in the order of their last records, and then of their names', () => {
  const tally = new FleetTally({ now, since: null, silentAfterSeconds: (7 * day) / second });
  const days = { a: 20, b: 20, c: 30, d: 20, e: 0, f: 8 };
  for (const [mac, ago] of Object.entries(days)) tally.add(mac, digestOf({ lastAt: now - ago * day }));
  const files = { found: 6, read: 6, skipped: [], duplicates: [], branches: [] };
  const { silent } = tally.summary({ files, macs: 6 });
  expect(silent.map(({ mac }) => mac)).toEqual(['c', 'a', 'b', 'd', 'f']);
});
