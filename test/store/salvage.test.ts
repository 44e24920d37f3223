import { copyFileSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openReader } from '../../agent/store/reader.ts';
import {
  batch,
  connection,
  cycle,
  databaseIn,
  episode,
  event,
  manyEvents,
  noon,
  opened,
  temporaryFolder,
} from './samples.ts';

const pageSize = 4096;
const memory = JSON.stringify({ notified: 'x'.repeat(3_000) });

/** A cleanly closed database with 300 events, the oldest deleted; its first event has number 101. */
function recorded(): string {
  const path = databaseIn(temporaryFolder());
  const store = opened(path);
  store.commit(
    batch({ at: noon, state: { headline: 'ok' }, memory, episodes: [episode()], syncCycles: [cycle()] }),
  );
  for (let part = 0; part < 40; part++) store.commit(batch({ events: manyEvents(10) }));
  store.close();
  const db = connection(path);
  db.exec('DELETE FROM event WHERE id <= 100');
  db.close();
  return path;
}

const rootOf = (path: string, table: string) =>
  Number(connection(path).prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table));

function change(path: string, edit: (content: Buffer) => void): void {
  const content = readFileSync(path);
  edit(content);
  writeFileSync(path, content);
}
const ruin = (content: Buffer, page: number, fill = 0xa5) =>
  content.fill(fill, (page - 1) * pageSize, page * pageSize);

/** Opens it with a full check, as after damage in use. */
function salvaged(path: string) {
  writeFileSync(`${path}.suspect`, '');
  const store = opened(path);
  const reader = openReader({ path });
  const read = {
    events: reader.events({}),
    issues: reader.issues(),
    sync: reader.sync(),
    state: reader.state(),
  };
  reader.close();
  return { store, ...read };
}

describe('from a damaged database', () => {
  it.each([
    ['garbage', 0xa5],
    ['zeros', 0],
  ])('with a page of %s, all rows of the other pages are taken over, and the memory', (_, fill) => {
    const path = recorded();
    const pages = statSync(path).size / pageSize;
    for (let page = 20; page < pages; page += 13) {
      const damaged = databaseIn(temporaryFolder());
      copyFileSync(path, damaged);
      change(damaged, (content) => ruin(content, page, fill));
      const { store, events, issues, sync, state } = salvaged(damaged);
      if (store.recovered === null) continue;
      // A page holds about six events.
      expect(events.length).toBeGreaterThan(280);
      expect(store.recovered.salvagedEvents).toBe(events.length);
      expect(events.map(({ id }) => Number(id))).toEqual([...new Set(events.map(({ id }) => Number(id)))]);
      expect(events[0]).toMatchObject({ kind: 'token-refreshed', severity: 'info' });
      expect(issues).toMatchObject([{ issue: 'registration-lost', status: 'open' }]);
      expect([sync.length, state]).toMatchObject([1, [{ key: 'headline', value: 'ok' }, { key: 'history' }]]);
      expect(store.memory()).toBe(memory);
      expect(store.commit(batch({ events: [event()] }))).toMatchObject([{ id: 401 }]);
    }
  });

  it.each([
    ['its first page', [1]],
    ['its first page and the whole schema', [1, 3, 4, 5]],
  ])('without %s, all events and the memory are taken over', (_, pages) => {
    const path = recorded();
    const roots = ['event', 'sqlite_sequence', 'issue_episode', 'sync_cycle', 'state', 'memory'].map(
      (table) => rootOf(path, table),
    );
    change(path, (content) => {
      for (const page of pages) if (!roots.includes(page)) ruin(content, page);
    });
    const { store, events, issues } = salvaged(path);
    expect([events.length, issues.length, store.memory()]).toEqual([300, 1, memory]);
    expect(store.commit(batch({ events: [event()] }))).toMatchObject([{ id: 401 }]);
  });

  it.each(['event', 'sqlite_sequence'])(
    'with the first page of the table %s damaged, all events are',
    (table) => {
      const path = recorded();
      const page = rootOf(path, table);
      change(path, (content) => ruin(content, page));
      const { store, events, issues } = salvaged(path);
      expect(store.recovered).not.toBeNull();
      const ids = events.map(({ id }) => Number(id));
      expect(ids.filter((id) => id > 100)).toEqual(Array.from({ length: 300 }, (_, index) => 101 + index));
      expect([issues.length, store.memory()]).toEqual([1, memory]);
    },
  );

  it('without its memory, no episode and no cycle stays open', () => {
    const path = recorded();
    const page = rootOf(path, 'memory');
    change(path, (content) => ruin(content, page));
    const { store, events, issues, sync } = salvaged(path);
    expect([store.memory(), events.length]).toEqual([null, 300]);
    expect(issues).toMatchObject([{ status: 'resolved', resolved_at: events.at(-1)?.at }]);
    expect(sync).toMatchObject([{ outcome: 'abandoned' }]);
  });

  it('that is cut off, the events before the cut are taken over', () => {
    const path = recorded();
    truncateSync(path, Math.floor(statSync(path).size / pageSize / 2) * pageSize);
    const { events, store } = salvaged(path);
    expect(store.recovered).not.toBeNull();
    expect(events.length).toBeGreaterThan(80);
  });

  it('invalid cells are left out with their rows', () => {
    const path = recorded();
    const db = connection(path);
    db.pragma('ignore_check_constraints = ON');
    db.exec(`DROP TRIGGER event_is_append_only;
      UPDATE event SET kind = 'rubbish' WHERE id = 200;
      UPDATE event SET at = 'x' WHERE id = 201;
      UPDATE event SET detail = '{' WHERE id = 202;
      UPDATE event SET severity = x'00' WHERE id = 203`);
    const page = rootOf(path, 'state');
    db.close();
    change(path, (content) => ruin(content, page));
    const { events, state, issues } = salvaged(path);
    expect(events).toHaveLength(296);
    expect([state, issues.length]).toEqual([[], 1]);
  });

  it('the quarantined files stay unchanged, and no copy is left', () => {
    const path = recorded();
    const page = rootOf(path, 'state');
    change(path, (content) => ruin(content, page));
    const before = readFileSync(path);
    const { store } = salvaged(path);
    expect(readFileSync(store.recovered?.quarantined ?? '')).toEqual(before);
    expect(readdirSync(dirname(path)).filter((name) => name.includes('salvage'))).toEqual([]);
  });
});
