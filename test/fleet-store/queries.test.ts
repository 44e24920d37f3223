import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { type FleetSummary, fleetOutput } from '../../agent/fleet/fleet-output.ts';
import { cli } from '../helpers/cli.ts';
import { queriedFleet, shippedQueries } from './queried-fleet.ts';
import { live, pull, query, testFolder, update } from './store-of.ts';

const folder = testFolder();
const names = [...shippedQueries.keys()];

const stored = (name: string) => query(folder.path('store'), shippedQueries.get(name) ?? '');

/** The same in SQL over the merged database. Numbers are texts in DuckDB's JSON where they have 64 bits. */
function inSqlite(sql: string): unknown[] {
  const db = new Database(folder.path('fleet.db'), { readonly: true });
  try {
    return db.prepare(sql).all();
  } finally {
    db.close();
  }
}

const numbers = (rows: readonly Record<string, unknown>[], ...columns: string[]) =>
  rows.map((row) => ({ ...row, ...Object.fromEntries(columns.map((name) => [name, Number(row[name])])) }));

let summary: FleetSummary;
beforeAll(async () => {
  summary = await queriedFleet(folder);
  cli(['fleet', folder.path('pulls'), '--out', folder.path('fleet.db')]);
});

describe('each query that ships', () => {
  test('is tested here', () => {
    expect(names.sort()).toEqual([
      'breaks-after-updates',
      'breaks-by-week',
      'issue-days',
      'macs-broken-now',
      'migration',
      'silent-macs',
      'sync-lag',
      'validated',
    ]);
  });

  test('macs-broken-now: as the report says', async () => {
    const rows = await stored('macs-broken-now');
    expect(rows).toMatchObject([{ mac: 'broken', issue: expect.any(String), macos: '15.7' }]);
    const row = summary.list.find(({ mac }) => mac === 'broken');
    expect(row?.openIssues).toContain(rows[0]?.issue);
  });

  test('silent-macs: as the report says', async () => {
    expect((await stored('silent-macs')).map(({ mac }) => mac)).toEqual(summary.silent.map(({ mac }) => mac));
  });

  test('breaks-after-updates: as SQL over SQLite', async () => {
    expect(numbers(await stored('breaks-after-updates'), 'macs', 'macs_with_break')).toEqual(
      inSqlite(`SELECT kind, to_state AS version, count(DISTINCT mac) AS macs, count(DISTINCT CASE WHEN EXISTS (
          SELECT 1 FROM issue_episode WHERE issue_episode.mac_number = event.mac_number
            AND opened_at BETWEEN event.at AND event.at + 86400000) THEN mac END) AS macs_with_break
        FROM event JOIN mac USING (mac_number)
        WHERE kind IN ('macos-updated', 'company-portal-updated', 'okta-verify-updated')
        GROUP BY 1, 2 ORDER BY macs_with_break DESC, macs DESC, kind, version`),
    );
  });

  test('sync-lag: as the report says', async () => {
    const rows = numbers(await stored('sync-lag'), 'n', 'p50', 'p75', 'p90', 'p95', 'p99', 'most');
    expect(rows).toEqual([
      { measured: 'by the clock', ...summary.sync.passwordLagSeconds },
      { measured: 'in use', ...summary.sync.activePasswordLagSeconds },
    ]);
    expect(rows[0]?.n).toBeGreaterThan(0);
  });

  test('issue-days: as SQL over SQLite', async () => {
    const rows = numbers(await stored('issue-days'), 'episodes', 'macs', 'open_now', 'days');
    const asOf = Date.parse(summary.asOf ?? '');
    expect(rows).toEqual(
      inSqlite(`SELECT issue, count(*) AS episodes, count(DISTINCT mac_number) AS macs, sum(resolved_at IS NULL) AS open_now,
          round(sum(coalesce(resolved_at, ${asOf}) / 1000 - opened_at / 1000) / 86400.0, 2) AS days
        FROM issue_episode GROUP BY issue ORDER BY days DESC, issue`),
    );
  });

  test('breaks-by-week: as many as the report counts', async () => {
    const rows = numbers(await stored('breaks-by-week'), 'breaks', 'macs');
    expect(rows.reduce((sum, { breaks }) => sum + Number(breaks), 0)).toBe(summary.breaks.count);
    expect(rows.map(({ week }) => String(week).slice(0, 10))).toContain('2026-03-02');
  });

  test('migration: every user once', async () => {
    const rows = numbers(await stored('migration'), 'users', 'macs', 'well', 'leftovers_removed');
    expect(rows.reduce((sum, { users }) => sum + Number(users), 0)).toBe(summary.users);
  });

  test('validated: as the report says', async () => {
    const rows = numbers(await stored('validated'), 'proven');
    for (const { scenario, macs } of summary.proven)
      expect(rows.find((row) => row.scenario === scenario)?.proven).toBe(macs);
  });
});

test('the dashboard has the text of each query, once', () => {
  const text = readFileSync(join(import.meta.dirname, '../../share/grafana/fleet.json'), 'utf8');
  const { panels } = z.parse(
    z.object({ panels: z.array(z.object({ targets: z.tuple([z.object({ rawSql: z.string() })]) })) }),
    JSON.parse(text),
  );
  expect(panels.map(({ targets: [{ rawSql }] }) => rawSql).sort()).toEqual(
    [...shippedQueries.values()].sort(),
  );
});

test('the report of the store is that of the databases', () => {
  const { weeks: _, generatedAt: __, ...ofStore } = summary;
  const { generatedAt: ___, ...direct } = fleetOutput.parse(
    JSON.parse(cli(['fleet', folder.path('pulls'), '--json']).stdout),
  );
  expect(ofStore).toEqual(direct);
});

test('compaction leaves superseded rows out, and every answer is the same', async () => {
  const store = folder.path('store');
  // The Mac is pulled again on the same day, and another update resolves nothing: each pull adds a revision.
  const rowsOf = (table: string) => query(store, `SELECT * FROM ${table}`);
  await live(folder.path('well'), '2026-03-03T18:30:00Z', [
    { at: '+1h', psso: { receivedAt: '+1h' } },
    { at: '+2h', end: true },
  ]);
  pull(folder.path('well'), folder.path('pulls', 'well.db'));
  update(folder.path('pulls'), store);
  const answers = async () =>
    Object.fromEntries(await Promise.all(names.map(async (name) => [name, await stored(name)])));
  const [before, macs, issues] = [await answers(), await rowsOf('macs'), await rowsOf('issues')];
  const days = new Set(macs.map(({ history, user, day }) => JSON.stringify([history, user, day])));
  expect(macs.length).toBeGreaterThan(days.size);
  expect(cli(['fleet', 'compact', '--store', store]).status).toBe(0);
  expect(await rowsOf('macs')).toHaveLength(days.size);
  expect((await rowsOf('issues')).length).toBeLessThanOrEqual(issues.length);
  expect(await answers()).toEqual(before);
});
