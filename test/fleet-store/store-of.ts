import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll } from 'vitest';
import { fleetOutput } from '../../agent/fleet/fleet-output.ts';
import { replay } from '../../agent/simulation/replay.ts';
import { parseScenario } from '../../agent/simulation/scenario.ts';
import { cli } from '../helpers/cli.ts';
import { duckdbStatements } from './duckdb-statements.ts';

/** A folder for the tests of a file, deleted after them. */
export function testFolder(): { readonly path: (...parts: string[]) => string } {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'psso fleet store '));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return { path: (...parts) => join(folder, ...parts) };
}

/** Days of a Mac: each goes on where the last one ended. */
export async function live(dataDir: string, start: string, lines: readonly object[]): Promise<void> {
  mkdirSync(dataDir, { recursive: true });
  const head = { scenario: 's', start, macos: '15.6', user: 'alex' };
  const all = [head, ...lines].map((line) => JSON.stringify(line)).join('\n');
  await replay(parseScenario(all), { dataDir });
}

/** A day with a break, an update, and a changed password. */
export const eventfulDay = [
  { at: '+1h', companyPortal: '5.2602.0' },
  { at: '+2h', psso: { state: 1 } },
  { at: '+3h', psso: { state: 0, receivedAt: '+3h' }, passwordLastSetAt: '+3h' },
  { at: '+4h', psso: { registered: false, userPresent: false } },
  { at: '+5h', psso: { registered: true, userPresent: true, receivedAt: '+5h' } },
  { at: '+9h', psso: { receivedAt: '+9h' } },
  { at: '+10h', end: true },
];

/** Copies a database as a pull does: with its WAL, at any name. */
export function pull(dataDir: string, target: string): void {
  mkdirSync(join(target, '..'), { recursive: true });
  for (const ending of ['', '-wal'])
    if (readdirSync(dataDir).includes(`events.db${ending}`))
      cpSync(join(dataDir, `events.db${ending}`), target + ending);
    else rmSync(target + ending, { force: true });
}

export function update(pulls: string, store: string, ...more: string[]) {
  const { status, stdout, stderr } = cli(['fleet', pulls, '--store', store, '--json', ...more]);
  if (stdout === '') throw new Error(stderr);
  return { status, summary: fleetOutput.parse(JSON.parse(stdout)) };
}

/** Rows of a query over the store's tables, as DuckDB reads them by the statements of its page. */
export async function query(store: string, sql: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  try {
    for (const statement of duckdbStatements(store)) await connection.run(statement);
    return (await connection.runAndReadAll(sql)).getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
