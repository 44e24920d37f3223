import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openReader } from '../../agent/store/reader.ts';
import { day, hour, toIso } from '../../agent/types/time.ts';
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
  it('deletes events that are older, and says how many', () => {
    const path = databaseIn(temporaryFolder());
    const store = opened(path);
    const limit = noon - 180 * day;
    const ages = [old, limit - 1, limit, young];
    store.commit(batch({ events: ages.map((at) => event({ at })) }));
    expect(store.retain(noon, 180)).toEqual({ deletedEvents: 2 });
    expect(left(path).events).toEqual([limit, young].map(toIso));
    expect(store.retain(noon, 180)).toEqual({ deletedEvents: 0 });
  });

  it('deletes what ended long ago, and never what is still open', () => {
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

  it('never gives a number twice, even when all events were deleted', () => {
    const store = opened(databaseIn(temporaryFolder()));
    store.commit(batch({ events: [event({ at: old }), event({ at: old })] }));
    store.retain(noon, 180);
    expect(store.commit(batch({ events: [event()] }))).toMatchObject([{ id: 3 }]);
  });

  it('goes through many in small transactions, and gives the space back', () => {
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
