import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { replayLines } from '../../helpers/replayed.ts';
import { changesOf } from './any-scenario.ts';

const hours = 30;

/** Anything that can happen to a Mac, at any minute of a day and a bit. */
const change = fc.oneof(
  fc.record({ screen: fc.constantFrom('locked', 'unlocked') }),
  fc.record({ power: fc.constantFrom('asleep', 'awake') }),
  fc.record({ network: fc.constantFrom('online', 'offline') }),
  fc.record({ console: fc.constantFrom('active', 'switchedOut') }),
  fc.record({ focus: fc.constantFrom('on', 'off', 'unknown') }),
  fc.record({ clock: fc.constantFrom('+2h', '-30m', '+3d') }),
  fc.record({ agent: fc.constantFrom('kill', 'start') }),
  fc.record({ psso: fc.record({ state: fc.constantFrom(0, 1, 2, 5) }) }),
  fc.record({ psso: fc.record({ registered: fc.boolean(), userPresent: fc.boolean() }) }),
  fc.constant({ psso: null }),
  fc.record({
    appSso: fc.oneof(fc.constant(null), fc.constantFrom({ fail: 'timeout' }, { text: 'garbage' })),
  }),
);

const anyChanges = changesOf(change, { hours, atMost: 20 });

describe('any scenario of a Mac', () => {
  test('is recorded once, sorted by time, and within the notification policy', async () => {
    await fc.assert(
      fc.asyncProperty(anyChanges, async (changes) => {
        const notified = await replayLines([
          { scenario: 'any', start: '2026-03-02T08:00:00Z', macos: '15.6', user: 'alex' },
          ...changes,
          { at: `+${hours}h`, end: true },
        ]);
        // Each issue opens and resolves in turn, and the view says the same.
        const episodes = new Map<string, number>();
        for (const event of notified.events) {
          if (event.kind !== 'issue-opened' && event.kind !== 'issue-resolved') continue;
          const open = (episodes.get(event.issue ?? '') ?? 0) + (event.kind === 'issue-opened' ? 1 : -1);
          expect([0, 1]).toContain(open);
          episodes.set(event.issue ?? '', open);
        }
        const open = notified.issues.filter((issue) => issue.status === 'open').map((issue) => issue.issue);
        expect(
          [...episodes]
            .filter(([, count]) => count === 1)
            .map(([issue]) => issue)
            .sort(),
        ).toEqual(open.sort());

        // No event about a set of tokens is recorded twice.
        for (const kind of ['sync-window-due', 'sync-window-overdue'] as const) {
          const about = notified.events
            .filter((event) => event.kind === kind)
            .map((event) => event.data.lastConfirmedGoodAt);
          expect(new Set(about).size).toBe(about.length);
        }
        // Of problems no more than three a local day, and none to a sleeping or locked Mac in Focus.
        const days = Object.groupBy(
          notified.notifications.filter((one) => one.shown && one.purpose !== 'solved'),
          (one) => new Date(one.at).toISOString().slice(0, 10),
        );
        for (const shown of Object.values(days)) expect(shown?.length ?? 0).toBeLessThanOrEqual(3);
        // The history reads in the order in which it was written.
        const ids = notified.rows.map((row) => Number(row.id));
        expect(ids).toEqual([...ids].sort((a, b) => a - b));
      }),
      { numRuns: 25 },
    );
  });
});
