import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { type Migration, migrations, versionOf } from '../../agent/store/migrations.ts';
import { openReader } from '../../agent/store/reader.ts';
import { start } from './processes/child.ts';
import { batch, connection, databaseIn, event, opened, temporaryFolder } from './samples.ts';

/** A possible second version: it adds a column and shows it in a view. */
const second: Migration = {
  version: 2,
  up: (db) => {
    const has = db.prepare("SELECT 1 FROM pragma_table_info('event') WHERE name = 'channel'").get();
    if (has === undefined) db.exec('ALTER TABLE event ADD COLUMN channel TEXT');
    db.exec('DROP VIEW IF EXISTS v_channels; CREATE VIEW v_channels AS SELECT id, channel FROM event');
  },
};
const third: Migration = { version: 3, up: (db) => db.exec('CREATE TABLE IF NOT EXISTS extra (a)') };
const fourth: Migration = { version: 4, up: () => {} };

function written(): string {
  const path = databaseIn(temporaryFolder());
  const store = opened(path);
  store.commit(batch({ events: [event({ summary: 'before' })], memory: '{"kept":true}' }));
  store.close();
  return path;
}

function summaries(path: string): string[] {
  const reader = openReader({ path });
  const found = reader.events({}).map(({ summary }) => summary);
  reader.close();
  return found;
}

const backups = (path: string) =>
  readdirSync(dirname(path))
    .filter((name) => name.includes('.before-'))
    .sort();

describe('migrate', () => {
  it('has steps from 1 without a gap, and sets user_version to the newest', () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
    const path = databaseIn(temporaryFolder());
    opened(path);
    expect(versionOf(connection(path, { readonly: true }))).toBe(migrations.length);
    expect(backups(path)).toEqual([]);
  });

  it('keeps the data, and makes a backup first', () => {
    const path = written();
    const store = opened(path, { migrations: [...migrations, second] });
    store.commit(batch({ events: [event({ summary: 'after' })] }));
    expect(summaries(path)).toEqual(['before', 'after']);
    expect(store.memory()).toBe('{"kept":true}');

    expect(backups(path)).toEqual(['events.db.before-v2']);
    const backup = `${path}.before-v2`;
    expect(summaries(backup)).toEqual(['before']);
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    const copy = connection(backup, { readonly: true });
    expect([versionOf(copy), copy.pragma('integrity_check', { simple: true })]).toEqual([1, 'ok']);
  });

  it('keeps the newest two backups', () => {
    const path = written();
    opened(path, { migrations: [...migrations, second] }).close();
    opened(path, { migrations: [...migrations, second, third] }).close();
    opened(path, { migrations: [...migrations, second, third, fourth] }).close();
    expect(backups(path)).toEqual(['events.db.before-v3', 'events.db.before-v4']);
  });

  it('keeps the new backup beside backups of later versions', () => {
    const path = written();
    for (const version of [8, 9]) writeFileSync(`${path}.before-v${version}`, '');
    opened(path, { migrations: [...migrations, second] });
    expect(backups(path)).toEqual(['events.db.before-v2', 'events.db.before-v9']);
    expect(summaries(`${path}.before-v2`)).toEqual(['before']);
  });

  it('continues when an old backup cannot be deleted', () => {
    const path = written();
    mkdirSync(`${path}.before-v1`);
    writeFileSync(`${path}.before-v0`, '');
    opened(path, { migrations: [...migrations, second] }).close();
    opened(path, { migrations: [...migrations, second, third] }).close();
    expect(summaries(path)).toEqual(['before']);
    expect(backups(path)).toEqual(['events.db.before-v1', 'events.db.before-v2', 'events.db.before-v3']);
  });

  it('changes nothing at the next open', () => {
    const path = written();
    opened(path, { migrations: [...migrations, second] }).close();
    const again = { ...second, up: () => expect.unreachable('ran twice') };
    opened(path, { migrations: [...migrations, again] });
    expect(summaries(path)).toEqual(['before']);
  });

  it('can repeat every step', () => {
    const db = new Database(':memory:');
    for (const step of [...migrations, ...migrations, second, second]) step.up(db);
    expect(db.prepare('SELECT * FROM v_events').all()).toEqual([]);
    db.close();
  });

  it('leaves the version before a failed step usable', () => {
    const path = written();
    const failing: Migration = {
      version: 2,
      up: (db) => {
        db.exec('DROP VIEW v_events; DROP TABLE memory;');
        throw new Error('a defect');
      },
    };
    expect(() => opened(path, { migrations: [...migrations, failing] })).toThrow(
      expect.objectContaining({ name: 'StoreError', code: 'failed' }),
    );
    expect(summaries(path)).toEqual(['before']);
    expect(opened(path).memory()).toBe('{"kept":true}');
  });

  it('repeats a step at the next start after a kill', async () => {
    const path = written();
    const child = start('killed-migration.ts', [path]);
    expect(await child.line()).toBeNull();
    expect(backups(path)).toEqual(['events.db.before-v2']);

    const left = connection(path);
    expect(versionOf(left)).toBe(1);
    expect(
      left.prepare("SELECT 1 FROM pragma_table_info('event') WHERE name = 'half'").get(),
    ).toBeUndefined();
    left.close();
    const store = opened(path, { migrations: [...migrations, second] });
    expect(store.recovered).toBeNull();
    expect(store.memory()).toBe('{"kept":true}');
    expect(summaries(path)).toEqual(['before']);
    expect(backups(path)).toEqual(['events.db.before-v2']);
  });
});

describe('the database of a later version', () => {
  it('stays usable when that version only added tables and columns', () => {
    const path = written();
    opened(path, { migrations: [...migrations, second, third] }).close();
    const store = opened(path);
    store.commit(batch({ events: [event({ summary: 'older agent' })] }));
    expect(summaries(path)).toEqual(['before', 'older agent']);
    expect(versionOf(connection(path, { readonly: true }))).toBe(3);
    expect(existsSync(`${path}.before-v1`)).toBe(false);
  });

  it.each([
    ['a table is gone', 'DROP TABLE sync_cycle', 'no table sync_cycle'],
    [
      'a column has another name',
      'ALTER TABLE state RENAME COLUMN since TO from_when',
      'no column state.since',
    ],
    [
      'a column must be filled that we do not know',
      'DROP TABLE memory; CREATE TABLE memory (key TEXT PRIMARY KEY, value TEXT NOT NULL, run TEXT NOT NULL)',
      'the column memory.run',
    ],
  ])('is refused with the reason, and stays unchanged, when %s', (_, sql, words) => {
    const path = written();
    const breaking: Migration = {
      version: 99,
      up: (db) => db.exec(`DROP VIEW v_state; DROP VIEW v_sync; ${sql}`),
    };
    const other = connection(path);
    breaking.up(other);
    other.pragma('user_version = 99');
    other.close();
    expect(() => opened(path)).toThrow(
      expect.objectContaining({ code: 'schema', message: expect.stringContaining(words) }),
    );
    expect(() => opened(path)).toThrow('update PSSO Monitor, or move the file away');
    expect(summaries(path)).toEqual(['before']);
  });
});
