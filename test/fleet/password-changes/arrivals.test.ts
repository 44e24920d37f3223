import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  arrivalsOf,
  daySeconds,
  type PasswordHistory,
  soonSeconds,
} from '../../../agent/fleet/password-changes/arrivals.ts';
import { day, hour, minute, second } from '../../../agent/shared/time.ts';

const start = Date.parse('2026-03-02T08:00:00Z');
const history = (change: Partial<PasswordHistory> = {}): PasswordHistory => ({
  beganAt: start,
  lastAt: start + 10 * day,
  silent: false,
  syncs: [],
  localSets: [],
  without: null,
  ...change,
});
const one = (changedAt: number, of: Partial<PasswordHistory>) =>
  arrivalsOf([start + changedAt], history(of))[0];

describe('whether a change reached a Mac', () => {
  test('by the first password sync after it', () => {
    const syncs = [start + 9 * hour, start + 5 * hour + second, start + 30 * minute];
    expect(one(hour, { syncs })).toEqual({
      outcome: 'reached',
      reachedAt: start + 5 * hour + second,
      lagSeconds: 4 * 3600 + 1,
    });
  });

  test('a Mac whose clock is some seconds behind took it at once', () => {
    expect(one(hour, { syncs: [start + hour - 40 * second] })).toMatchObject({ lagSeconds: 0 });
    expect(one(hour, { syncs: [start + hour - 3 * minute] })).toMatchObject({ outcome: 'not-yet' });
  });

  test('not yet, up to its last record', () => {
    expect(one(hour, { lastAt: start + 3 * hour })).toEqual({ outcome: 'not-yet', waitingSeconds: 7200 });
  });

  test('one sync is of one change: the newest before it', () => {
    const changes = [start + hour, start + 2 * hour, start + 8 * hour];
    const syncs = [start + 6 * hour];
    expect(arrivalsOf(changes, history({ syncs })).map(({ outcome }) => outcome)).toEqual([
      'replaced',
      'reached',
      'not-yet',
    ]);
  });

  test.each([
    ['history-begins-later', -hour, { syncs: [start + hour] }],
    ['no-record-since', hour, { lastAt: start }],
    ['no-record-since', hour, { beganAt: null, lastAt: null }],
    ['silent', hour, { silent: true }],
    ['method-without-password', hour, { without: 'method-without-password' }],
    ['not-configured', hour, { without: 'not-configured' }],
    ['local-password-set', hour, { localSets: [start + 2 * hour] }],
  ] as const)('%s', (reason, changedAt, of) => {
    expect(one(changedAt, of)).toEqual({ outcome: 'not-known', reason });
  });

  test('a silent Mac that took the password has it on record', () => {
    const syncs = [start + 2 * hour];
    const of = { syncs, silent: true, without: 'method-without-password' } as const;
    expect(one(hour, of)).toMatchObject({ lagSeconds: 3600 });
  });

  test('no sync counts twice, and no lag is negative', () => {
    const instants = fc.array(fc.integer({ min: 0, max: 200 }).map((at) => start + at * minute));
    fc.assert(
      fc.property(instants, instants, (changes, syncs) => {
        const all = arrivalsOf(
          changes.toSorted((a, b) => a - b),
          history({ syncs }),
        );
        const reached = all.flatMap((of) => (of.outcome === 'reached' ? [of] : []));
        expect(new Set(reached.map(({ reachedAt }) => reachedAt)).size).toBe(reached.length);
        expect(reached.every(({ lagSeconds }) => lagSeconds >= 0)).toBe(true);
      }),
    );
  });
});

test('soon is four hours', () => {
  expect([soonSeconds, daySeconds]).toEqual([14_400, 86_400]);
});
