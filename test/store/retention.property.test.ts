import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { day, type EpochMs, hour } from '../../agent/shared/time.ts';
import { retentionCutoff } from '../../agent/store/retention.ts';
import {
  batch,
  connection,
  cycle,
  databaseIn,
  episode,
  event,
  noon,
  opened,
  temporaryFolder,
} from './samples.ts';

const week = 7 * day;

/** Mostly the last two years, sometimes a wrong clock. Milliseconds before noon. */
const age = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 0, max: 730 * 24 }).map((hours) => hours * hour) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 100 }).map((hours) => noon - hours * hour) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 3650 }).map((days) => -days * day) },
);
const instant = age.map((before) => noon - before);
/** Unsorted. */
const history = fc.array(instant, { maxLength: 60 });
const retentionDays = fc.integer({ min: 1, max: 400 });

/** One run over a history of instants. */
function run(instants: readonly EpochMs[], now: EpochMs, days: number) {
  const oldest = instants.length === 0 ? null : Math.min(...instants);
  const cutoff = retentionCutoff({ oldest, now, retentionDays: days });
  const isDeleted = (at: EpochMs) => cutoff !== null && at < cutoff;
  return {
    cutoff,
    deleted: instants.filter(isDeleted),
    kept: instants.filter((at) => !isDeleted(at)),
  };
}

describe('the cutoff of one run', () => {
  test('deletes nothing younger than the retention, and a week at most, the oldest first', () => {
    fc.assert(
      fc.property(history, instant, retentionDays, (instants, now, days) => {
        const { deleted, kept } = run(instants, now, days);
        for (const at of deleted) expect(now - at).toBeGreaterThan(days * day);
        if (deleted.length === 0) return;
        expect(Math.max(...deleted) - Math.min(...deleted)).toBeLessThan(week);
        expect(Math.min(...kept)).toBeGreaterThan(Math.max(...deleted));
      }),
    );
  });

  test('deletes something in each run, until nothing is older than the retention', () => {
    fc.assert(
      fc.property(history, retentionDays, (instants, days) => {
        let left: readonly EpochMs[] = instants;
        for (;;) {
          const { cutoff, deleted, kept } = run(left, noon, days);
          left = kept;
          if (cutoff === null) break;
          expect(deleted).not.toEqual([]);
        }
        expect(left).toEqual(instants.filter((at) => noon - at <= days * day));
      }),
    );
  });

  test('deletes a week at most when the clock is years ahead for one run', () => {
    fc.assert(
      fc.property(history, retentionDays, fc.integer({ min: 1, max: 20 }), (instants, days, years) => {
        const lost = run(instants, noon + years * 365 * day, days).deleted.filter(
          (at) => noon - at <= days * day,
        );
        if (lost.length > 0) expect(Math.max(...lost) - Math.min(...lost)).toBeLessThan(week);
      }),
    );
  });
});

describe('the retention of a database', () => {
  const span = fc.tuple(
    instant,
    fc.integer({ min: -48, max: 400 }).map((hours) => hours * hour),
  );

  test('deletes old records only, and no episode or cycle before its events', () => {
    const scenarios = fc.record({
      events: history,
      spans: fc.array(span, { maxLength: 12 }),
      days: retentionDays,
    });
    fc.assert(
      fc.property(scenarios, ({ events, spans, days }) => {
        const path = databaseIn(temporaryFolder());
        const store = opened(path);
        const ends = new Map(spans);
        store.commit(
          batch({
            events: events.map((at) => event({ at })),
            episodes: [...ends].map(([openedAt, lasted]) =>
              episode({ openedAt, resolvedAt: openedAt + lasted }),
            ),
            syncCycles: [...ends].map(([staleFrom, lasted]) =>
              cycle({ staleFrom, refreshedAt: staleFrom + lasted, outcome: 'token-refreshed' }),
            ),
          }),
        );
        const db = connection(path, { readonly: true });
        const column = (sql: string) => db.prepare<[], number>(sql).pluck().all();
        const read = () => ({
          events: column('SELECT at FROM event'),
          episodes: column('SELECT MAX(opened_at, resolved_at) FROM issue_episode'),
          cycles: column('SELECT MAX(stale_from, refreshed_at) FROM sync_cycle'),
        });
        const limit = (now: EpochMs) => now - days * day;
        const young = (from: ReturnType<typeof read>, now: EpochMs) =>
          Object.values(from).map((instants) => instants.filter((at) => at >= limit(now)).sort());

        let now = noon;
        let before = read();
        for (let runs = 0; runs < 200; runs++) {
          const { deletedEvents } = store.retain(now, days);
          const after = read();
          expect(after.events.length).toBe(before.events.length - deletedEvents);
          expect(young(after, now)).toEqual(young(before, now));
          const oldestEvent = Math.min(...after.events);
          for (const kind of ['episodes', 'cycles'] as const) {
            const gone = before[kind].filter((end) => !after[kind].includes(end));
            for (const end of gone) expect(end).toBeLessThan(oldestEvent);
          }
          const stands = JSON.stringify(after) === JSON.stringify(before);
          before = after;
          if (stands && Object.values(after).every((instants) => instants.every((at) => at >= limit(now))))
            break;
          now += day;
        }
        for (const instants of Object.values(before))
          for (const at of instants) expect(at).toBeGreaterThanOrEqual(limit(now));
        store.close();
        db.close();
      }),
      { numRuns: 40 },
    );
  });
});
