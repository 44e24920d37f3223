import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hour, minute } from '../../agent/shared/time.ts';
import { live, type Use } from './password-window-model.ts';

const length = 12 * hour;

/** Uses of a Mac on whole minutes, sorted by time. */
const uses = (also: fc.Arbitrary<Partial<Use>> = fc.constant({})): fc.Arbitrary<Use[]> =>
  fc
    .array(
      fc.record({
        at: fc.integer({ min: 1, max: length / minute - 1 }).map((minutes) => minutes * minute),
        awake: fc.boolean(),
        unlocked: fc.boolean(),
        online: fc.boolean(),
        refresh: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
        also,
      }),
      { maxLength: 25 },
    )
    .map((list) =>
      list
        .sort((a, b) => a.at - b.at)
        .map(({ at, awake, unlocked, online, refresh, also: more }) => ({
          at,
          awake,
          unlocked,
          online,
          // macOS refreshes only while it runs and has a network.
          ...(refresh && awake && online ? { receivedAt: at } : {}),
          ...more,
        })),
    );

const owed = ['sync-window-due', 'sync-window-overdue'];

describe('the password window, for any use of the Mac', () => {
  test('records each event at most once a cycle', () => {
    fc.assert(
      fc.property(uses(), fc.constantFrom(1, 2, 5, 7), (input, every) => {
        const { events } = live(input, length, every * minute);
        for (const kind of owed) {
          const notified = events
            .filter((event) => event.kind === kind)
            .map((event) => event.data.lastConfirmedGoodAt);
          expect(new Set(notified).size).toBe(notified.length);
        }
        const refreshed = events
          .filter((event) => event.kind === 'token-refreshed')
          .map((event) => event.data.receivedAt);
        expect(new Set(refreshed).size).toBe(refreshed.length);
      }),
      { numRuns: 150 },
    );
  });

  test.each([
    [['secureEnclaveKey', 'smartCard'], 'notApplicable'],
    [['openId', 'accessKey', 'none', 'unknown'], 'unknown'],
  ] as const)('never runs for %j: it is %s', (methods, phase) => {
    const independent = fc.constantFrom(...methods).map((method) => ({ method }) as const);
    fc.assert(
      fc.property(uses(independent), independent, (input, first) => {
        const { events, rows, phases } = live([{ at: 0, ...first }, ...input], length, 5 * minute);
        expect(events.filter((event) => owed.includes(event.kind))).toEqual([]);
        expect(rows).toEqual([]);
        expect(new Set(phases)).toEqual(new Set([phase]));
      }),
      { numRuns: 100 },
    );
  });

  test('never counts time asleep, locked or offline', () => {
    const idle = uses().map((input) =>
      input.map((use) => ({ ...use, unlocked: use.online === true ? false : use.unlocked === true })),
    );
    fc.assert(
      fc.property(idle, fc.constantFrom(1, 5), (input, every) => {
        // In use for the first four hours only; from then on always asleep, locked or offline.
        const first = { at: 4 * hour, unlocked: false };
        const later = input.filter((use) => use.at > 4 * hour);
        const { events } = live([{ at: 0 }, first, ...later], length, every * minute);
        expect(events.filter((event) => owed.includes(event.kind))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('counts the same active time at each interval, but for one poll at each change of use', () => {
    const slow = 5;
    fc.assert(
      fc.property(uses(), (input) => {
        const fine = live(input, length, minute).memory.cycle;
        const coarse = live(input, length, slow * minute).memory.cycle;
        const active = (cycle: typeof fine) =>
          (cycle?.stretches ?? []).reduce((sum, [from, to]) => sum + to - from, 0) / minute;
        if (fine?.receivedAt !== coarse?.receivedAt) return;
        expect(Math.abs(active(fine) - active(coarse))).toBeLessThanOrEqual((input.length + 1) * slow);
      }),
      { numRuns: 150 },
    );
  });
});
