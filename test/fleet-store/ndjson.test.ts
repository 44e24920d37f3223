import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type * as z from 'zod/mini';
import { flatLineOutput } from '../../agent/fleet-store/flat-line-output.ts';
import { cli } from '../helpers/cli.ts';
import { skipTest } from '../helpers/needs.ts';
import { smallDisk } from '../helpers/small-disk.ts';
import { eventfulDay, live, pull, query, testFolder, update } from './store-of.ts';

const folder = testFolder();

type Line = z.infer<typeof flatLineOutput>;

const namesIn = (out: string) => readdirSync(out).filter((name) => name.endsWith('.ndjson'));

function linesOfFile(path: string): Line[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      expect(Buffer.byteLength(line) + 1).toBeLessThanOrEqual(8_000);
      return flatLineOutput.parse(JSON.parse(line));
    });
}

const linesIn = (out: string) => namesIn(out).flatMap((name) => linesOfFile(join(out, name)));
const write = (store: string, out: string) => cli(['fleet', '--store', store, '--ndjson', out]);
const uidsOf = (lines: readonly Line[]) => lines.map(({ uid }) => uid).sort();

/** What the lines should be, from the tables. */
const rowsOf = async (store: string) =>
  (
    await query(
      store,
      `SELECT 'event' AS record, count(*)::INTEGER AS n FROM events UNION ALL SELECT 'window', count(*)::INTEGER FROM windows
       UNION ALL SELECT 'issue', count(*)::INTEGER FROM issues UNION ALL SELECT 'state', count(*)::INTEGER FROM macs ORDER BY 1`,
    )
  ).map(({ record, n }) => [record, n]);

const countsOf = (lines: readonly Line[]) =>
  Object.entries(Object.groupBy(lines, ({ record }) => record))
    .map(([record, of]) => [record, of.length])
    .sort();

describe('the lines of a store', () => {
  const [mac, pulls] = [() => folder.path('mac'), () => folder.path('pulls')];
  const [store, out] = [() => folder.path('store'), () => folder.path('out')];
  const path = () => join(pulls(), 'C02ABC', 'jo', 'events.db');
  let first: Line[] = [];

  beforeAll(async () => {
    await live(mac(), '2026-03-02T08:00:00Z', eventfulDay);
    pull(mac(), path());
    expect(update(pulls(), store(), '--ndjson', out()).status).toBe(0);
    first = linesIn(out());
  });

  test('are its rows, each with the id of its history, the Mac and the user apart', async () => {
    expect(countsOf(first)).toEqual(await rowsOf(store()));
    expect(countsOf(first).map(([record]) => record)).toEqual(['event', 'issue', 'state', 'window']);
    expect(new Set(uidsOf(first)).size).toBe(first.length);
    const histories = await query(store(), 'SELECT DISTINCT history FROM events');
    expect(new Set(first.map(({ history, mac, user }) => `${history} ${mac} ${user}`))).toEqual(
      new Set([`${String(histories[0]?.history)} C02ABC jo`]),
    );
    const db = new Database(path(), { readonly: true });
    const events = db.prepare<[], { id: number; summary: string }>('SELECT * FROM v_events').all();
    db.close();
    expect(
      first
        .filter((line) => line.record === 'event')
        .map(({ event_id, time, kind, severity, summary }) => ({ event_id, time, kind, severity, summary }))
        .sort((one, other) => one.event_id - other.event_id),
    ).toEqual(
      events.map((row) => expect.objectContaining({ event_id: Number(row.id), summary: row.summary })),
    );
    expect(statSync(join(out(), namesIn(out())[0] ?? '')).mode & 0o777).toBe(0o600);
    expect(statSync(out()).mode & 0o777).toBe(0o700);
  });

  test('come once: later only the new ones, also of a Mac that was away, whatever was deleted or compacted', async () => {
    expect(write(store(), out())).toMatchObject({ status: 0, stderr: '' });
    expect(linesIn(out())).toHaveLength(first.length);
    // A shipper deletes what it has sent.
    for (const name of namesIn(out())) rmSync(join(out(), name));
    await live(mac(), '2026-03-10T08:00:00Z', eventfulDay);
    await live(mac(), '2026-05-02T08:00:00Z', eventfulDay);
    pull(mac(), path());
    update(pulls(), store());
    // One consumer has the first run only; the store makes one file of all months that it can.
    expect(cli(['fleet', 'compact', '--store', store()]).status).toBe(0);
    write(store(), out());
    const second = linesIn(out());
    expect(new Set(uidsOf(second)).intersection(new Set(uidsOf(first))).size).toBe(0);
    expect(countsOf([...first, ...second])).toEqual(await rowsOf(store()));
    // A consumer that starts now has all.
    const late = folder.path('late');
    write(store(), late);
    expect(uidsOf(linesIn(late))).toEqual(uidsOf([...first, ...second]));
    cli(['fleet', 'compact', '--store', store()]);
    write(store(), late);
    expect(uidsOf(linesIn(late))).toEqual(uidsOf([...first, ...second]));
  });

  test('are repeated with the same uid, and only if the file was deleted, after a kill before the position', () => {
    const again = folder.path('again');
    write(store(), again);
    const before = linesIn(again);
    const position = join(again, 'position.json');
    const known = JSON.parse(readFileSync(position, 'utf8'));
    writeFileSync(position, JSON.stringify({ ...known, run: 0 }));
    writeFileSync(join(again, 'psso-monitor-0-000009.ndjson.partial'), '{"ti');
    write(store(), again);
    expect(linesIn(again)).toEqual(before);
    expect(readdirSync(again).filter((name) => name.endsWith('.partial'))).toEqual([]);
    writeFileSync(position, JSON.stringify({ ...known, run: 0 }));
    for (const name of namesIn(again)) rmSync(join(again, name));
    write(store(), again);
    expect(linesIn(again)).toEqual(before);
    // Without a position the folder is a new one: what is in it already can be of another store.
    rmSync(position);
    write(store(), again);
    expect(uidsOf(linesIn(again))).toEqual(uidsOf([...before, ...before]));
    // Compaction would otherwise wait for the old one.
    const ledger = new Database(join(store(), 'ledger.db'), { readonly: true });
    expect(ledger.prepare('SELECT count(*) FROM consumer WHERE folder = ?').pluck().get(again)).toBe(1);
    ledger.close();
  });

  test('are readable for the group that may read the folder', () => {
    const shared = folder.path('shared');
    mkdirSync(shared);
    chmodSync(shared, 0o750);
    write(store(), shared);
    expect(namesIn(shared).map((name) => statSync(join(shared, name)).mode & 0o777)).not.toContain(0o600);
  });

  test('are all there after a full disk', () => {
    // Only root can mount.
    if (process.getuid?.() !== 0 || process.platform !== 'linux') skipTest('needs root on Linux');
    const disk = smallDisk(folder.path('disk'));
    onTestFinished(() => disk.unmount());
    const small = folder.path('disk', 'records');
    mkdirSync(small);
    disk.fill();
    expect(write(store(), small)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/records can't be written to .*no space.*Nothing is lost/s),
    });
    expect(namesIn(small)).toEqual([]);
    disk.free();
    expect(write(store(), small).status).toBe(0);
    const whole = folder.path('whole');
    write(store(), whole);
    expect(uidsOf(linesIn(small))).toEqual(uidsOf(linesIn(whole)));
  });

  test('go to a folder of this store and form only, and the error says what to do', () => {
    const other = folder.path('other store');
    update(pulls(), other);
    const refused = (args: string[]) => {
      const { status, stderr } = cli(['fleet', ...args]);
      return `${status} ${stderr}`;
    };
    expect(refused(['--store', other, '--ndjson', out()])).toMatch(
      /^1 .*another store\. Name another folder, or delete/s,
    );
    expect(refused(['--store', store(), '--otel', out()])).toMatch(
      /^1 .*is a folder of --ndjson, not of --otel/s,
    );
    expect(refused(['--store', store(), '--otel', '-'])).toMatch(/^2 .*--otel takes a folder/s);
    expect(refused([pulls(), '--ndjson', out()])).toMatch(/^2 .*name it with --store DIR/s);
    expect(refused(['--store', store(), '--ndjson', path()])).toMatch(/^2 .*is a file/s);
    const broken = folder.path('broken');
    mkdirSync(broken);
    writeFileSync(join(broken, 'position.json'), '{"form":"ndjson"');
    expect(refused(['--store', store(), '--ndjson', broken])).toMatch(/^1 .*position\.json can't be read/s);
    const position = JSON.parse(readFileSync(join(out(), 'position.json'), 'utf8'));
    writeFileSync(join(broken, 'position.json'), JSON.stringify({ ...position, run: 999 }));
    expect(refused(['--store', store(), '--ndjson', broken])).toMatch(/^1 .*later runs than the store/s);
  });
});

test('a record that is too long for a line goes on in parts, and no character of it is lost', async () => {
  const [mac, pulls, store, out] = ['long/mac', 'long/pulls', 'long/store', 'long/out'].map((name) =>
    folder.path(name),
  ) as [string, string, string, string];
  await live(mac, '2026-03-02T08:00:00Z', eventfulDay);
  const path = join(pulls, 'mac.db');
  pull(mac, path);
  const texts = {
    detail: JSON.stringify({ a: '\\"安'.repeat(8_000), b: '😀'.repeat(9_000) }),
    summary: 'ü€'.repeat(20_000),
    kind: 'k'.repeat(9_000),
  };
  const db = new Database(path);
  db.prepare(
    `INSERT INTO event (at, kind, severity, summary, detail, macos, agent_version)
     SELECT max(at), $kind, 'high', $summary, $detail, '15.6', '1.0.0' FROM event`,
  ).run(texts);
  db.close();
  expect(update(pulls, store, '--ndjson', out).status).toBe(0);
  const lines = linesIn(out);
  const long = lines.find(({ record, ...line }) => record === 'event' && 'in_parts' in line);
  if (long?.record !== 'event') throw new Error('no event is in parts');
  expect(new Set(long.in_parts?.split(' '))).toEqual(new Set(Object.keys(texts)));
  for (const [key, text] of Object.entries(texts)) {
    const parts = lines.filter((line) => line.record === 'part' && line.of === long.uid && line.key === key);
    expect(parts.map((line) => (line.record === 'part' ? line.text : '')).join('')).toBe(text);
  }
});
