import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { exportOutput } from '../../../agent/export/export-output.ts';
import { openReader } from '../../../agent/store/reader.ts';
import { openStore } from '../../../agent/store/sqlite-store.ts';
import { cli } from '../../helpers/cli.ts';
import { skipTest } from '../../helpers/needs.ts';
import { until } from '../../helpers/until.ts';
import { batch, event, noon, opened, temporaryFolder } from '../../store/samples.ts';
import { changed, history, traps } from '../../untrusted/untrusted-databases.ts';

const asRoot = process.getuid?.() === 0;
let scratch: string;
let sysroot: string;
const psso = (...args: string[]) => cli(['export', '--all-users', '--sysroot', sysroot, ...args]);

function home(user: string, uid: number): { folder: string; give: () => void } {
  const path = join(sysroot, 'Users', user);
  const folder = join(path, 'Library/Application Support/PSSO Monitor');
  mkdirSync(folder, { recursive: true });
  const give = (place: string) => {
    chownSync(place, uid, uid);
    if (statSync(place).isDirectory()) for (const name of readdirSync(place)) give(join(place, name));
  };
  return { folder, give: () => give(path) };
}

/**
 * alex with a history in use, sam with none, eve with a link to a secret, trip with code that never ends, and
 * a shared folder.
 */
beforeEach(() => {
  scratch = temporaryFolder();
  sysroot = join(scratch, 'mac');
  const [alex, trip, sam] = [home('alex', 501), home('trip', 504), home('sam', 502)];
  const eve = join(sysroot, 'Users/eve/Library/Application Support/PSSO Monitor');
  const database = join(alex.folder, 'events.db');
  history(database, ['in the database']);
  const writer = openStore({ path: database, agentVersion: '1.2.3', now: noon });
  writer.commit(batch({ events: [event({ summary: 'in the WAL' })] }));
  opened(database);
  changed(history(join(trip.folder, 'events.db'), ['of an untrusted file']), traps[0]?.[1] ?? '');
  mkdirSync(eve, { recursive: true });
  mkdirSync(join(sysroot, 'Users/Shared'));
  if (!asRoot) return;
  for (const one of [alex, trip, sam]) one.give();
  chownSync(join(sysroot, 'Users/eve'), 503, 503);
  symlinkSync(database, join(eve, 'events.db'));
});

test('without root, the command prints how to run it', () => {
  if (asRoot) chmodSync(scratch, 0o755);
  const { status, stderr } = asRoot
    ? cli(['export', '--all-users', '--data-dir', scratch])
    : cli(['export', '--all-users']);
  expect(status).toBe(2);
  expect(stderr).toContain(asRoot ? '--data-dir names one' : '--all-users needs root: sudo ');
});

test("as root all users' histories are in one file, and skipped users are named", async () => {
  if (!asRoot) skipTest('needs root');
  const before = readdirSync(join(sysroot, 'Users/alex/Library/Application Support/PSSO Monitor'));
  const { status, stdout, stderr } = psso('--view', 'events');
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr:
      'alex: 2 rows\neve: skipped: it could not be read (it is a symbolic link)\nsam: no history\ntrip: 1 row\n',
  });
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => z.parse(exportOutput, JSON.parse(line)));
  expect(rows.map((row) => [row.user, row.view === 'events' ? row.summary : row.view])).toEqual([
    ['alex', 'in the database'],
    ['alex', 'in the WAL'],
    ['trip', 'of an untrusted file'],
  ]);
  // Nothing was left in a home, nor elsewhere. Another test may export at this moment.
  expect(readdirSync(join(sysroot, 'Users/alex/Library/Application Support/PSSO Monitor'))).toEqual(before);
  const isCopy = (name: string) => name.startsWith('psso-monitor-export-');
  await until(() => !readdirSync('/var/tmp').some(isCopy), 'no copy is left');
});

test('as SQLite each user has a separate new file, in a folder that only root can read', () => {
  if (!asRoot) skipTest('needs root');
  const out = join(scratch, 'all');
  const { status, stdout } = psso('--format', 'sqlite', '--out', out);
  expect(status).toBe(1);
  expect(stdout).toContain(`trip: ${join(out, 'trip.db')}`);
  expect(statSync(out).mode & 0o777).toBe(0o700);
  expect(readdirSync(out)).toEqual(['alex.db', 'trip.db']);
  const file = join(out, 'trip.db');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const reader = openReader({ path: file });
  expect(reader.events({}).map(({ summary }) => summary)).toEqual(['of an untrusted file']);
  reader.close();
});

test('as a table the user is the first column; a Mac without homes is named', () => {
  if (!asRoot) skipTest('needs root');
  const out = join(scratch, 'state.csv');
  expect(psso('--format', 'csv', '--view', 'state', '--out', out).status).toBe(1);
  expect(readFileSync(out, 'utf8').split('\n').slice(0, 2)).toEqual([
    'user,key,value,since',
    'alex,headline,ok,2026-01-31T12:00:00Z',
  ]);
  const nowhere = cli(['export', '--all-users', '--sysroot', join(scratch, 'nowhere')]);
  expect(nowhere).toMatchObject({ status: 1, stderr: expect.stringContaining('does not exist') });
});
