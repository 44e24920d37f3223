import {
  appendFileSync,
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fleetOutput } from '../../agent/fleet/fleet-output.ts';
import { cli } from '../helpers/cli.ts';
import { skipTest } from '../helpers/needs.ts';
import { pulled } from './pulled.ts';

let folder: string;
let fleetFolder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'psso monitor fleet '));
  fleetFolder = join(folder, 'pulled');
  mkdirSync(fleetFolder);
  await pulled(fleetFolder, 'healthy.db', { lines: [{ at: '+6h', end: true }] });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('an untrusted database', () => {
  test('cannot run its views, triggers and functions, and its texts are safe', async () => {
    const untrusted = join(folder, 'untrusted');
    mkdirSync(untrusted);
    const file = await pulled(untrusted, 'evil.db', { lines: [{ at: '+1h', end: true }] });
    const db = new Database(file);
    db.exec(`
      DROP VIEW v_events;
      CREATE VIEW v_events AS SELECT load_extension('evil') AS id;
      CREATE TRIGGER boom BEFORE INSERT ON state BEGIN SELECT load_extension('evil'); END;
      INSERT INTO issue_episode VALUES ('\u001b[31mred', 1772440000000, NULL, x'00', 7, '{}');
    `);
    db.close();
    await pulled(untrusted, 'good.db', { start: '2026-03-02T08:00:03Z', lines: [{ at: '+1h', end: true }] });
    const out = join(folder, 'merged.db');
    const ran = cli(['fleet', untrusted, '--json', '--out', out]);
    const read = fleetOutput.parse(JSON.parse(ran.stdout.slice(0, ran.stdout.lastIndexOf('}') + 1)));
    expect(read.list.map(({ mac }) => mac)).toContain('good');
    expect(ran.stdout).not.toContain('\\u001b');
  });

  test('is skipped when it crashes its reader, and the others are read', async () => {
    const { readDatabases } = await import('../../agent/fleet/read-all.ts');
    const good = join(fleetFolder, 'healthy.db');
    // A reader that crashes at a given file, like a fault in SQLite.
    const frames = join(import.meta.dirname, '../../agent/fleet/frames.ts');
    const reader = join(folder, 'reader.ts');
    writeFileSync(
      reader,
      `import { createInterface } from 'node:readline';
       import { frameOf } from ${JSON.stringify(frames)};
       let first = true;
       for await (const line of createInterface({ input: process.stdin })) {
         if (first) { first = false; continue; }
         const { mac } = JSON.parse(line);
         if (mac === 'crash') process.kill(process.pid, 'SIGSEGV');
         if (mac === 'hang') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
         process.stdout.write(frameOf({ mac, reason: 'io', detail: 'read' }));
       }`,
    );
    const names = ['a', 'crash', 'b', 'hang', 'c'].map((mac) => ({ mac, path: good }));
    const task = { merged: null, since: null, now: Date.now(), scratch: folder };
    const answers: string[] = [];
    // A loaded machine takes seconds to start the reader again.
    for await (const read of readDatabases(names, task, [process.execPath, reader], 15_000))
      answers.push(`${read.database.mac}: ${read.kind === 'skipped' ? read.error.detail : 'read'}`);
    expect(answers).toEqual([
      'a: read',
      'crash: the database reader crashed',
      'b: read',
      'hang: reading took too long',
      'c: read',
    ]);
  });
});

describe('the reader', () => {
  const rightsOf = async (path: string, secret: string) => {
    const { readDatabases } = await import('../../agent/fleet/read-all.ts');
    const reader = join(import.meta.dirname, 'processes/rights-of-reader.ts');
    const task = { merged: join(folder, 'rights.db'), since: null, now: Date.now(), scratch: folder };
    for await (const read of readDatabases([{ mac: secret, path }], task, [process.execPath, reader]))
      return JSON.parse(read.kind === 'skipped' ? (read.error.detail ?? '') : '{}');
  };

  test('has no environment and no folder of its caller', async () => {
    const { variables, folder: cwd } = await rightsOf(join(fleetFolder, 'healthy.db'), folder);
    expect({ variables, cwd }).toEqual({ variables: [], cwd: '/' });
  });

  test('reads each Mac with its own WAL, or without one, also when it is packed', async () => {
    const { readDatabases } = await import('../../agent/fleet/read-all.ts');
    const made = join(folder, 'with-wals');
    mkdirSync(made);
    const healthy = join(fleetFolder, 'healthy.db');
    /** More than are open requests at a time, so that places of copies are used again. */
    const macs = Array.from({ length: 12 }, (_, index) => {
      const path = join(made, `mac-${index}.db`);
      const kind = (['with a WAL', 'packed', 'plain'] as const)[index % 3];
      const source = join(made, 'source.db');
      copyFileSync(healthy, source);
      const db = new Database(source);
      db.pragma(`journal_mode = ${kind === 'with a WAL' ? 'WAL' : 'DELETE'}`);
      db.pragma('wal_autocheckpoint = 0');
      db.prepare(`UPDATE state SET value = ? WHERE key = 'macos'`).run(`15.${index}`);
      if (kind === 'with a WAL') copyFileSync(`${source}-wal`, `${path}-wal`);
      writeFileSync(path, kind === 'packed' ? gzipSync(readFileSync(source)) : readFileSync(source));
      db.close();
      return { mac: String(index), path };
    });
    const task = { merged: null, since: null, now: Date.now(), scratch: made };
    const command = [process.execPath, join(import.meta.dirname, '../../agent/psso-monitor.js')];
    const versions: string[] = [];
    for await (const read of readDatabases(macs, task, command))
      versions.push(read.kind === 'read' ? (read.digest.state.macos ?? '') : read.error.message);
    expect(versions).toEqual(macs.map(({ mac }) => `15.${mac}`));
  });

  test('of root drops its rights before it opens a database', async () => {
    if (process.getuid?.() !== 0) skipTest('needs root');
    const secret = join(folder, 'secret');
    writeFileSync(secret, 'secret', { mode: 0o600 });
    const path = join(folder, 'of-another-user.db');
    copyFileSync(join(fleetFolder, 'healthy.db'), path);
    chmodSync(path, 0o600);
    chownSync(path, 501, 501);
    expect(await rightsOf(path, secret)).toMatchObject({
      answered: 'a digest',
      uid: 65_534,
      groups: [65_534],
      readsSecret: false,
      regained: false,
    });
    expect(statSync(path).uid).toBe(501);
    // Other processes have folders there, and a killed one leaves its folder.
    const own = `psso-monitor-fleet-${process.pid}-`;
    expect(readdirSync('/var/tmp').filter((name) => name.startsWith(own))).toEqual([]);
  });

  test('of root merges into a file of root, without the Macs that are left out', () => {
    if (process.getuid?.() !== 0) skipTest('needs root');
    const twice = join(folder, 'twice');
    mkdirSync(twice);
    for (const name of ['a.db', 'b.db']) copyFileSync(join(fleetFolder, 'healthy.db'), join(twice, name));
    const out = join(folder, 'of-root.db');
    expect(cli(['fleet', twice, '--out', out])).toMatchObject({ status: 0, stderr: '' });
    expect(statSync(out)).toMatchObject({ uid: 0, gid: 0 });
    expect(statSync(out).mode & 0o777).toBe(0o600);
    const db = new Database(out, { readonly: true });
    expect(db.prepare('SELECT DISTINCT mac FROM v_events').pluck().all()).toEqual(['a']);
    db.close();
  });
});

describe('a missing or empty folder', () => {
  test.each([
    ['nothing there', () => join(folder, 'nowhere'), 2, /^.*the folder .*nowhere does not exist.*$/],
    [
      'a file',
      () => join(fleetFolder, 'healthy.db'),
      2,
      /^.*is a file; .* For one Mac:\n {2}psso-monitor report --database .*healthy\.db'$/,
    ],
    [
      'no database',
      () => {
        const empty = join(folder, 'empty');
        mkdirSync(empty, { recursive: true });
        appendFileSync(join(empty, 'readme.txt'), 'nothing');
        return empty;
      },
      1,
      /^.*there is no database in .*empty.*$/,
    ],
  ])('%s', (_what, path, status, says) => {
    const ran = cli(['fleet', path()]);
    expect(ran.status).toBe(status);
    expect(ran.stderr.trim()).toMatch(says);
  });

  test('of unreadable databases only: each is named, and no database is made', () => {
    const bad = join(folder, 'bad');
    mkdirSync(bad);
    writeFileSync(join(bad, 'x.db'), 'x');
    const out = join(folder, 'bad.db');
    const ran = cli(['fleet', bad, '--out', out]);
    expect(ran.status).toBe(1);
    expect(ran.stdout).toContain('No database could be read.');
    expect(ran.stdout).toContain('x.db: it is not an SQLite database');
    expect(existsSync(out)).toBe(false);
  });

  test.each(['soon', '0d', '3'])('--silent-after %s is refused', (span) => {
    expect(cli(['fleet', fleetFolder, '--silent-after', span])).toMatchObject({ status: 2 });
  });
});
