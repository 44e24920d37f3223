import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { FreeText } from '../capture/free-text.ts';
import { evidenceKinds } from '../history/history.ts';
import type { EpochMs } from '../shared/time.ts';
import { connectReadonly } from '../store/connection.ts';
import { asStoreError } from '../store/errors.ts';
import { migrations } from '../store/migrations.ts';
import { openReader } from '../store/reader.ts';
import { checkFit } from '../store/schema.ts';
import type { StateKey } from '../store/state-keys.ts';
import type { StoreReader } from '../store/store.ts';
import { columnNamesOf, type HistoryTable } from '../store/tables.ts';

/** Keys of `v_state` that name the user, the device, or this history in an admin's other records. */
const identities: readonly StateKey[] = ['user', 'device', 'history'];

/** Columns that hold JSON as text. */
const jsonColumns: ReadonlySet<string> = new Set(['detail', 'evidence']);

/** What came before an open issue is part of the case, also when the issue is older than the extract. */
const evidenceOfOpenIssues = `SELECT max(id) FROM event
  WHERE kind IN (${evidenceKinds.map((kind) => `'${kind}'`).join(', ')})
    AND issue IN (SELECT issue FROM issue_episode WHERE resolved_at IS NULL)
  GROUP BY issue`;

type Value = string | number | null;

/**
 * Copies the history since an instant into a redacted database, row by row in memory. The copy holds no page
 * of the original, no deleted row, and no agent memory. Throws StoreError.
 */
export function extractDatabase(path: string, since: EpochMs, freeText: FreeText): Buffer {
  // Throws the StoreError of a missing history.
  openReader({ path }).close();
  let source: Database.Database | null = null;
  const target = new Database(':memory:');
  try {
    source = connectReadonly(path, {});
    checkFit(source, path);
    for (const { version, up } of migrations) {
      up(target);
      target.pragma(`user_version = ${version}`);
    }
    const from = source;
    // One read transaction: the agent may write meanwhile.
    from.transaction(() => target.transaction(() => copyAll(from, target, since, freeText))())();
    return target.serialize();
  } catch (error) {
    throw asStoreError(error, path);
  } finally {
    source?.close();
    target.close();
  }
}

function copyAll(
  source: Database.Database,
  target: Database.Database,
  since: EpochMs,
  freeText: FreeText,
): void {
  const redacted = (name: string, value: Value) => {
    if (typeof value !== 'string') return value;
    return jsonColumns.has(name) ? redactedJson(value, freeText) : freeText.redact(value, 'own');
  };
  const copy = (table: HistoryTable, where: string, values: readonly number[] = []) => {
    const columns = columnNamesOf(table);
    const rows = source
      .prepare<unknown[], Value[]>(`SELECT ${columns.join(', ')} FROM ${table} WHERE ${where}`)
      .raw();
    const insert = target.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    );
    for (const row of rows.iterate(...values))
      insert.run(...row.map((value, index) => redacted(columns[index] ?? '', value)));
  };
  copy('event', `at >= ? OR id IN (${evidenceOfOpenIssues}) ORDER BY id`, [since]);
  copy('issue_episode', 'resolved_at IS NULL OR resolved_at >= ?', [since]);
  copy('sync_cycle', 'refreshed_at IS NULL OR refreshed_at >= ?', [since]);
  const names = identities.map((name) => `'${name}'`).join(', ');
  copy('state', `key NOT IN (${names})`);
}

/** Redacts JSON. Another text becomes a JSON string. */
function redactedJson(text: string, freeText: FreeText): string {
  let value: unknown = text;
  try {
    value = JSON.parse(text);
  } catch {
    // Redacted as plain text.
  }
  return JSON.stringify(freeText.redactJson(value, 'own'));
}

/** Reads a database from memory with the usual reader, through a private temporary file. */
export function withDatabase<T>(bytes: Uint8Array, use: (reader: StoreReader) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-diagnose-'));
  try {
    const path = join(folder, 'events.db');
    writeFileSync(path, bytes, { mode: 0o600 });
    const reader = openReader({ path });
    try {
      return use(reader);
    } finally {
      reader.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
