import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import type * as z from 'zod/mini';
import { flatLineOutput } from '../../agent/fleet-store/flat-line-output.ts';
import { cli } from '../helpers/cli.ts';
import { eventfulDay, live, pull, testFolder, update } from './store-of.ts';

const folder = testFolder();

type Line = z.infer<typeof flatLineOutput>;

function exported(database: string, sinceId: string): Line[] {
  const { status, stdout, stderr } = cli(['export', '--database', database, '--since-id', sinceId]);
  if (status !== 0) throw new Error(stderr);
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => flatLineOutput.parse(JSON.parse(line)));
}

function positionIn(lines: readonly Line[]): string {
  const last = lines.at(-1);
  return last?.record === 'state' ? (last.position ?? '') : '';
}

const eventsIn = (lines: readonly Line[]) =>
  lines.flatMap((line) => (line.record === 'event' ? [line.event_id] : []));

describe('export --since-id', () => {
  const [home, pulls] = [() => folder.path('mac'), () => folder.path('pulls')];
  const database = () => join(pulls(), 'C02ABC.db');
  let first: Line[] = [];

  beforeAll(async () => {
    await live(home(), '2026-03-02T08:00:00Z', eventfulDay);
    pull(home(), database());
    first = exported(database(), '0');
  });

  test('has the records that a store has of the same Mac', () => {
    const out = folder.path('out');
    update(pulls(), folder.path('store'), '--ndjson', out);
    const ofStore = readdirSync(out)
      .filter((name) => name.endsWith('.ndjson'))
      .flatMap((name) => readFileSync(join(out, name), 'utf8').split('\n').slice(0, -1))
      .map((line) => flatLineOutput.parse(JSON.parse(line)));
    // When a record was read is another instant.
    const comparable = (lines: readonly Line[]) =>
      lines
        .map((line) => ({ ...line, seen_at: '', position: '', uid: line.record === 'event' ? line.uid : '' }))
        .map((line) => JSON.stringify(Object.entries(line).sort()))
        .sort();
    expect(comparable(first)).toEqual(comparable(ofStore));
  });

  test('goes on where the position of its last line stands', async () => {
    const position = positionIn(first);
    expect(position).toMatch(/^[0-9a-f]{32}:\d+$/);
    const again = exported(database(), position);
    expect(eventsIn(again)).toEqual([]);
    expect(positionIn(again)).toBe(position);
    // A window that ended shortly before can come again, and is equal then.
    const known = new Map(first.map((line) => [line.uid, line]));
    for (const line of again) if (line.record !== 'state') expect(line).toEqual(known.get(line.uid));

    await live(home(), '2026-05-02T08:00:00Z', eventfulDay);
    pull(home(), database());
    const later = exported(database(), position);
    const all = exported(database(), '0');
    expect([...eventsIn(first), ...eventsIn(later)].sort((one, other) => one - other)).toEqual(
      eventsIn(all).sort((one, other) => one - other),
    );
    const plain = exported(database(), position.split(':')[1] ?? '');
    expect(eventsIn(plain)).toEqual(eventsIn(later));
    const keyOf = (line: Line) => {
      if (line.record === 'issue') return `${line.issue} ${line.opened_at} ${line.status}`;
      return line.record === 'window' ? line.uid : '';
    };
    const keys = (lines: readonly Line[]) => new Set(lines.map(keyOf));
    expect(keys([...first, ...later])).toEqual(keys([...first, ...all]));
    // Resolved episodes of the first day are not repeated.
    const opened = later.flatMap((line) => (line.record === 'issue' ? [line.opened_at.slice(0, 7)] : []));
    expect(new Set(opened)).toEqual(new Set(['2026-05']));
  });

  test('has all records of another history, and refuses an older copy', () => {
    const other = folder.path('other.db');
    pull(home(), other);
    const db = new Database(other);
    db.exec(`UPDATE state SET value = '${'a'.repeat(32)}' WHERE key = 'history'`);
    db.close();
    expect(eventsIn(exported(other, positionIn(first)))).toEqual(eventsIn(exported(other, '0')));
    const { status, stderr } = cli(['export', '--database', other, '--since-id', '99999']);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(/this history has events up to \d+, not 99999/),
    });
  });

  test.each([
    [['--since-id', 'yesterday'], 'takes the position of the last line'],
    [['--since-id', '0', '--format', 'csv', '--view', 'events'], 'writes ndjson, not csv'],
    [['--since-id', '0', '--since', '7d'], 'use it without --since'],
    [['--since-id', '0', '--view', 'events'], 'use it without --view'],
    [['--since-id', '0', '--all-users'], 'use it without --all-users'],
  ])('refuses %s', (args, why) => {
    const { status, stderr } = cli(['export', '--database', database(), ...args]);
    expect([status, stderr]).toEqual([2, expect.stringContaining(why)]);
  });

  test('of a damaged row says so', () => {
    const damaged = folder.path('damaged');
    mkdirSync(damaged);
    writeFileSync(join(damaged, 'events.db'), 'no database');
    expect(cli(['export', '--data-dir', damaged, '--since-id', '0']).status).toBe(1);
  });
});
