import { expect, test } from 'vitest';
import { changesSinceLastGood } from '../../agent/causes/changes-since-last-good.ts';
import { distanceText } from '../../agent/causes/distance-text.ts';
import type { DetectorInput } from '../../agent/detect/detector.ts';
import { emptyMemory, type Memory } from '../../agent/detect/memory.ts';
import { day, hour, minute } from '../../agent/shared/time.ts';

const now = Date.UTC(2026, 10, 28, 12);

const kindsSince = (memory: Partial<Memory>, at: number = now) =>
  changesSinceLastGood(inputOf(memory), { at, activeTime: memory.activeTime ?? 0 }).map(({ kind }) => kind);

function inputOf(memory: Partial<Memory>): Pick<DetectorInput, 'memory'> {
  return { memory: { ...emptyMemory(), ...memory } };
}

const change = (kind: string, ago: number, activeTime?: number) => ({
  kind,
  at: now - ago,
  from: null,
  to: null,
  ...(activeTime === undefined ? {} : { activeTime }),
});

test('reaches back to the last confirmed good moment, of any method', () => {
  const changes = [change('old', 12 * day), change('macos-updated', 10 * day)];
  expect(kindsSince({ changes, lastTokensAt: now - 11 * day })).toEqual(['macos-updated']);
  expect(kindsSince({ changes, lastConfirmedGoodAt: now - 13 * day })).toEqual(['macos-updated', 'old']);
  expect(kindsSince({ changes, lastTokensAt: now - 13 * day, lastConfirmedGoodAt: now - day })).toEqual([]);
});

test('never reaches back less than 24 hours and 8 hours of use', () => {
  const lastTokensAt = now - minute;
  const by = (ago: number, used: number) =>
    kindsSince({ lastTokensAt, activeTime: 100 * hour, changes: [change('a', ago, 100 * hour - used)] });
  expect(by(24 * hour, 20 * hour)).toEqual(['a']);
  expect(by(25 * hour, 9 * hour)).toEqual([]);
  expect(by(9 * day, 8 * hour)).toEqual(['a']);
});

test('tokens that came after the begin of the issue are not the last good ones', () => {
  const changes = [change('macos-updated', 3 * day)];
  const memory = { changes, lastTokensAt: now - hour };
  expect(kindsSince(memory, now - 2 * day)).toEqual(['macos-updated']);
});

test('the memory of an older version has no active time: the wall clock decides', () => {
  expect(kindsSince({ activeTime: hour, changes: [change('a', 23 * hour), change('b', 25 * hour)] })).toEqual(
    ['a'],
  );
});

test('a change that was read minutes after the begin counts, a later one does not', () => {
  const changes = [change('read-later', 0), change('after', -20 * minute)];
  expect(kindsSince({ changes }, now - 10 * minute)).toEqual(['read-later']);
  expect(kindsSince({ changes: [change('read-later', 0)] }, now - 15 * minute)).toEqual(['read-later']);
  expect(kindsSince({ changes: [change('after', 0)] }, now - 15 * minute - 1)).toEqual([]);
});

test('a password that was just set counts before it is classified', () => {
  const unexplainedPassword = { setAt: now - 2 * minute, waited: 0, watched: true };
  expect(kindsSince({ unexplainedPassword })).toEqual(['local-password-changed']);
});

test.each([
  [0, 0, 'shortly before'],
  [minute, minute, '1 minute before'],
  [20 * minute, 0, '20 minutes before'],
  [119 * minute, 0, '119 minutes before'],
  [3 * hour, 3 * hour, '3 hours before'],
  [4 * hour, 2 * hour, '4 hours before (2 hours in use)'],
  [4 * hour, 2 * hour + 1, '4 hours before'],
  [47 * hour, 6 * minute, '47 hours before (6 minutes in use)'],
  [3 * day, 30_000, '3 days before (less than a minute in use)'],
  [11 * day, null, '11 days before'],
])('%d ms, %j ms in use: %s', (wall, active, text) => {
  expect(distanceText({ wall, active })).toBe(text);
});
