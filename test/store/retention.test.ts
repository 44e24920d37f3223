import { copyFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { day, hour, toIso } from '../../agent/shared/time.ts';
import { connect } from '../../agent/store/connection.ts';
import { openReader } from '../../agent/store/reader.ts';
import { deleteOld } from '../../agent/store/retention.ts';
import { start } from './processes/child.ts';
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

function left(path: string) {
  const reader = openReader({ path });
  const found = {
    events: reader.events({}).map(({ at }) => at),
    issues: reader.issues().map(({ opened_at }) => opened_at),
    sync: reader.sync().map(({ stale_from }) => stale_from),
  };
  reader.close();
  return found;
}

const old = noon - 200 * day;
const young = noon - 100 * day;

describe('retention', () => {
  it('deletes older events, and returns their number', () => {
    const path = databaseIn(temporaryFolder());
    const store = opened(path);
    const limit = noon - 180 * day;
    const ages = [limit - day, limit - 1, limit, young];
    store.commit(batch({ events: ages.map((at) => event({ at })) }));
    expect(store.retain(noon, 180)).toEqual({ deletedEvents: 2 });
    expect(left(path).events).toEqual([limit, young].map(toIso));
    expect(store.retain(noon, 180)).toEqual({ deletedEvents: 0 });
  });

  it('deletes what ended long ago, and nothing that is open', () => {
    const path = databaseIn(temporaryFolder());
    const store = opened(path);
    store.commit(
      batch({
        episodes: [
          episode({ openedAt: old, resolvedAt: old + hour }),
          episode({ openedAt: old + hour, resolvedAt: young }),
          episode({ openedAt: old + 2 * hour, resolvedAt: null }),
        ],
        syncCycles: [
          cycle({ staleFrom: old, outcome: 'token-refreshed', refreshedAt: old + hour }),
          cycle({ staleFrom: old + hour, outcome: 'password-synced', refreshedAt: young }),
          cycle({ staleFrom: old + 2 * hour, outcome: 'open' }),
        ],
      }),
    );
    store.retain(noon, 180);
    const kept = [toIso(old + 2 * hour), toIso(old + hour)];
    expect(left(path)).toMatchObject({ issues: kept, sync: kept });
  });

  it('deletes seven days of history in a run, the oldest first, and skips gaps', () => {
    const path = databaseIn(temporaryFolder());
    const store = opened(path);
    const away = [300, 296, 293.01, 293, 250, 190, 100].map((days) => noon - days * day);
    store.commit(batch({ events: away.map((at) => event({ at })) }));
    const runs = Array.from({ length: 5 }, () => store.retain(noon, 180).deletedEvents);
    expect(runs).toEqual([3, 1, 1, 1, 0]);
    expect(left(path).events).toEqual([toIso(noon - 100 * day)]);
  });

  it('deletes a week at most when the clock is years ahead', () => {
    const path = databaseIn(temporaryFolder());
    const store = opened(path);
    const daily = Array.from({ length: 300 }, (_, age) => event({ at: noon - (299 - age) * (day / 2) }));
    store.commit(batch({ events: daily }));
    expect(store.retain(noon + 5 * 365 * day, 180)).toEqual({ deletedEvents: 14 });
    expect(left(path).events).toEqual(daily.slice(14).map(({ at }) => toIso(at)));
  });

  it('deletes an event of 1970 first, and keeps an event of the future', () => {
    const path = databaseIn(temporaryFolder());
    const store = opened(path);
    const ages = [noon - 190 * day, 60_000, noon + 3000 * day, noon - 10 * day];
    store.commit(batch({ events: ages.map((at) => event({ at })) }));
    expect(store.retain(noon, 180)).toEqual({ deletedEvents: 1 });
    expect(left(path).events).toEqual([0, 2, 3].map((index) => toIso(ages[index] ?? 0)));
    expect(store.retain(noon, 180)).toEqual({ deletedEvents: 1 });
    expect(store.retain(noon, 180)).toEqual({ deletedEvents: 0 });
  });

  it('keeps an episode that ended before it began, after a clock change, as long as its event', () => {
    const path = databaseIn(temporaryFolder());
    const store = opened(path);
    store.commit(
      batch({
        events: [event({ at: young })],
        episodes: [episode({ openedAt: young, resolvedAt: 60_000 })],
      }),
    );
    store.retain(noon, 180);
    expect(left(path)).toMatchObject({ events: [toIso(young)], issues: [toIso(young)] });
  });

  it('returns the number of deleted events also when pages cannot be freed', async () => {
    const path = databaseIn(temporaryFolder());
    const store = opened(path);
    const data = { filler: 'x'.repeat(1000) };
    store.commit(batch({ events: Array.from({ length: 100 }, () => event({ at: old, data })) }));
    store.close();
    // The limit of the file's size: what the deletion alone writes, measured on a copy.
    const copy = databaseIn(temporaryFolder());
    copyFileSync(path, copy);
    const db = connect(copy, {});
    deleteOld(db, noon, 180);
    const fileLimitKiB = Math.ceil(statSync(`${copy}-wal`).size / 1024);
    db.close();
    const child = start('retain.ts', [path, String(noon), '180'], { fileLimitKiB });
    expect(await child.ended()).toEqual(['100']);
    expect(left(path).events).toEqual([]);
    expect(connection(path).pragma('freelist_count', { simple: true })).toBeGreaterThan(0);
  });

  it('never uses a number twice, also after all events were deleted', () => {
    const store = opened(databaseIn(temporaryFolder()));
    store.commit(batch({ events: [event({ at: old }), event({ at: old })] }));
    store.retain(noon, 180);
    expect(store.commit(batch({ events: [event()] }))).toMatchObject([{ id: 3 }]);
  });

  it('deletes in small transactions, and frees the space', () => {
    const path = databaseIn(temporaryFolder());
    const store = opened(path);
    const data = { filler: 'x'.repeat(1000) };
    store.commit(batch({ events: Array.from({ length: 3_500 }, () => event({ at: old, data })) }));
    store.commit(batch({ events: [event()] }));
    store.checkpoint();
    const before = statSync(path).size;
    expect(store.retain(noon, 180)).toEqual({ deletedEvents: 3_500 });
    store.checkpoint();
    expect(statSync(path).size).toBeLessThan(before / 2);
    expect(left(path).events).toEqual([toIso(noon)]);
    expect(connection(path).pragma('integrity_check', { simple: true })).toBe('ok');
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('deletes nothing for %d days', (days) => {
    const path = databaseIn(temporaryFolder());
    const store = opened(path);
    store.commit(batch({ events: [event({ at: old })] }));
    expect(store.retain(noon, days)).toEqual({ deletedEvents: 0 });
    expect(left(path).events).toHaveLength(1);
  });
});
