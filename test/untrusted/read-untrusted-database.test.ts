import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openReader } from '../../agent/store/reader.ts';
import {
  readUntrustedDatabase,
  UntrustedDatabaseError,
} from '../../agent/untrusted/read-untrusted-database.ts';
import { batch, databaseIn, event, opened, temporaryFolder } from '../store/samples.ts';
import { changed, history, hostile, traps } from './untrusted-databases.ts';

const failureOf = (path: string): UntrustedDatabaseError => {
  try {
    readUntrustedDatabase(path);
  } catch (error) {
    if (error instanceof UntrustedDatabaseError) return error;
    throw error;
  }
  throw new Error(`${path} was read`);
};

it('a history is read like any database of the agent, without a change or a new file', () => {
  const folder = temporaryFolder();
  const path = history(databaseIn(folder));
  const before = readFileSync(path);
  const files = readdirSync(folder);
  const read = readUntrustedDatabase(path);
  expect(readFileSync(path).equals(before)).toBe(true);
  expect(readdirSync(folder)).toEqual(files);
  const reader = openReader({ path });
  expect(read).toEqual({
    schemaVersion: 1,
    events: reader.events({}),
    issues: [{ ...reader.issues()[0], open_seconds: expect.any(String) }],
    sync: reader.sync(),
    state: reader.state(),
  });
  reader.close();
});

it('the WAL is read too, while the agent has the database open', () => {
  const path = databaseIn(temporaryFolder());
  opened(path).commit(batch({ events: [event({ summary: 'only in the WAL' })] }));
  expect(readUntrustedDatabase(path).events.map(({ summary }) => summary)).toEqual(['only in the WAL']);
});

it('a database of a later version is read, with its version', () => {
  const path = changed(
    history(databaseIn(temporaryFolder())),
    `ALTER TABLE event ADD COLUMN mood TEXT; CREATE TABLE weather (sky TEXT); CREATE INDEX i ON event (kind);
     DROP VIEW v_events; PRAGMA user_version = 7;`,
  );
  const { schemaVersion, events } = readUntrustedDatabase(path);
  expect({ schemaVersion, events: events.length }).toEqual({ schemaVersion: 7, events: 1 });
});

it.each(hostile)('%s is refused with the reason', (_, sql, reason, says) => {
  const error = failureOf(changed(history(databaseIn(temporaryFolder())), sql));
  expect(error).toMatchObject({ reason, message: expect.stringContaining(says) });
});

it.each(traps)('%s: not run, and the rows are read', (_, sql) => {
  expect(readUntrustedDatabase(changed(history(databaseIn(temporaryFolder())), sql)).state).toHaveLength(2);
});

it('control characters are neither in the rows nor in the errors', () => {
  const evil = '\u001b]0;pwned\u0007\u009b31mred\u202e';
  expect(readUntrustedDatabase(history(databaseIn(temporaryFolder()), [evil])).events[0]?.summary).toBe(
    ']0;pwned31mred',
  );
  const path = history(databaseIn(temporaryFolder()));
  const { message } = failureOf(
    changed(path, `INSERT INTO sqlite_schema VALUES ('view', '${evil}', 'x', 0, 'CREATE VIEW nonsense');`),
  );
  expect(message).toMatch(/^it is damaged \([\x20-\x7e]*pwned[\x20-\x7e]*\)$/);
});

it.each<[string, (path: string) => unknown, string]>([
  ['text', (path) => writeFileSync(path, 'not a database '.repeat(1000)), 'notSqlite'],
  ['an empty file', (path) => writeFileSync(path, ''), 'foreignSchema'],
  ['the database of something else', (path) => changed(path, 'CREATE TABLE t (a)'), 'foreignSchema'],
  ['a cut one', (path) => truncateSync(history(path), 5000), 'damaged'],
  [
    '10 GB of nothing',
    (path) => {
      writeFileSync(path, '');
      truncateSync(path, 10 * 1024 ** 3);
    },
    'tooLarge',
  ],
  ['a FIFO', (path) => execFileSync('mkfifo', [path]), 'io'],
  ['nothing', () => {}, 'io'],
  ['a folder', (path) => history(join(path, 'in it')), 'io'],
])('%s is refused at once: %s', (_, make, reason) => {
  const path = databaseIn(temporaryFolder());
  make(path);
  expect(failureOf(path).reason).toBe(reason);
});

it('a database with changed bytes is read, or refused with a reason', () => {
  const folder = temporaryFolder();
  const whole = readFileSync(
    history(
      databaseIn(folder),
      Array.from({ length: 40 }, (_, i) => `Event ${i}`),
    ),
  );
  const flips = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 });
  const other = join(folder, 'other.db');
  fc.assert(
    fc.property(flips, (changes) => {
      const bytes = Buffer.from(whole);
      for (const [at, byte] of changes) bytes[at] = byte;
      writeFileSync(other, bytes);
      try {
        expect(readUntrustedDatabase(other).events.length).toBeGreaterThanOrEqual(0);
      } catch (error) {
        expect(error).toBeInstanceOf(UntrustedDatabaseError);
      }
    }),
    { numRuns: 100 },
  );
});
