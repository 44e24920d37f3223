import { readdirSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SpaceReserve } from '../../agent/store/space-reserve.ts';
import { databaseIn, temporaryFolder } from './samples.ts';

const descriptors = () => readdirSync('/dev/fd').length;

it('makes a file that is not zeros, of this user alone, and keeps it', () => {
  const path = databaseIn(temporaryFolder());
  const reserve = new SpaceReserve(path);
  reserve.keep();
  const { size, mode, ino } = statSync(`${path}.reserve`);
  expect([size, mode & 0o777]).toEqual([256 * 1024, 0o600]);
  reserve.keep();
  expect(statSync(`${path}.reserve`).ino).toBe(ino);
});

it('keeps no descriptor open, however often the file is made', () => {
  const reserve = new SpaceReserve(databaseIn(temporaryFolder()));
  const before = descriptors();
  for (let times = 0; times < 50; times++) {
    reserve.keep();
    reserve.free();
  }
  // Other threads of the test run may open a few.
  expect(descriptors()).toBeLessThan(before + 25);
});
