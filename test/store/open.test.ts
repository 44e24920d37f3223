import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openReader } from '../../agent/store/reader.ts';
import { start } from './processes/child.ts';
import { batch, connection, databaseIn, event, opened, temporaryFolder } from './samples.ts';

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('openStore', () => {
  it('makes the folder and an empty history', () => {
    const path = join(temporaryFolder(), 'a', 'b', 'events.db');
    const store = opened(path);
    expect(store.recovered).toBeNull();
    expect(store.memory()).toBeNull();
    const reader = openReader({ path });
    expect([reader.events({}), reader.issues(), reader.sync(), reader.state()]).toEqual([[], [], [], []]);
    reader.close();
  });

  it('takes an empty file for a new database', () => {
    const path = databaseIn(temporaryFolder());
    writeFileSync(path, '');
    const store = opened(path);
    expect(store.recovered).toBeNull();
    expect(store.commit(batch({ events: [event()] }))).toHaveLength(1);
  });

  it('reads what was stored, and continues the numbers', () => {
    const path = databaseIn(temporaryFolder());
    const first = opened(path);
    first.commit(batch({ events: [event(), event()], memory: '{"a":1}' }));
    first.close();
    const second = opened(path);
    expect(second.memory()).toBe('{"a":1}');
    expect(second.commit(batch({ events: [event()] })).map(({ id }) => id)).toEqual([3]);
  });

  it.each([0o000, 0o022, 0o077])('makes folder and files private under umask %o', (umask) => {
    const before = process.umask(umask);
    onTestFinished(() => {
      process.umask(before);
    });
    const folder = join(temporaryFolder(), 'data');
    const path = databaseIn(folder);
    opened(path).commit(batch({ events: [event()] }));
    expect(modeOf(folder)).toBe('700');
    for (const file of readdirSync(folder))
      expect(`${file} ${modeOf(join(folder, file))}`).toBe(`${file} 600`);
    expect(readdirSync(folder)).toContain('events.db-wal');
  });

  it('makes an existing data folder and database private', () => {
    const folder = temporaryFolder();
    const path = databaseIn(folder);
    opened(path).close();
    chmodSync(folder, 0o755);
    chmodSync(path, 0o644);
    opened(path);
    expect([modeOf(folder), modeOf(path), modeOf(`${path}-wal`)]).toEqual(['700', '600', '600']);
  });

  it.each(['events.db', 'agent.lock', 'agent.json'])('knows a data folder by %s', (name) => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, name), '');
    opened(join(folder, 'other.db'));
    expect(modeOf(folder)).toBe('700');
  });

  it('does not change a folder with other files', () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, 'someone-elses.txt'), '');
    opened(databaseIn(folder));
    expect([modeOf(folder), modeOf(databaseIn(folder))]).toEqual(['755', '600']);
  });

  it('allows readers at the same time: WAL, and no exclusive lock', () => {
    const path = databaseIn(temporaryFolder());
    opened(path).commit(batch({ events: [event()] }));
    const other = connection(path, { readonly: true, timeout: 0 });
    expect(other.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(other.pragma('auto_vacuum', { simple: true })).toBe(2);
    expect(other.prepare('SELECT count(*) AS n FROM v_events').get()).toEqual({ n: 1 });
  });
});

describe('openStore throws a named error, and makes nothing, for', () => {
  it('a folder with the name of the database', () => {
    const path = databaseIn(temporaryFolder());
    mkdirSync(path);
    expect(() => opened(path)).toThrow(expect.objectContaining({ name: 'StoreError', code: 'cannot-open' }));
  });

  it('a missing native part of SQLite', () => {
    const folder = temporaryFolder();
    const nativeBinding = join(folder, 'better_sqlite3.node');
    expect(() => opened(databaseIn(folder), { nativeBinding })).toThrow(nativeBinding);
    opened(databaseIn(folder));
    expect(() => openReader({ path: databaseIn(folder), nativeBinding })).toThrow(nativeBinding);
  });

  it('a file in place of the folder', () => {
    const path = databaseIn(temporaryFolder());
    writeFileSync(path, 'x');
    expect(() => opened(join(path, 'events.db'))).toThrow(expect.objectContaining({ code: 'cannot-open' }));
  });

  it('a read-only folder, with and without a database', async () => {
    const parent = temporaryFolder();
    chmodSync(parent, 0o755);
    const folder = join(parent, 'data');
    mkdirSync(folder, { mode: 0o755 });
    onTestFinished(() => chmodSync(folder, 0o755));
    chmodSync(folder, 0o555);
    expect(await start('unprivileged-open.ts', [databaseIn(folder)]).ended()).toEqual(['denied']);

    chmodSync(folder, 0o755);
    writeFileSync(join(folder, 'other'), '');
    opened(databaseIn(folder)).close();
    chmodSync(databaseIn(folder), 0o444);
    chmodSync(folder, 0o555);
    expect(await start('unprivileged-open.ts', [databaseIn(folder)]).ended()).toEqual([
      expect.stringMatching(/^(denied|readonly|cannot-open)$/),
    ]);
    expect(readdirSync(folder).sort()).toEqual(['events.db', 'other']);
  });
});
