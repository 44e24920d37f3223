import { execFileSync } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openReader } from '../../agent/store/reader.ts';
import { second } from '../../agent/types/time.ts';
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

/** Writes rubbish over these pages; the first has number 1. */
function ruin(path: string, pages: readonly number[]): void {
  const file = openSync(path, 'r+');
  for (const page of pages) writeSync(file, Buffer.alloc(pageSize, 0xa5), 0, pageSize, (page - 1) * pageSize);
  closeSync(file);
}

/** A database that was closed in order, with 200 events on some 70 pages. */
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

const corruptSets = (path: string) => readdirSync(dirname(path)).filter((name) => name.includes('.corrupt-'));

describe('a damaged database is set aside, and a new one begun', () => {
  it.each([
    ['a few bytes', Buffer.from('hello')],
    ['a page of text', Buffer.from('not a database '.repeat(600))],
    ['zeros', Buffer.alloc(8192)],
  ])('%s', (_, content) => {
    const path = databaseIn(temporaryFolder());
    writeFileSync(path, content);
    const store = opened(path);
    expect(store.recovered?.quarantined).toBe(`${path}.corrupt-20260131T120000Z`);
    expect(store.recovered?.reason).toMatch(/not a database|malformed/);
    expect(readFileSync(store.recovered?.quarantined ?? '')).toEqual(content);
    expect(store.commit(batch({ events: [event()] }))).toMatchObject([{ id: 1 }]);
  });

  it('found at opening when the last run did not end in order', () => {
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
    const reader = openReader({ path });
    expect(reader.events({})).toEqual([]);
    reader.close();
  });

  it('found while writing: named, and recovered at the next opening though the file closes in order', () => {
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
    expect(next.commit(batch({ events: [event()] }))).toHaveLength(1);
    next.close();
    expect(opened(path).recovered).toBeNull();
  });

  it('found in the middle, where no write goes, by the daily upkeep', () => {
    const path = full();
    ruin(path, [20, 21]);
    const store = opened(path);
    expect(store.commit(batch({ events: [event()] }))).toHaveLength(1);
    expect(() => store.retain(noon, 180)).toThrow(expect.objectContaining({ code: 'corrupt' }));
    store.close();
    expect(opened(path).recovered).not.toBeNull();
  });

  it('found by a reader: named, and the file is left alone', () => {
    const path = full();
    ruin(path, [20, 21]);
    const reader = openReader({ path });
    expect(() => reader.events({})).toThrow(expect.objectContaining({ code: 'corrupt' }));
    reader.close();
    expect(corruptSets(path)).toEqual([]);
  });

  it('a suspicion that proves wrong costs nothing', () => {
    const path = full();
    writeFileSync(`${path}.suspect`, '');
    expect(opened(path).recovered).toBeNull();
    expect(existsSync(`${path}.suspect`)).toBe(false);
    const reader = openReader({ path });
    expect(reader.events({})).toHaveLength(200);
    reader.close();
  });

  it('keeps the newest two, each whole', () => {
    const path = databaseIn(temporaryFolder());
    for (const seconds of [0, 1, 2, 2]) {
      writeFileSync(path, 'rubbish');
      writeFileSync(`${path}-wal`, 'rubbish');
      opened(path, { now: noon + seconds * second }).close();
    }
    expect(
      corruptSets(path)
        .filter((name) => !name.endsWith('-wal'))
        .sort(),
    ).toEqual(['events.db.corrupt-20260131T120002Z', 'events.db.corrupt-20260131T120002Z-2']);
  });

  it('does not touch a whole one for a leftover -wal that is not its own', () => {
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
