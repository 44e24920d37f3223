import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { duplicatesAmong } from '../../agent/fleet/duplicates.ts';
import { type FleetSummary, fleetOutput } from '../../agent/fleet/fleet-output.ts';
import { Versions } from '../../agent/fleet/versions.ts';
import { cli } from '../helpers/cli.ts';
import { digestOf } from './digests.ts';
import { pulled } from './pulled.ts';

let folder: string;
const start = Date.parse('2026-03-02T08:00:00Z');

/** A Mac with a lag of an hour, whose database `sql` changed. */
async function changed(to: string, name: string, sql: string): Promise<void> {
  const file = await pulled(to, name, {
    start: new Date(start + 1000 * name.length).toISOString(),
    lines: [
      { at: '+1h', psso: { state: 1 } },
      { at: '+2h', psso: { state: 0, receivedAt: '+2h' } },
      { at: '+3h', end: true },
    ],
  });
  const db = new Database(file);
  db.exec(`DROP TRIGGER event_is_append_only; ${sql}`);
  db.close();
}

function folderOf(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  return path;
}

function summaryOf(...args: string[]): FleetSummary {
  const { stdout, stderr } = cli(['fleet', ...args, '--json']);
  expect(stderr).toBe('');
  return fleetOutput.parse(JSON.parse(stdout));
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso monitor odd '));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('an unusual file', () => {
  const odd: Readonly<Record<string, string>> = {
    'a number too large': 'UPDATE sync_cycle SET active_lag_seconds = 9223372036854775807',
    'an instant beyond all years': 'UPDATE event SET at = 9000000000000000000 WHERE id = 2',
    'bytes for a text': "UPDATE event SET detail = x'00ff' WHERE id = 2",
    'a text without end': "UPDATE state SET value = hex(zeroblob(40000)) WHERE key = 'macos'",
  };

  test('is skipped with the reason, also with a merged database, and the others are read', async () => {
    const pulls = folderOf('odd');
    await changed(pulls, 'good.db', '');
    for (const [name, sql] of Object.entries(odd)) await changed(pulls, `${name}.db`, sql);
    const alone = summaryOf(pulls);
    expect(alone.list.map(({ mac }) => mac)).toEqual(['good']);
    expect(alone.files.skipped.map(({ reason }) => reason)).toEqual(
      Object.keys(odd).map(() => expect.stringMatching(/it is damaged \(a row of \w+ is invalid\)/)),
    );
    const out = join(folder, 'odd.db');
    const logs = join(folder, 'odd.ndjson');
    expect(cli(['fleet', pulls, '--out', out, '--otel', logs])).toMatchObject({ status: 1, stderr: '' });
    const merged = new Database(out, { readonly: true });
    expect(merged.prepare('SELECT DISTINCT mac FROM v_events').pluck().all()).toEqual(['good']);
    merged.close();
    expect(readFileSync(logs, 'utf8')).toContain('"good"');
  });

  test('with an unknown headline is unknown', async () => {
    const pulls = folderOf('headline');
    await changed(pulls, 'one.db', "UPDATE state SET value = 'constructor' WHERE key = 'headline'");
    expect(summaryOf(pulls).headlines).toEqual([
      { headline: 'unknown', text: 'Whether Platform SSO works is not known.', macs: 1 },
    ]);
  });

  test('of a Mac with a clock that was years ahead makes no other Mac silent', async () => {
    const pulls = folderOf('ahead');
    await changed(pulls, 'good.db', '');
    await changed(pulls, 'ahead.db', 'UPDATE event SET at = at + 80000 * 86400000 WHERE id = 3');
    const summary = summaryOf(pulls);
    expect(summary).toMatchObject({ macs: 2, silent: [], asOf: expect.stringMatching(/^2026-03-02T11:0/) });
    expect(summary.breaks.macDays).toBe(0);
  });

  test('that is packed by gzip is read everywhere; one that was cut, or is too large, is skipped', async () => {
    const [plain, packed] = [folderOf('plain'), folderOf('packed')];
    await changed(plain, 'one.db', '');
    const whole = gzipSync(readFileSync(join(plain, 'one.db')));
    mkdirSync(join(packed, 'C02ABC/501'), { recursive: true });
    const file = join(packed, 'C02ABC/501/events.db.gz');
    writeFileSync(file, whole);
    expect(summaryOf(packed)).toMatchObject({ macs: 1, list: [{ mac: 'C02ABC/501' }] });
    expect({ ...summaryOf(packed), list: [], generatedAt: '' }).toEqual({
      ...summaryOf(plain),
      list: [],
      generatedAt: '',
    });
    const events = (database: string) => cli(['events', '--all', '--json', '--database', database]).stdout;
    expect(events(file)).toBe(events(join(plain, 'one.db')));

    writeFileSync(join(packed, 'cut.db.gz'), whole.subarray(0, whole.length - 40));
    writeFileSync(join(packed, 'large.db.gz'), gzipSync(Buffer.alloc(256 * 1024 * 1024 + 1)));
    const store = join(folder, 'packed store');
    for (const options of [[], ['--store', store]]) {
      const { list, files } = summaryOf(packed, ...options);
      expect(list.map(({ mac }) => mac)).toEqual(['C02ABC/501']);
      expect(files.skipped.map(({ reason }) => reason).sort()).toEqual([
        'it is damaged (the compressed file is not complete)',
        'it is too large (its content has more than 256 MB)',
      ]);
    }
  });

  test('of macOS (._NAME) or of fleet --out is not a Mac', async () => {
    const pulls = folderOf('beside');
    await changed(pulls, 'good.db', '');
    writeFileSync(join(pulls, '._good.db'), 'resource fork');
    expect(cli(['fleet', pulls, '--out', join(pulls, 'fleet.db')]).status).toBe(0);
    const again = summaryOf(pulls);
    expect(again.list.map(({ mac }) => mac)).toEqual(['good']);
    expect(again.files.skipped).toEqual([
      { file: join(pulls, 'fleet.db'), reason: expect.stringContaining('fleet --out') },
    ]);
  });
});

test('an invalid response of the reader skips one file only', async () => {
  const { readDatabases } = await import('../../agent/fleet/read-all.ts');
  const frames = join(import.meta.dirname, '../../agent/fleet/frames.ts');
  const reader = join(folder, 'nonsense.ts');
  writeFileSync(
    reader,
    `import { createInterface } from 'node:readline';
     import { frameOf } from ${JSON.stringify(frames)};
     const invalid = {
       'no value': Buffer.of(2, 0, 0, 0, 0xff, 0xff),
       'another value': frameOf({ mac: 'another value' }),
       'no frame': '{"mac":"no frame","reason":"io","detail":"read"}',
     };
     let first = true;
     for await (const line of createInterface({ input: process.stdin })) {
       if (first) { first = false; continue; }
       const { mac } = JSON.parse(line);
       process.stdout.write(invalid[mac] ?? frameOf({ mac, reason: 'io', detail: 'read' }));
     }`,
  );
  const answers: string[] = [];
  const names = ['a', 'no value', 'b', 'another value', 'c', 'no frame', 'd'];
  const macs = names.map((mac) => ({ mac, path: reader }));
  const task = { merged: null, since: null, now: start, scratch: folder };
  for await (const read of readDatabases(macs, task, [process.execPath, reader]))
    answers.push(read.kind === 'skipped' ? read.error.detail : 'read');
  const invalid = 'the database reader returned an invalid response';
  expect(answers).toEqual(['read', invalid, 'read', invalid, 'read', invalid, 'read']);
});

describe('--since', () => {
  test('keeps Macs that are silent since before, and counts later breaks only', async () => {
    const pulls = folderOf('since');
    await changed(pulls, 'now.db', '');
    await changed(
      pulls,
      'long silent.db',
      "UPDATE event SET at = at - 40 * 86400000; DELETE FROM state WHERE key = 'last-poll'",
    );
    const summary = summaryOf(pulls, '--since', '2026-03-02T09:30:00Z');
    expect(summary.silent).toMatchObject([{ mac: 'long silent' }]);
    expect(summary.list.find(({ mac }) => mac === 'long silent')?.lastRecordAt).toMatch(/^2026-01-21/);
    // The issue was open from nine to ten.
    expect(summary.issues).toHaveLength(1);
    expect(summary.breaks.count).toBe(0);
  });

  test('counts a version on the Macs that had it in that time', () => {
    const versions = new Versions(
      [
        { at: 100, before: '15.5', to: '15.6' },
        { at: 200, before: '15.6', to: '26.0' },
      ],
      '26.0',
    );
    expect(versions.seenSince(0)).toEqual(['15.5', '15.6', '26.0']);
    expect(versions.seenSince(150)).toEqual(['15.6', '26.0']);
    expect(versions.seenSince(200)).toEqual(['26.0']);
    expect([99, 100, 199, 200].map((at) => versions.at(at))).toEqual(['15.5', '15.6', '15.6', '26.0']);
    expect(new Versions([], '').seenSince(0)).toEqual([]);
  });
});

describe('the same Mac twice', () => {
  const marks = (...instants: number[]): [number, number][] =>
    instants.map((at, index) => [16 * (index + 1), at]);
  const named = (mac: string, change: Parameters<typeof digestOf>[0]) => ({ mac, digest: digestOf(change) });

  test('is found by a common part of the history, also when one file is longer', () => {
    const macs = [
      named('old', { lastAt: 5, marks: marks(1, 2, 3) }),
      named('new', { lastAt: 9, marks: marks(1, 2, 3, 8) }),
    ];
    expect(duplicatesAmong(macs)).toEqual([{ mac: 'old', sameAs: 'new' }]);
  });

  test('is not found by instants that two Macs share by chance', () => {
    const macs = [
      named('one', { marks: marks(1, 2, 3, 4, 5) }),
      named('other', { marks: marks(1, 2, 3, 4, 6) }),
      named('short', { marks: marks(1, 2) }),
    ];
    expect(duplicatesAmong(macs)).toEqual([]);
  });

  test('is not assumed for two users of one Mac', () => {
    const macs = ['jo', 'kim'].map((user) => named(user, { state: { device: 'C02', user } }));
    expect(duplicatesAmong(macs)).toEqual([]);
    expect(
      duplicatesAmong([...macs, named('again', { lastAt: 7, state: { device: 'C02', user: 'jo' } })]),
    ).toEqual([{ mac: 'jo', sameAs: 'again' }]);
  });

  test('does not depend on the order in which equal copies were read', () => {
    const macs = ['b', 'a', 'c'].map((mac) => named(mac, { runs: ['run'] }));
    const expected = [
      { mac: 'b', sameAs: 'a' },
      { mac: 'c', sameAs: 'a' },
    ];
    expect(duplicatesAmong(macs)).toEqual(expected);
    expect(duplicatesAmong(macs.toReversed())).toEqual(expected);
  });
});

describe('the output of fleet', () => {
  test('a missing folder is reported before any file is read, and leaves no file', async () => {
    const pulls = folderOf('nowhere');
    await changed(pulls, 'one.db', '');
    for (const option of ['--out', '--html', '--otel']) {
      const ran = cli(['fleet', pulls, option, join(folder, 'none', 'file')]);
      expect(ran).toMatchObject({ status: 2, stdout: '' });
      expect(ran.stderr).toMatch(/the folder .*none for file does not exist/);
    }
    const temporary = join(folder, 'temporary');
    mkdirSync(temporary);
    const env = { TMPDIR: temporary };
    expect(cli(['fleet', pulls, '--otel', '-', '--out', join(folder, 'here.db')], { env }).status).toBe(0);
    expect(readdirSync(temporary)).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.includes('here.db'))).toEqual(['here.db']);
  });

  test('one database goes to --otel with its name, or with the name of this computer', async () => {
    const pulls = folderOf('alone');
    await changed(pulls, 'C02.db', '');
    const hostOf = (file: string, ...args: string[]) => {
      const ran = cli([...args, 'fleet', file, '--otel', '-']);
      expect(ran).toMatchObject({ status: 0, stderr: '' });
      return /"host.name","value":\{"stringValue":"([^"]*)"/.exec(ran.stdout)?.[1];
    };
    expect(hostOf(join(pulls, 'C02.db'))).toBe('C02');
    const own = folderOf('own');
    copyFileSync(join(pulls, 'C02.db'), join(own, 'events.db'));
    expect(hostOf(join(own, 'events.db'))).toBe('own');
    expect(hostOf(join(own, 'events.db'), '--data-dir', own)).toBe(hostname());
  });
});
