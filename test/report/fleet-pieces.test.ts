import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { FleetMac } from '../../agent/fleet/fleet-output.ts';
import { FleetTally } from '../../agent/fleet/fleet-tally.ts';
import { fleetReportHtml } from '../../agent/report/html.ts';
import { digestOf } from '../fleet/digests.ts';

const now = Date.UTC(2026, 10, 29, 8);
const tally = new FleetTally({ now, since: null, silentAfterSeconds: 86_400 });
tally.add('mac', digestOf({ lastAt: now }));
const summary = tally.summary({
  files: { found: 1, read: 1, skipped: [], duplicates: [], branches: [] },
  macs: 1,
});
const [row] = summary.list;

/** Macs whose names compress badly. `read`: is called with the number of each. */
function* list(length: number, read: (number: number) => void): Generator<FleetMac, void> {
  if (row === undefined) return;
  for (let number = 0; number < length; number++) {
    read(number);
    yield { ...row, mac: randomBytes(200).toString('base64') };
  }
}

test('the page of a fleet is made while its list is read', async () => {
  const macs = 10_000;
  let done = 0;
  const readBefore: number[] = [];
  let longest = 0;
  const read = (number: number) => {
    done = number;
  };
  for await (const piece of fleetReportHtml({ ...summary, list: list(macs, read) })) {
    readBefore.push(done);
    if (!piece.includes('<script>')) longest = Math.max(longest, piece.length);
  }
  expect(readBefore[0]).toBe(0);
  expect(readBefore[Math.floor(readBefore.length / 2)]).toBeLessThan(macs * 0.9);
  expect(longest).toBeLessThan(100_000);
});

test('an error of the list is the error of the page', async () => {
  const fail = () => {
    throw new RangeError('the disk is full');
  };
  const pieces = fleetReportHtml({ ...summary, list: list(1, fail) });
  await expect(Array.fromAsync(pieces)).rejects.toThrow('the disk is full');
});
