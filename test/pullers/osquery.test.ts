import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import * as z from 'zod/mini';
import { openReader } from '../../agent/store/reader.ts';
import { type Running, start, until } from '../cli.ts';
import { installSysroot } from '../mac/sysroot.ts';
import { start as child } from '../store/processes/child.ts';

const shipped = join(import.meta.dirname, '../../scripts/osquery');
const text = (name: string) => readFileSync(join(shipped, name), 'utf8');
const tables = z.record(
  z.string(),
  z.strictObject({
    query: z.string(),
    path: z.string(),
    columns: z.array(z.string()),
    platform: z.literal('darwin'),
  }),
);
const configuration = z.strictObject({ auto_table_construction: tables });
const { auto_table_construction: constructed } = configuration.parse(JSON.parse(text('psso-monitor.json')));

let folder: string;
let path: string;
let running: Running;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'psso monitor osquery '));
  installSysroot(join(folder, 'mac'));
  // Where the pattern of the configuration finds it, on a Mac whose root is this folder.
  path = join(folder, 'Users/alex/Library/Application Support/PSSO Monitor/events.db');
  mkdirSync(dirname(path), { recursive: true });
  running = start(['run', '--sysroot', join(folder, 'mac'), '--data-dir', dirname(path), '--every', '1']);
  await until(() => {
    try {
      const reader = openReader({ path });
      const known = reader.state().some(({ key, value }) => key === 'headline' && value === 'ok');
      reader.close();
      return known;
    } catch {
      return false;
    }
  }, 'the first look');
});
afterAll(async () => {
  running.child.kill('SIGTERM');
  await running.ended;
  rmSync(folder, { recursive: true, force: true });
});

const answer = z.object({
  journalMode: z.string(),
  immutable: z.boolean(),
  rows: z.array(z.record(z.string(), z.string())),
});

describe("osquery's automatic table construction, with the configuration that is shipped, while an agent writes", () => {
  test.each(Object.entries(constructed))('%s', async (_name, table) => {
    const pattern = new RegExp(`^${table.path.replaceAll('%', '[^/]*')}$`);
    expect(path.slice(folder.length)).toMatch(pattern);
    const [line = ''] = await child('osquery.ts', [path, table.query]).ended();
    const said = answer.parse(JSON.parse(line));
    expect(said).toMatchObject({ journalMode: 'wal', immutable: false });
    for (const row of said.rows) expect(Object.keys(row)).toEqual(table.columns);
    expect(table.columns).not.toContain('path');
    if (table.query.includes('v_state'))
      expect(said.rows).toContainEqual(expect.objectContaining({ key: 'headline', value: 'ok' }));
    if (table.query.includes('v_events'))
      expect(said.rows.map(({ kind }) => kind)).toContain('agent-started');
  });

  test('every column of the public views is there', () => {
    const db = new Database(path, { readonly: true });
    for (const { query, columns } of Object.values(constructed)) {
      const view = /FROM (\w+)$/.exec(query)?.[1] ?? '';
      const all = db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(view);
      expect(columns).toEqual(all);
      expect(query).toBe(`SELECT ${all.join(', ')} FROM ${view}`);
    }
    db.close();
  });

  test("Fleet's options are the same tables", () => {
    const { config } = z
      .strictObject({ config: configuration })
      .parse(parse(text('fleet-agent-options.yml')));
    expect(config.auto_table_construction).toEqual(constructed);
  });

  test('the queries that are shipped ask these tables, and SQLite understands them', () => {
    const query = z.object({ kind: z.string(), spec: z.object({ name: z.string(), query: z.string() }) });
    const db = new Database(':memory:');
    for (const [name, { columns }] of Object.entries(constructed))
      db.exec(`CREATE TABLE ${name} (path TEXT, ${columns.join(' TEXT, ')} TEXT)`);
    const all = parseAllDocuments(text('queries.yml')).map((document) => query.parse(document.toJS()));
    expect(all.map(({ kind }) => kind)).toEqual(['query', 'query', 'query', 'policy']);
    for (const { spec } of all) expect(() => db.prepare(spec.query).all()).not.toThrow();
    const policy = all.at(-1)?.spec.query ?? '';
    const passes = () => db.prepare(policy).all().length === 1;
    expect(passes()).toBe(false);
    db.exec("INSERT INTO psso_monitor_state (key, value) VALUES ('headline', 'ok')");
    expect(passes()).toBe(true);
    db.exec("INSERT INTO psso_monitor_issues (status) VALUES ('open')");
    expect(passes()).toBe(false);
    db.close();
  });
});
