import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { queriedFleet, shippedQueries } from '../fleet-store/queried-fleet.ts';
import { query, testFolder } from '../fleet-store/store-of.ts';

/** What is used of chDB, which is ClickHouse in a process. */
interface ClickHouse {
  query(sql: string, format?: string): string;
  close(): void;
}

function openClickHouse(): ClickHouse {
  const chdb = z.object({ Session: z.custom<new () => ClickHouse>((value) => typeof value === 'function') });
  const { Session } = z.parse(chdb, createRequire(import.meta.url)('chdb'));
  return new Session();
}

const page = readFileSync(join(import.meta.dirname, '../../docs/admin/store-clickhouse.md'), 'utf8');
const [views = '', table = ''] = Array.from(page.matchAll(/```sql\n(.*?)```/gs), ([, sql = '']) => sql);
const tables = ['events', 'windows', 'issues', 'macs'];

const folder = testFolder();
beforeAll(() => queriedFleet(folder));

describe.each([
  ['as files', () => views.split(';\n').filter(Boolean)],
  ['as tables', () => tables.map((name) => table.replaceAll('events', name))],
])('ClickHouse reads a store %s, by the statements of its page', (_, statements) => {
  let clickhouse: ClickHouse;
  beforeAll(() => {
    clickhouse = openClickHouse();
    for (const sql of statements()) clickhouse.query(sql.replaceAll("'store/", `'${folder.path('store')}/`));
  });
  afterAll(() => clickhouse.close());

  test.each([...shippedQueries])('%s: as DuckDB answers', async (_, sql) => {
    const lines = clickhouse.query(sql, 'JSONEachRow').split('\n').filter(Boolean);
    const rows = lines.map((line) => z.parse(z.record(z.string(), z.unknown()), JSON.parse(line)));
    expect(rows).not.toEqual([]);
    expect(rows.map(plain)).toEqual((await query(folder.path('store'), sql)).map(plain));
  });
});

/** DuckDB writes numbers of 64 bits and decimals as text, and each engine writes instants in its own form. */
function plain(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plainValue(value)]));
}

function plainValue(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (/^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  return /^\d{4}-\d\d-\d\d( |$)/.test(value) ? Date.parse(`${value.replace(/\+00$/, '')}Z`) : value;
}
