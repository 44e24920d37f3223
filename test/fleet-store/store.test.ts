import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fleetOutput } from '../../agent/fleet/fleet-output.ts';
import { storeFiles } from '../../agent/fleet-store/store-folder.ts';
import { cli } from '../helpers/cli.ts';
import { skipTest } from '../helpers/needs.ts';
import { smallDisk } from '../helpers/small-disk.ts';
import { eventfulDay, live, pull, query, testFolder, update } from './store-of.ts';

const folder = testFolder();

function sqlite(path: string, sql: string): unknown[] {
  const db = new Database(path, { readonly: true });
  try {
    return db.prepare(sql).all();
  } finally {
    db.close();
  }
}

function sqliteRun(path: string, sql: string): void {
  const db = new Database(path);
  db.exec(sql);
  db.close();
}

const counts = async (store: string) =>
  (
    await query(
      store,
      `SELECT (SELECT count(*) FROM events)::INTEGER AS events, (SELECT count(DISTINCT (history, id)) FROM events)::INTEGER AS ids,
        (SELECT count(*) FROM windows)::INTEGER AS windows, (SELECT count(DISTINCT (history, stale_from)) FROM windows)::INTEGER AS cycles`,
    )
  )[0];

async function expectNothingTwice(store: string): Promise<void> {
  const of = await counts(store);
  expect([of?.events, of?.windows]).toEqual([of?.ids, of?.cycles]);
}

/** As `update`, and deletes the months that ended before an instant. */
function updateAndKeep(pulls: string, store: string, since: string) {
  const days = Math.ceil((Date.now() - Date.parse(since)) / 86_400_000);
  return update(pulls, store, '--keep', `${days}d`);
}

/** Of SQL: another id than `value`, which is random. */
const otherHistory = "iif(value LIKE '2%', '3', '2') || substr(value, 2)";

describe('a store', () => {
  test('has every event once, however often and in whatever parts it was pulled', async () => {
    const [mac, pulls, store] = [folder.path('a/mac'), folder.path('a/pulls'), folder.path('a/store')];
    for (const day of [2, 3, 4, 5]) {
      await live(mac, `2026-03-0${day}T08:00:00Z`, eventfulDay);
      pull(mac, join(pulls, 'C02ABC', 'jo', 'events.db'));
      expect(update(pulls, store).status).toBe(0);
      expect(update(pulls, store).summary).toMatchObject({ macs: 1, users: 1 });
    }
    const path = join(pulls, 'C02ABC', 'jo', 'events.db');
    const events = await query(
      store,
      'SELECT id, kind, detail, strftime(events.at, \'%Y-%m-%dT%H:%M:%S\') AS "at" FROM events ORDER BY id',
    );
    expect(events).toEqual(
      sqlite(
        path,
        "SELECT id, kind, detail, strftime('%Y-%m-%dT%H:%M:%S', at / 1000, 'unixepoch') AS at FROM event ORDER BY id",
      ),
    );
    const ended = sqlite(
      path,
      "SELECT outcome, lag_seconds FROM sync_cycle WHERE outcome <> 'open' ORDER BY stale_from",
    );
    const stored = await query(store, 'SELECT outcome, lag_seconds FROM windows ORDER BY stale_from');
    // The last ones may wait until they can't change any more.
    expect(stored).toEqual(ended.slice(0, stored.length));
    expect(stored.length).toBeGreaterThanOrEqual(ended.length - 1);
    expect(
      await query(
        store,
        'SELECT issue, count(*)::INTEGER AS n FROM (SELECT issue, opened_at, max(resolved_at) AS resolved_at FROM issues GROUP BY ALL) GROUP BY issue ORDER BY 1',
      ),
    ).toEqual(sqlite(path, 'SELECT issue, count(*) AS n FROM issue_episode GROUP BY issue ORDER BY 1'));
    expect(await query(store, 'SELECT DISTINCT mac, "user", month FROM events')).toEqual([
      { mac: 'C02ABC', user: 'jo', month: '2026-03' },
    ]);
  });

  test('gives the report that the databases give, and the trend', async () => {
    const [pulls, store] = [folder.path('b/pulls'), folder.path('b/store')];
    for (const [name, start] of [
      ['one', '2026-03-02T08:00:00Z'],
      ['two', '2026-03-11T07:00:00Z'],
    ] as const) {
      await live(folder.path('b', name), start, eventfulDay);
      pull(folder.path('b', name), join(pulls, `${name}.db`));
    }
    const { weeks, generatedAt: _, ...ofStore } = update(pulls, store).summary;
    const { generatedAt: __, ...direct } = fleetOutput.parse(
      JSON.parse(cli(['fleet', pulls, '--json']).stdout),
    );
    expect(ofStore).toEqual(direct);
    expect(weeks?.slice(0, 2)).toMatchObject([
      { week: '2026-03-02', reporting: 1, broken: 0, silent: 0, issuesOpened: expect.any(Number) },
      { week: '2026-03-09', reporting: 1, silent: 1 },
    ]);
    const shown = cli(['fleet', '--store', store, '--html', folder.path('fleet.html')]).stdout;
    expect(shown).toContain('By week');
    expect(shown).toContain('2026-03-09');
    expect(weeks?.reduce((sum, { issuesOpened }) => sum + issuesOpened, 0)).toBe(direct.breaks.count);
    expect(fleetOutput.parse(JSON.parse(cli(['fleet', '--store', store, '--json']).stdout)).list).toEqual(
      direct.list,
    );
  });

  test('does not open an unchanged database', async () => {
    const [mac, pulls, store] = [folder.path('c/mac'), folder.path('c/pulls'), folder.path('c/store')];
    await live(mac, '2026-03-02T08:00:00Z', eventfulDay);
    const path = join(pulls, 'mac.db');
    pull(mac, path);
    utimesSync(path, 1_700_000_000, 1_700_000_000);
    update(pulls, store);
    const before = await counts(store);
    writeFileSync(path, Buffer.alloc(statSync(path).size), { flag: 'r+' });
    utimesSync(path, 1_700_000_000, 1_700_000_000);
    expect(update(pulls, store)).toMatchObject({ status: 0, summary: { macs: 1, files: { skipped: [] } } });
    expect(await counts(store)).toEqual(before);
    utimesSync(path, 1_700_000_001, 1_700_000_001);
    expect(update(pulls, store)).toMatchObject({
      status: 1,
      summary: { macs: 1, files: { skipped: [{ file: path }] } },
    });
  });

  test('keeps what the Mac deleted, and a Mac that is away', async () => {
    const [mac, pulls, store] = [folder.path('d/mac'), folder.path('d/pulls'), folder.path('d/store')];
    await live(mac, '2026-01-02T08:00:00Z', eventfulDay);
    const path = join(pulls, 'mac.db');
    pull(mac, path);
    update(pulls, store);
    const first = await counts(store);
    // Two months without a pull; what is older than RetentionDays is gone.
    await live(mac, '2026-03-02T08:00:00Z', eventfulDay);
    const db = new Database(join(mac, 'events.db'));
    db.exec(
      'DELETE FROM event WHERE at < 1772400000000; DELETE FROM issue_episode WHERE opened_at < 1772400000000; DELETE FROM sync_cycle WHERE stale_from < 1772400000000',
    );
    db.close();
    pull(mac, path);
    const { summary } = update(pulls, store);
    const after = await counts(store);
    const [left] = sqlite(path, 'SELECT count(*) AS events FROM event') as [{ events: number }];
    expect(after).toMatchObject({
      events: Number(first?.events) + left.events,
      ids: Number(first?.events) + left.events,
    });
    expect(summary.breaks.count).toBe(
      2 *
        Number(
          (
            await query(
              store,
              "SELECT count(DISTINCT opened_at)::INTEGER AS n FROM issues WHERE month = '2026-01'",
            )
          )[0]?.n,
        ),
    );
  });

  test('tells an older copy, a clone and a restored Mac apart', async () => {
    const [mac, clone, pulls, store] = ['mac', 'clone', 'pulls', 'store'].map((name) =>
      folder.path('e', name),
    ) as [string, string, string, string];
    await live(mac, '2026-03-02T08:00:00Z', eventfulDay);
    pull(mac, join(pulls, 'monday', 'mac.db'));
    cpSync(mac, clone, { recursive: true });
    update(pulls, store);
    await live(mac, '2026-03-03T08:00:00Z', eventfulDay);
    await live(clone, '2026-03-04T08:00:00Z', eventfulDay.slice(3));
    pull(mac, join(pulls, 'tuesday', 'mac.db'));
    pull(clone, join(pulls, 'tuesday', 'twin.db'));
    const { summary } = update(pulls, store);
    expect(summary.files.duplicates).toEqual([{ mac: 'monday/mac', sameAs: 'tuesday/mac' }]);
    expect(summary.files.branches).toEqual([{ mac: 'tuesday/twin', branchOf: 'tuesday/mac' }]);
    const histories = await query(
      store,
      'SELECT history, count(*)::INTEGER AS n, count(DISTINCT id)::INTEGER AS ids FROM events GROUP BY 1 ORDER BY 1',
    );
    expect(histories.map(({ history }) => String(history).slice(32))).toEqual(['', '~2']);
    for (const { n, ids } of histories) expect(n).toBe(ids);
    // A pull of the clone goes on with its branch; the same file again adds nothing.
    await live(clone, '2026-03-05T08:00:00Z', eventfulDay);
    pull(clone, join(pulls, 'tuesday', 'twin.db'));
    expect(update(pulls, store).status).toBe(0);
    const [{ last }] = sqlite(join(pulls, 'tuesday', 'twin.db'), 'SELECT max(id) AS last FROM event') as [
      { last: number },
    ];
    const branch = await query(
      store,
      "SELECT max(id) AS last, count(*) = count(DISTINCT id) AS once FROM events WHERE history LIKE '%~2'",
    );
    expect(branch).toEqual([{ last, once: true }]);
  });

  test('takes rows from the WAL, and a database without an id that gets one', async () => {
    const [mac, pulls, store] = [folder.path('f/mac'), folder.path('f/pulls'), folder.path('f/store')];
    await live(mac, '2026-03-02T08:00:00Z', eventfulDay);
    const path = join(mac, 'events.db');
    const db = new Database(path);
    db.exec("DELETE FROM state WHERE key = 'history'");
    pull(mac, join(pulls, 'mac.db'));
    expect(readdirSync(pulls)).toContain('mac.db-wal');
    update(pulls, store);
    db.close();
    expect(await query(store, 'SELECT DISTINCT history FROM events')).toEqual([{ history: 'name:mac' }]);
    await live(mac, '2026-03-03T08:00:00Z', eventfulDay);
    pull(mac, join(pulls, 'mac.db'));
    expect(update(pulls, store).summary).toMatchObject({ macs: 1, users: 1 });
    const [{ n }] = sqlite(join(pulls, 'mac.db'), 'SELECT count(*) AS n FROM event') as [{ n: number }];
    expect(
      await query(store, 'SELECT count(*)::INTEGER AS n, count(DISTINCT id)::INTEGER AS ids FROM events'),
    ).toEqual([{ n, ids: n }]);
  });

  test('compacts the files of a month, and deletes old months', async () => {
    const [mac, pulls, store] = [folder.path('g/mac'), folder.path('g/pulls'), folder.path('g/store')];
    for (const start of ['2026-01-02T08:00:00Z', '2026-01-03T08:00:00Z', '2026-03-02T08:00:00Z']) {
      await live(mac, start, eventfulDay);
      pull(mac, join(pulls, 'mac.db'));
      update(pulls, store);
    }
    /** The ledger has the hash of each file of the store, and of no deleted one. */
    const hashedAreThose = () =>
      expect(sqlite(join(store, 'ledger.db'), 'SELECT file FROM written ORDER BY file')).toEqual(
        storeFiles(store)
          .map(({ path }) => ({ file: relative(store, path) }))
          .sort((one, other) => (one.file < other.file ? -1 : 1)),
      );
    const before = await query(store, 'SELECT * EXCLUDE (month) FROM events ORDER BY id');
    const macs = await query(store, 'SELECT * FROM macs ORDER BY seen_at');
    expect(readdirSync(join(store, 'events', 'month=2026-01'))).toHaveLength(2);
    expect(cli(['fleet', 'compact', '--store', store])).toMatchObject({ status: 0 });
    expect(readdirSync(join(store, 'events', 'month=2026-01'))).toHaveLength(1);
    expect(await query(store, 'SELECT * EXCLUDE (month) FROM events ORDER BY id')).toEqual(before);
    expect(await query(store, 'SELECT * FROM macs ORDER BY seen_at')).toEqual(macs);
    expect(cli(['fleet', 'compact', '--store', store]).stdout).toContain('No month');
    hashedAreThose();
    const { summary } = updateAndKeep(pulls, store, '2026-02-15');
    expect(await query(store, 'SELECT DISTINCT month FROM events')).toEqual([{ month: '2026-03' }]);
    hashedAreThose();
    expect(summary.weeks?.[0]?.week).toBe('2026-01-26');
    expect(update(pulls, store).summary.breaks.count).toBe(summary.breaks.count);
  });

  test('forgets a Mac whose months are all deleted, and goes on where it was when the Mac returns', async () => {
    const [gone, here] = [folder.path('old/gone'), folder.path('old/here')];
    const [pulls, store] = [folder.path('old/pulls'), folder.path('old/store')];
    await live(gone, '2026-01-02T08:00:00Z', eventfulDay);
    await live(here, '2026-03-02T08:00:00Z', eventfulDay);
    for (const name of ['gone', 'kept']) pull(gone, join(pulls, `${name}.db`));
    sqliteRun(join(pulls, 'kept.db'), `UPDATE state SET value = ${otherHistory} WHERE key = 'history'`);
    pull(here, join(pulls, 'here.db'));
    update(pulls, store);
    rmSync(join(pulls, 'gone.db'));
    const { summary } = updateAndKeep(pulls, store, '2026-02-15');
    expect(summary.list.map((row) => row.mac)).toEqual(['here']);
    expect(summary.files).toMatchObject({ duplicates: [], branches: [] });
    const ledger = join(store, 'ledger.db');
    expect(sqlite(ledger, 'SELECT mac FROM history ORDER BY mac')).toEqual([
      { mac: '' },
      { mac: '' },
      { mac: 'here' },
    ]);
    expect(sqlite(ledger, 'SELECT mac FROM file ORDER BY mac')).toEqual([{ mac: 'here' }, { mac: 'kept' }]);
    expect(readFileSync(ledger, 'latin1')).not.toContain('gone');
    // The old database again, copied without its time, and then with new events.
    pull(gone, join(pulls, 'gone.db'));
    expect(update(pulls, store).summary.list.map((row) => row.mac)).toEqual(['here']);
    await live(gone, '2026-03-04T08:00:00Z', eventfulDay);
    pull(gone, join(pulls, 'gone.db'));
    expect(update(pulls, store).summary.list.map((row) => row.mac)).toEqual(['gone', 'here']);
    const months = await query(
      store,
      'SELECT DISTINCT mac, month FROM events UNION SELECT mac, month FROM windows ORDER BY mac, month',
    );
    expect(months).toEqual(['gone', 'here'].map((mac) => ({ mac, month: '2026-03' })));
    await expectNothingTwice(store);
  });

  test('has the end of an issue that opened in a deleted month', async () => {
    const [mac, pulls, store] = [
      folder.path('long/mac'),
      folder.path('long/pulls'),
      folder.path('long/store'),
    ];
    const broken = [
      { at: '+4h', psso: { registered: false, userPresent: false } },
      { at: '+10h', end: true },
    ];
    const pullIt = () => {
      pull(mac, join(pulls, 'mac.db'));
      sqliteRun(join(pulls, 'mac.db'), 'UPDATE issue_episode SET opened_at = 1767600000000');
    };
    await live(mac, '2026-02-20T08:00:00Z', broken);
    pullIt();
    updateAndKeep(pulls, store, '2026-02-15');
    const registered = { registered: true, userPresent: true, receivedAt: '+1h' };
    await live(mac, '2026-03-02T08:00:00Z', [
      { at: '+1h', psso: registered },
      { at: '+10h', end: true },
    ]);
    pullIt();
    update(pulls, store);
    const issues = await query(store, 'SELECT month, resolved_at IS NOT NULL AS ended FROM issues');
    expect(issues).toContainEqual({ month: '2026-01', ended: true });
    expect(await query(store, 'SELECT DISTINCT month FROM events ORDER BY 1')).toEqual([
      { month: '2026-02' },
      { month: '2026-03' },
    ]);
  });

  test('knows the clone of a Mac that it has forgotten', async () => {
    const [mac, clone] = [folder.path('twins/mac'), folder.path('twins/clone')];
    const [pulls, store] = [folder.path('twins/pulls'), folder.path('twins/store')];
    await live(mac, '2026-01-02T08:00:00Z', eventfulDay);
    cpSync(mac, clone, { recursive: true });
    await live(mac, '2026-01-03T08:00:00Z', eventfulDay);
    await live(clone, '2026-03-02T08:00:00Z', eventfulDay);
    pull(mac, join(pulls, 'mac.db'));
    update(pulls, store);
    pull(clone, join(pulls, 'clone.db'));
    expect(update(pulls, store).summary.files.branches).toEqual([{ mac: 'clone', branchOf: 'mac' }]);
    expect(updateAndKeep(pulls, store, '2026-02-15').summary.list.map((row) => row.mac)).toEqual(['clone']);
    await live(mac, '2026-03-04T08:00:00Z', eventfulDay);
    pull(mac, join(pulls, 'mac.db'));
    const { summary } = update(pulls, store);
    expect(summary.list.map((row) => row.mac)).toEqual(['clone', 'mac']);
    expect(summary.files).toMatchObject({
      duplicates: [],
      branches: [{ mac: 'clone', branchOf: 'mac' }],
    });
    await expectNothingTwice(store);
  });

  test('keeps a Mac whose clock was set back after its newest event', async () => {
    const [mac, pulls, store] = [
      folder.path('set-back/mac'),
      folder.path('set-back/pulls'),
      folder.path('set-back/store'),
    ];
    await live(mac, '2026-03-02T08:00:00Z', eventfulDay);
    pull(mac, join(pulls, 'mac.db'));
    sqliteRun(
      join(pulls, 'mac.db'),
      `INSERT INTO event (at, kind, severity, summary, detail, macos, agent_version)
       VALUES (1577836800000, 'clock-changed', 'info', '', '{}', '15.6', '1.0.0')`,
    );
    update(pulls, store);
    expect(updateAndKeep(pulls, store, '2026-02-15').summary.list.map((row) => row.mac)).toEqual(['mac']);
    expect(cli(['fleet', '--store', store, '--keep', '1d'])).toMatchObject({
      status: 1,
      stdout: 'The store has no record of a Mac.\n',
    });
  });

  test('reads an unchanged database once, whatever its path is called from', async () => {
    const [mac, pulls, store] = [
      folder.path('where/mac'),
      folder.path('where/pulls'),
      folder.path('where/store'),
    ];
    await live(mac, '2026-03-02T08:00:00Z', eventfulDay);
    pull(mac, join(pulls, 'mac.db'));
    update(pulls, store);
    update(relative(process.cwd(), pulls), store);
    expect(sqlite(join(store, 'ledger.db'), 'SELECT path FROM file')).toEqual([
      { path: join(pulls, 'mac.db') },
    ]);
  });

  test('skips a history with too many changes, and still reports on the others', async () => {
    const [mac, pulls, store] = [
      folder.path('many/mac'),
      folder.path('many/pulls'),
      folder.path('many/store'),
    ];
    await live(mac, '2026-03-02T08:00:00Z', eventfulDay);
    for (const name of ['well', 'many']) pull(mac, join(pulls, `${name}.db`));
    sqliteRun(
      join(pulls, 'many.db'),
      `UPDATE state SET value = ${otherHistory} WHERE key = 'history';
       WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 30000)
       INSERT INTO event (at, kind, severity, summary, from_state, to_state, detail, macos, agent_version)
       SELECT 1772500000000 + n, 'macos-updated', 'info', '', printf('%.50c%d', '"', n),
         printf('%.50c%d', '\\', n), '{}', '15.6', '1.0.0' FROM n`,
    );
    for (const call of [update, update]) {
      const { status, summary } = call(pulls, store);
      expect(status).toBe(1);
      expect(summary.files.skipped).toEqual([
        { file: join(pulls, 'many.db'), reason: expect.stringContaining('its history has too many changes') },
      ]);
      // The parts of the history before that are known, and its state is not.
      expect(summary.list).toMatchObject([
        { mac: 'many', was: 'unknown' },
        { mac: 'well', was: 'ok' },
      ]);
    }
  });

  test('counts an outcome by any name, as a report without a store does', async () => {
    const [mac, pulls] = [folder.path('outcome/mac'), folder.path('outcome/pulls')];
    await live(mac, '2026-03-02T08:00:00Z', eventfulDay);
    pull(mac, join(pulls, 'mac.db'));
    sqliteRun(join(pulls, 'mac.db'), "UPDATE sync_cycle SET outcome = 'constructor'");
    const { summary } = update(pulls, folder.path('outcome/store'));
    const { sync } = fleetOutput.parse(JSON.parse(cli(['fleet', pulls, '--json']).stdout));
    expect(sync.outcomes).toMatchObject([{ outcome: 'constructor' }]);
    expect(summary.sync).toEqual(sync);
  });

  test('is made by databases only, and compact takes no other option', () => {
    const nowhere = folder.path('no', 'store');
    for (const args of [
      ['compact', '--store', nowhere],
      ['--store', nowhere, '--keep', '400d'],
      ['--store', nowhere, '--ndjson', folder.path('no', 'ndjson')],
    ])
      expect(cli(['fleet', ...args])).toMatchObject({
        status: 1,
        stderr: expect.stringContaining('there is no store in'),
      });
    expect(existsSync(folder.path('no'))).toBe(false);
    for (const [option, ...value] of [
      ['--keep', '5d'],
      ['--password-changes', 'x.csv'],
      ['--silent-after', '3d'],
      ['--json'],
    ])
      expect(cli(['fleet', 'compact', '--store', nowhere, option ?? '', ...value])).toMatchObject({
        status: 2,
        stderr: expect.stringContaining(`fleet compact takes --store only, not ${option}.`),
      });
  });

  test('knows a file by its history when it has another name', async () => {
    const [mac, pulls, store] = [folder.path('h/mac'), folder.path('h/pulls'), folder.path('h/store')];
    await live(mac, '2026-03-02T08:00:00Z', eventfulDay);
    pull(mac, join(pulls, 'old.db'));
    update(pulls, store);
    const before = await counts(store);
    rmSync(join(pulls, 'old.db'));
    pull(mac, join(pulls, 'new.db'));
    const { summary } = update(pulls, store);
    expect(summary.list.map((row) => row.mac)).toEqual(['new']);
    expect(summary.files).toMatchObject({ duplicates: [], branches: [] });
    expect(await counts(store)).toEqual(before);
  });

  test('names a disk that is full, and loses nothing', async () => {
    // Only root can mount.
    if (process.getuid?.() !== 0 || process.platform !== 'linux') skipTest('needs root on Linux');
    const disk = smallDisk(folder.path('disk'));
    onTestFinished(() => disk.unmount());
    const [mac, pulls] = [folder.path('i/mac'), folder.path('i/pulls')];
    await live(mac, '2026-03-02T08:00:00Z', eventfulDay);
    pull(mac, join(pulls, 'mac.db'));
    const store = folder.path('disk', 'store');
    update(pulls, store);
    const before = await counts(store);
    disk.fill();
    await live(mac, '2026-03-03T08:00:00Z', eventfulDay);
    pull(mac, join(pulls, 'mac.db'));
    expect(cli(['fleet', pulls, '--store', store])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(store),
    });
    expect(await counts(store)).toEqual(before);
  });

  test('is private, and names what is wrong', () => {
    const store = folder.path('b/store');
    expect(statSync(store).mode & 0o777).toBe(0o700);
    expect(statSync(join(store, 'ledger.db')).mode & 0o777).toBe(0o600);
    const writer = new Database(join(store, 'ledger.db'));
    writer.exec('BEGIN IMMEDIATE');
    expect(cli(['fleet', folder.path('b/pulls'), '--store', store])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('another run of PSSO Monitor writes to the store'),
    });
    writer.close();
    expect(cli(['fleet', '--store', folder.path('nowhere')]).stderr).toContain('there is no store');
    expect(cli(['fleet']).status).toBe(2);
    const inside = cli(['fleet', folder.path('b/pulls'), '--store', folder.path('b/pulls/store')]);
    expect(inside).toMatchObject({ status: 2, stderr: expect.stringContaining('put it elsewhere') });
    expect(cli(['fleet', folder.path('b/pulls'), '--keep', '5d']).status).toBe(2);
    expect(
      cli(['fleet', folder.path('b/pulls'), '--store', store, '--out', folder.path('x.db')]).status,
    ).toBe(2);
    expect(cli(['fleet', folder.path('b/pulls'), '--store', store, '--keep', 'x']).status).toBe(2);
  });
});
