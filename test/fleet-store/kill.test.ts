import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { flatLineOutput } from '../../agent/fleet-store/flat-line-output.ts';
import { entry } from '../helpers/cli.ts';
import { eventfulDay, live, pull, query, testFolder, update } from './store-of.ts';

const folder = testFolder();
const macs = 6;

/** Runs `fleet`, and kills it after this time. */
async function killed(args: readonly string[], afterMs: number): Promise<void> {
  const child = spawn(process.execPath, [entry, ...args], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
  await ended;
  clearTimeout(timer);
}

test('a run that is killed at any moment loses nothing and writes nothing twice', async () => {
  const [pulls, store, out] = [folder.path('pulls'), folder.path('store'), folder.path('out')];
  mkdirSync(pulls);
  const home = folder.path('mac');
  for (let round = 0; round < 6; round++) {
    await live(home, `2026-03-${String(round + 2).padStart(2, '0')}T08:00:00Z`, eventfulDay);
    for (let mac = 0; mac < macs; mac++) {
      const path = join(pulls, `mac-${mac}.db`);
      pull(home, path);
      const db = new Database(path);
      db.exec(`UPDATE state SET value = '${String(mac).repeat(32)}' WHERE key = 'history'`);
      db.close();
    }
    // Moments from the start to the end of a run, with compaction in between.
    for (const share of [0.35, 0.6, 0.85])
      await killed(['fleet', pulls, '--store', store, '--ndjson', out], 900 * share);
    await killed(['fleet', 'compact', '--store', store], 200 + 100 * round);
    const [after] = await rowsOf(store).catch(() => []);
    expect(after?.events ?? 0).toBe(after?.ids ?? 0);
  }
  update(pulls, store, '--ndjson', out);
  const db = new Database(join(pulls, 'mac-0.db'), { readonly: true });
  const events = db.prepare('SELECT count(*) FROM event').pluck().get();
  db.close();
  expect(await rowsOf(store)).toEqual([{ events: Number(events) * macs, ids: Number(events) * macs }]);
  const lines = readdirSync(out)
    .filter((name) => name.endsWith('.ndjson'))
    .flatMap((name) => readFileSync(join(out, name), 'utf8').split('\n').slice(0, -1))
    .map((line) => flatLineOutput.parse(JSON.parse(line)));
  // A record that comes twice, since compaction ran between a kill and the next call, is equal.
  const byUid = new Map(lines.map((line) => [line.uid, line]));
  for (const line of lines) expect(line).toEqual(byUid.get(line.uid));
  expect([...byUid.values()].filter(({ record }) => record === 'event')).toHaveLength(Number(events) * macs);
});

const rowsOf = (store: string) =>
  query(
    store,
    'SELECT count(*)::INTEGER AS events, count(DISTINCT (history, id))::INTEGER AS ids FROM events',
  );
