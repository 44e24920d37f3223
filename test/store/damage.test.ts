import { execFileSync } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromIso } from '../../agent/shared/time.ts';
import { type Migration, migrations } from '../../agent/store/migrations.ts';
import { openReader } from '../../agent/store/reader.ts';
import {
  batch,
  connection,
  databaseIn,
  event,
  manyEvents,
  noon,
  opened,
  temporaryFolder,
} from './samples.ts';

const pageSize = 4096;

/** Overwrites these pages; the first has number 1. */
function ruin(path: string, pages: readonly number[]): void {
  const file = openSync(path, 'r+');
  for (const page of pages) writeSync(file, Buffer.alloc(pageSize, 0xa5), 0, pageSize, (page - 1) * pageSize);
  closeSync(file);
}

/** A cleanly closed database with 200 events on about 70 pages. */
function full(): string {
  const path = databaseIn(temporaryFolder());
  const store = opened(path);
  store.commit(batch({ events: manyEvents(200) }));
  store.close();
  return path;
}

function rootOf(path: string, table: string): number {
  const db = connection(path);
  const root = Number(db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table));
  db.close();
  return root;
}

function eventIds(path: string): string[] {
  const reader = openReader({ path });
  const ids = reader.events({}).map(({ id }) => id);
  reader.close();
  return ids;
}

const corruptSets = (path: string) => readdirSync(dirname(path)).filter((name) => name.includes('.corrupt-'));

describe('the store quarantines a damaged database and begins a new one', () => {
  it.each([
    ['a few bytes', Buffer.from('hello')],
    ['a page of text', Buffer.from('not a database '.repeat(600))],
    ['zeros', Buffer.alloc(8192)],
  ])('%s', (_, content) => {
    const path = databaseIn(temporaryFolder());
    writeFileSync(path, content);
    const store = opened(path);
    expect(store.recovered?.quarantined).toBe(`${path}.corrupt-1-20260131T120000Z`);
    expect(store.recovered?.reason).toMatch(/not a database|malformed/);
    expect(readFileSync(store.recovered?.quarantined ?? '')).toEqual(content);
    expect(store.commit(batch({ events: [event()] }))).toMatchObject([{ id: 1 }]);
  });

  it('that is empty, where something was recorded before', () => {
    const path = databaseIn(temporaryFolder());
    writeFileSync(path, '');
    const { recovered } = opened(path, { recordedBefore: true });
    expect(recovered).toMatchObject({ reason: 'the file is empty', salvagedEvents: 0 });
    expect(corruptSets(path)).toEqual([basename(recovered?.quarantined ?? '')]);
    const missing = databaseIn(temporaryFolder());
    expect(opened(missing, { recordedBefore: true }).recovered).toBeNull();
  });

  it('that it finds at the open after an unclean end', () => {
    const folder = temporaryFolder();
    const live = opened(databaseIn(folder));
    live.commit(batch({ events: manyEvents(200) }));
    live.checkpoint();
    live.commit(batch({ events: [event()] }));
    const path = databaseIn(temporaryFolder());
    // By another process: closing a file here would drop the locks that the live store has on it.
    execFileSync('cp', [databaseIn(folder), `${databaseIn(folder)}-wal`, dirname(path)]);
    ruin(path, [20, 21]);

    const store = opened(path);
    expect(store.recovered).not.toBeNull();
    expect(corruptSets(path)).toContain(basename(store.recovered?.quarantined ?? ''));
    // All but those on the two pages, and the one in the WAL too.
    const ids = eventIds(path);
    expect(ids.length).toBeGreaterThan(180);
    expect(ids.length).toBeLessThan(201);
    expect(ids.at(-1)).toBe('201');
    expect(store.recovered?.salvagedEvents).toBe(ids.length);
  });

  it('that it finds while writing: at the next open, also after a clean close', () => {
    const path = full();
    ruin(path, [rootOf(path, 'event')]);
    const store = opened(path);
    expect(store.recovered).toBeNull();
    expect(() => store.commit(batch({ events: [event()] }))).toThrow(
      expect.objectContaining({ code: 'corrupt' }),
    );
    store.close();
    expect(existsSync(`${path}-wal`)).toBe(false);

    const next = opened(path);
    expect(next.recovered).not.toBeNull();
    expect(next.commit(batch({ events: [event({ kind: 'store-recovered' })] }))).toHaveLength(1);
    next.close();
    expect(opened(path).recovered).toBeNull();
  });

  it('that the daily check finds on a page that no write touches', () => {
    const path = full();
    ruin(path, [20, 21]);
    const store = opened(path);
    expect(store.commit(batch({ events: [event()] }))).toHaveLength(1);
    expect(() => store.retain(noon, 180)).toThrow(expect.objectContaining({ code: 'corrupt' }));
    store.close();
    expect(opened(path).recovered).not.toBeNull();
  });

  it('but not when a reader finds the damage', () => {
    const path = full();
    ruin(path, [20, 21]);
    const reader = openReader({ path });
    expect(() => reader.events({})).toThrow(expect.objectContaining({ code: 'corrupt' }));
    reader.close();
    expect(corruptSets(path)).toEqual([]);
  });

  it('but not when the full check finds no damage', () => {
    const path = full();
    writeFileSync(`${path}.suspect`, '');
    expect(opened(path).recovered).toBeNull();
    expect(existsSync(`${path}.suspect`)).toBe(false);
    const reader = openReader({ path });
    expect(reader.events({})).toHaveLength(200);
    reader.close();
  });

  /** Replaces the database by an invalid file, and opens it at this time. */
  function damagedAt(path: string, at: string): void {
    writeFileSync(path, 'rubbish');
    opened(path, { now: fromIso(at) }).close();
  }
  it('keeps the newest two sets, by their numbers', () => {
    const path = databaseIn(temporaryFolder());
    for (const second of ['00', '01', '02', '02']) damagedAt(path, `2026-01-31T12:00:${second}Z`);
    expect(corruptSets(path).sort()).toEqual([
      'events.db.corrupt-3-20260131T120002Z',
      'events.db.corrupt-4-20260131T120002Z',
    ]);
  });

  it('keeps the newest set when the clock is years behind, beside sets without a number', () => {
    const path = databaseIn(temporaryFolder());
    const earlier = ['20260131T120000Z', '20260301T120000Z', '20260301T120000Z-2'];
    for (const stamp of earlier)
      for (const ending of ['', '-wal']) writeFileSync(`${path}.corrupt-${stamp}${ending}`, 'rubbish');
    damagedAt(path, '2001-01-01T00:00:00Z');
    expect(corruptSets(path).sort()).toEqual([
      'events.db.corrupt-1-20010101T000000Z',
      'events.db.corrupt-20260301T120000Z-2',
      'events.db.corrupt-20260301T120000Z-2-wal',
    ]);
    damagedAt(path, '2026-06-01T00:00:00Z');
    damagedAt(path, '2001-01-01T00:00:00Z');
    expect(corruptSets(path).sort()).toEqual([
      'events.db.corrupt-2-20260601T000000Z',
      'events.db.corrupt-3-20010101T000000Z',
    ]);
    for (let more = 0; more < 9; more++) damagedAt(path, '2001-01-01T00:00:00Z');
    expect(corruptSets(path).sort()).toEqual([
      'events.db.corrupt-11-20010101T000000Z',
      'events.db.corrupt-12-20010101T000000Z',
    ]);
  });

  it('does not count an incomplete set, and continues when a set cannot be deleted', () => {
    const path = databaseIn(temporaryFolder());
    mkdirSync(`${path}.corrupt-20260101T000000Z`);
    damagedAt(path, '2026-01-01T00:00:00Z');
    // Killed between the WAL and the database.
    writeFileSync(`${path}.corrupt-2-20260102T000000Z-wal`, 'rubbish');
    damagedAt(path, '2026-01-03T00:00:00Z');
    const kept = ['corrupt-1-20260101T000000Z', 'corrupt-3-20260103T000000Z'].map(
      (name) => `events.db.${name}`,
    );
    expect(corruptSets(path)).toEqual(expect.arrayContaining(kept));
    damagedAt(path, '2026-01-04T00:00:00Z');
    expect(corruptSets(path).sort()).toEqual([
      'events.db.corrupt-20260101T000000Z',
      'events.db.corrupt-3-20260103T000000Z',
      'events.db.corrupt-4-20260104T000000Z',
    ]);
  });

  it('reports the quarantine at each open until its event is recorded', () => {
    const path = databaseIn(temporaryFolder());
    writeFileSync(path, 'rubbish'.repeat(1000));
    const failing: Migration = {
      version: migrations.length + 1,
      up: () => {
        throw new Error('no room');
      },
    };
    expect(() => opened(path, { migrations: [...migrations, failing] })).toThrow('no room');
    const recovered = {
      reason: 'file is not a database',
      quarantined: `${path}.corrupt-1-20260131T120000Z`,
    };
    const first = opened(path);
    expect(first.recovered).toEqual({ ...recovered, salvagedEvents: 0 });
    first.commit(batch({ events: [event()] }));
    first.close();
    const second = opened(path);
    expect(second.recovered).toEqual({ ...recovered, salvagedEvents: 1 });
    second.commit(batch({ events: [event({ kind: 'store-recovered' })] }));
    second.close();
    expect(opened(path).recovered).toBeNull();
    expect(existsSync(`${path}.suspect`)).toBe(false);
  });

  it.each([
    ['rubbish', 'rubbish'],
    ['another shape', '{"reason":1}'],
    ['another file', '{"reason":"x","quarantined":"../events.db"}'],
    ['a set that is gone', '{"reason":"x","quarantined":"events.db.corrupt-1-20260131T120000Z"}'],
  ])('a mark that holds %s is a suspicion and no more', (_, content) => {
    const path = full();
    writeFileSync(`${path}.suspect`, content);
    expect(opened(path).recovered).toBeNull();
    expect(existsSync(`${path}.suspect`)).toBe(false);
  });

  it('opens although the mark cannot be removed', () => {
    const path = full();
    mkdirSync(`${path}.suspect`);
    expect(opened(path).commit(batch({ events: [event()] }))).toHaveLength(1);
  });

  it('keeps an undamaged database beside the -wal of another one', () => {
    const path = full();
    writeFileSync(`${path}-wal`, 'rubbish'.repeat(1000));
    expect(opened(path).recovered).toBeNull();
    const copy = databaseIn(temporaryFolder());
    copyFileSync(path, copy);
    const reader = openReader({ path: copy });
    expect(reader.events({})).toHaveLength(200);
    reader.close();
  });
});
