import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constants, DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routineKinds } from '../../agent/shared/routine-kinds.ts';
import { live } from '../fleet-store/store-of.ts';
import { isScheduled } from './fleet-schema.ts';
import { constructed, policies, queryNamed, reports } from './osquery-files.ts';

const days = 12;
const day = 86_400_000;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-fleet-reports-'));
  await live(folder, new Date(Date.now() - (days + 1) * day).toISOString(), twelveDays());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Days of ten hours with three token refreshes, of which one has an update, a new password and a break. */
function twelveDays(): object[] {
  return Array.from({ length: days }).flatMap((_, n) => {
    const at = (hour: number) => `+${24 * n + hour}h`;
    const refreshed = (hour: number) => ({ at: at(hour), psso: { receivedAt: at(hour) } });
    const eventful = [
      { at: at(2), companyPortal: '5.2602.0' },
      { at: at(3), psso: { state: 1 } },
      { at: at(4), psso: { state: 0, receivedAt: at(4) }, passwordLastSetAt: at(4) },
      { at: at(6), psso: { registered: false, userPresent: false } },
      { at: at(7), psso: { registered: true, userPresent: true, receivedAt: at(7) } },
    ];
    return [
      { at: at(0), power: 'awake', psso: { receivedAt: at(0) } },
      ...(n === 6 ? eventful : [refreshed(4)]),
      refreshed(8),
      { at: at(10), power: 'asleep', ...(n === days - 1 ? { end: true } : {}) },
    ];
  });
}

const home = (user: string) => `/Users/${user}/Library/Application Support/PSSO Monitor`;

/**
 * osquery's tables, all columns text, in a database with its authorizer (osquery/sql/sqlite_util.cpp): it
 * reads, and attaches nothing. `polledAgo`: seconds, by user; each user has the recorded history.
 */
function osquery(polledAgo: Readonly<Record<string, number>>): DatabaseSync {
  const db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE file (path TEXT, directory TEXT, filename TEXT, mtime BIGINT)');
  const now = Math.floor(Date.now() / 1000);
  const history = new DatabaseSync(join(folder, 'events.db'), { readOnly: true });
  for (const [user, ago] of Object.entries(polledAgo))
    db.prepare('INSERT INTO file VALUES (?, ?, ?, ?)').run(
      ...[`${home(user)}/agent.json`, home(user), 'agent.json', now - ago],
    );
  for (const [name, { query, columns }] of Object.entries(constructed)) {
    db.exec(`CREATE TABLE ${name} (path TEXT, ${columns.join(' TEXT, ')} TEXT)`);
    const insert = db.prepare(`INSERT INTO ${name} VALUES (?, ${columns.map(() => '?').join(', ')})`);
    for (const user of Object.keys(polledAgo))
      for (const row of history.prepare(query).all())
        insert.run(`${home(user)}/events.db`, ...columns.map((column) => String(row[column])));
  }
  history.close();
  const allowed: readonly number[] = [
    constants.SQLITE_READ,
    constants.SQLITE_SELECT,
    constants.SQLITE_FUNCTION,
    constants.SQLITE_RECURSIVE,
  ];
  db.setAuthorizer((action) => (allowed.includes(action) ? constants.SQLITE_OK : constants.SQLITE_DENY));
  return db;
}

function answers(db: DatabaseSync, query: string): Record<string, string>[] {
  return db
    .prepare(query)
    .all()
    .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)])));
}

const state = queryNamed('state of this Mac');
const events = queryNamed('PSSO Monitor, events');
const set = (db: DatabaseSync, user: string, headline: string) => {
  db.setAuthorizer(null);
  db.prepare("UPDATE psso_monitor_state SET value = ? WHERE key = 'headline' AND path LIKE ?").run(
    ...[headline, `/Users/${user}/%`],
  );
  return answers(db, state)[0]?.headline;
};

describe('the reports and policies in SQLite, as osquery runs it', () => {
  test.each([...reports, ...policies])('$name is allowed, and each column has its name', ({ query }) => {
    const db = osquery({ alex: 60 });
    const columns = db
      .prepare(query)
      .columns()
      .map(({ name }) => name);
    expect(new Set(columns).size).toBe(columns.length);
    for (const name of columns) expect(name).toMatch(/^(?:[a-z][a-z0-9_]*|1)$/);
    db.prepare(query).all();
    db.close();
  });

  test.each(reports.filter(isScheduled))('$name sends no path, so no account name', ({ query }) => {
    const db = osquery({ 'alex.muster': 60 });
    expect(JSON.stringify(answers(db, query))).not.toMatch(/alex|\/Users\//);
    db.close();
  });

  test('what Fleet shows is one row a Mac, also with several users and without any', () => {
    for (const users of [{}, { alex: 60 }, { alex: 60, sam: 60 }, { alex: 200_000, sam: 200_000 }]) {
      const db = osquery(users);
      expect(answers(db, state)).toHaveLength(1);
      db.close();
    }
  });

  test('the row is of the worst user among those whose agent polled within a day, as `attribute` says', () => {
    const one = (users: Readonly<Record<string, number>>) => {
      const db = osquery(users);
      const [row] = answers(db, state);
      db.close();
      return row;
    };
    expect(one({})).toMatchObject({ headline: 'no-history', open_issues: '0', polled_at: '' });
    expect(one({ alex: 100_000 })).toMatchObject({ headline: 'silent' });
    expect(one({ alex: 60 })).toMatchObject({
      headline: 'ok',
      headline_since: expect.stringMatching(/^\d{4}-.*Z$/),
      open_issues: '0',
      worst_issue: '',
      password_syncs_30_days: '1',
      longest_lag_seconds: expect.stringMatching(/^\d+$/),
      polled_at: expect.stringMatching(/^\d{4}-\d\d-\d\d /),
      company_portal: '5.2602.0',
      history: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    const db = osquery({ alex: 60, sam: 60, away: 100_000 });
    const order = ['needs-attention', 'unknown', 'not-registered', 'not-configured', 'exempt', 'ok'];
    set(db, 'away', 'needs-attention');
    for (const [index, headline] of order.entries()) {
      set(db, 'alex', headline);
      for (const better of order.slice(index)) expect(set(db, 'sam', better)).toBe(headline);
    }
    db.close();
  });

  test('the worst open issue comes with its time', () => {
    const db = osquery({ alex: 60 });
    db.setAuthorizer(null);
    db.exec(`INSERT INTO psso_monitor_issues (path, issue, status, severity, opened_at) VALUES
      ('${home('alex')}/events.db', 'a-low-one', 'open', 'low', '2026-01-01T00:00:00Z'),
      ('${home('alex')}/events.db', 'a-high-one', 'open', 'high', '2026-03-01T00:00:00Z')`);
    expect(answers(db, state)).toMatchObject([
      { open_issues: '2', worst_issue: 'a-high-one', worst_since: '2026-03-01T00:00:00Z' },
    ]);
    db.close();
  });

  test('the log destination gets each event that is not routine once', () => {
    const db = osquery({ alex: 60 });
    const rows = answers(db, events);
    expect(rows.map(({ history, id }) => `${history} ${id}`).length).toBe(
      new Set(rows.map(({ id }) => id)).size,
    );
    const kinds = answers(db, 'SELECT DISTINCT kind FROM psso_monitor_events').map(({ kind = '' }) => kind);
    expect(new Set(rows.map(({ kind = '' }) => kind))).toEqual(
      new Set(kinds.filter((kind) => !routineKinds.has(kind))),
    );
    for (const kind of routineKinds) expect(events).toContain(`'${kind}'`);
    db.close();
  });
});

/** A line as osquery logs it (docs: deployment, logging), with the decorations that Fleet sets by default. */
const logged = (name: string, content: object) =>
  JSON.stringify({
    name: `pack/Global/${name}`,
    hostIdentifier: '564D1E3C-9E8D-4B4F-A6C1-6E1B1E3C9E8D',
    calendarTime: 'Sun Nov 29 02:00:00 2026 UTC',
    unixTime: 1_795_917_600,
    epoch: 0,
    counter: 312,
    numerics: false,
    decorations: { host_uuid: '564D1E3C-9E8D-4B4F-A6C1-6E1B1E3C9E8D', hostname: 'MacBook-Pro-of-Alex.local' },
    ...content,
  }).length;

test('a Mac sends at most 5 kB a day', () => {
  const db = osquery({ alex: 60 });
  const bytes = reports.filter(isScheduled).map(({ name, query, interval = 0, logging }) => {
    const rows = answers(db, query);
    if (logging === 'snapshot')
      return (86_400 / interval) * logged(name, { snapshot: rows, action: 'snapshot' });
    return rows.reduce((sum, columns) => sum + logged(name, { columns, action: 'added' }), 0) / days;
  });
  db.close();
  const total = bytes.reduce((sum, one) => sum + one, 0);
  expect(total).toBeLessThan(5_000);
});
