import { globSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { eventKinds, severities } from '../../agent/shared/event.ts';
import { installSysroot, type Sysroot } from '../../agent/simulation/sysroot.ts';
import { openReader } from '../../agent/store/reader.ts';
import { type Running, start } from '../helpers/cli.ts';
import { until } from '../helpers/until.ts';
import { start as child } from '../store/processes/child.ts';
import { constructed, policy, queryNamed } from './osquery-files.ts';

let folder: string;
let path: string;
let mac: Sysroot;
let running: Running;
const states = () => {
  const reader = openReader({ path });
  try {
    return new Map(reader.state().map(({ key, value }) => [key, value]));
  } finally {
    reader.close();
  }
};
const headlineIs = (value: string) =>
  until(() => {
    try {
      return states().get('headline') === value;
    } catch {
      return false;
    }
  }, `the headline ${value}`);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'psso monitor osquery '));
  mac = installSysroot(join(folder, 'mac'));
  // The path matches the pattern of the configuration, with this folder as the root of the Mac.
  path = join(folder, 'Users/alex/Library/Application Support/PSSO Monitor/events.db');
  mkdirSync(dirname(path), { recursive: true });
  mkdirSync(join(folder, 'Users/sam/Library/Application Support'), { recursive: true });
  running = start(['run', '--sysroot', join(folder, 'mac'), '--data-dir', dirname(path), '--every', '1']);
  await headlineIs('ok');
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

/** Resolves a path of the configuration as osquery does: % is one folder's name. */
const found = (pattern: string) => globSync(join(folder, pattern.replaceAll('%', '*')));

async function read(table: string): Promise<Record<string, string>[]> {
  const { query = '', path: pattern = '' } = constructed[table] ?? {};
  const rows: Record<string, string>[] = [];
  for (const file of found(pattern)) {
    const [line = ''] = await child('osquery.ts', [file, query]).ended();
    const said = answer.parse(JSON.parse(line));
    expect(said).toMatchObject({ journalMode: 'wal', immutable: false });
    rows.push(...said.rows.map((row) => ({ ...row, path: file.slice(folder.length) })));
  }
  return rows;
}

const instant = z.union([z.iso.datetime(), z.literal('')]);
const seconds = z.string().check(z.regex(/^\d*$/));
const severity = z.enum(severities);
const itsPath = z.literal('/Users/alex/Library/Application Support/PSSO Monitor/events.db');
/** The columns by docs/contracts.md and docs/admin/pulling-with-osquery.md. */
const meanings = {
  psso_monitor_events: z.strictObject({
    path: itsPath,
    id: z.string().check(z.regex(/^\d+$/)),
    at: z.iso.datetime(),
    kind: z.enum(eventKinds),
    issue: z.string(),
    severity,
    summary: z.string().check(z.minLength(1)),
    detail: z.string(),
    from_state: z.string(),
    to_state: z.string(),
    macos: z.string(),
    agent_version: z.string().check(z.regex(/^\d+\.\d+\.\d+/)),
  }),
  psso_monitor_issues: z.strictObject({
    path: itsPath,
    issue: z.string().check(z.regex(/^[a-z-]+$/)),
    status: z.enum(['open', 'resolved']),
    severity,
    opened_at: z.iso.datetime(),
    resolved_at: instant,
    open_seconds: z.string().check(z.regex(/^\d+$/)),
    summary: z.string().check(z.minLength(1)),
  }),
  psso_monitor_sync: z.strictObject({
    path: itsPath,
    stale_from: z.iso.datetime(),
    due_at: instant,
    prompted_at: instant,
    refreshed_at: instant,
    password_changed_at: instant,
    outcome: z.enum(['open', 'token-refreshed', 'password-synced', 'abandoned']),
    lag_seconds: seconds,
    active_lag_seconds: seconds,
  }),
  psso_monitor_state: z.strictObject({ path: itsPath, key: z.string(), value: z.string(), since: instant }),
};

/** A database with osquery's present tables: the agent's, and `file` with the heartbeat of each agent. */
async function asOsquerySees(): Promise<Database.Database> {
  const db = new Database(':memory:');
  db.exec('CREATE TABLE file (path TEXT, directory TEXT, filename TEXT, mtime BIGINT)');
  for (const [name, { columns }] of Object.entries(constructed)) {
    const all = ['path', ...columns];
    db.exec(`CREATE TABLE ${name} (${all.map((column) => `${column} TEXT`).join(', ')})`);
    const insert = db.prepare(`INSERT INTO ${name} VALUES (${all.map(() => '?').join(', ')})`);
    for (const row of await read(name)) insert.run(all.map((column) => row[column] ?? null));
  }
  const insert = db.prepare('INSERT INTO file VALUES (?, ?, ?, ?)');
  for (const file of found('/Users/%/Library/Application Support/PSSO Monitor/agent.json')) {
    const onTheMac = file.slice(folder.length);
    insert.run(onTheMac, dirname(onTheMac), 'agent.json', Math.floor(statSync(file).mtimeMs / 1000));
  }
  return db;
}

describe("osquery's automatic table construction with the shipped configuration while an agent runs", () => {
  test.each(Object.entries(constructed))(
    '%s is found for each user, with its columns',
    async (name, table) => {
      expect(found(table.path)).toEqual([path]);
      expect(table.columns).not.toContain('path');
      for (const row of await read(name)) expect(Object.keys(row)).toEqual([...table.columns, 'path']);
    },
  );

  test('the tables have exactly the columns of the public views', () => {
    const db = new Database(path, { readonly: true });
    for (const { query, columns } of Object.values(constructed)) {
      const view = /FROM (\w+)$/.exec(query)?.[1] ?? '';
      const all = db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(view);
      expect(columns).toEqual(all);
      expect(query).toBe(`SELECT ${all.join(', ')} FROM ${view}`);
    }
    db.close();
  });

  test('an opened issue is visible at once, in valid columns, and the policy fails', async () => {
    const before = await asOsquerySees();
    expect(before.prepare(policy).all()).toHaveLength(1);
    const events = before.prepare('SELECT id FROM psso_monitor_events').all().length;
    before.close();

    mac.apply({ psso: { registered: false, userPresent: false } });
    await headlineIs('needs-attention');

    for (const [name, meaning] of Object.entries(meanings)) {
      const rows = await read(name);
      if (name !== 'psso_monitor_sync') expect(rows, name).not.toEqual([]);
      for (const row of rows) expect(() => meaning.parse(row), JSON.stringify(row)).not.toThrow();
    }
    const now = await asOsquerySees();
    expect(now.prepare('SELECT id FROM psso_monitor_events').all().length).toBeGreaterThan(events);
    expect(now.prepare(policy).all()).toEqual([]);
    expect(now.prepare(queryNamed('open issues')).all()).toMatchObject([
      { issue: 'registration-needs-repair', severity: 'high' },
    ]);
    expect(now.prepare(queryNamed('headline')).all()).toMatchObject([
      { headline: 'needs-attention', looked_at: expect.stringMatching(/^\d{4}-\d\d-\d\d /) },
    ]);
    now.close();

    mac.apply({ psso: { registered: true, userPresent: true } });
    await headlineIs('ok');
    const after = await asOsquerySees();
    expect(after.prepare(policy).all()).toHaveLength(1);
    after.close();
  });
});
