import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hour } from '../../agent/shared/time.ts';
import { openReader } from '../../agent/store/reader.ts';
import { start } from './processes/child.ts';
import {
  batch,
  connection,
  cycle,
  databaseIn,
  episode,
  event,
  noon,
  opened,
  publicViews,
  temporaryFolder,
} from './samples.ts';

async function osquery(path: string, query: string): Promise<unknown> {
  const [line = ''] = await start('osquery.ts', [path, query]).ended();
  return JSON.parse(line);
}

// Resolved: `open_seconds` of an open issue grows between two readings.
const everything = batch({
  events: [event({ summary: 'only in the WAL' })],
  episodes: [episode({ resolvedAt: noon + hour })],
  syncCycles: [cycle()],
  state: { headline: 'ok' },
});

describe("osquery's automatic table construction, while the agent has the database open", () => {
  it.each(publicViews)('reads every column of %s from the WAL, none dropped', async (view) => {
    const path = databaseIn(temporaryFolder());
    opened(path).commit(everything);
    const names = connection(path)
      .prepare<[string], string>('SELECT name FROM pragma_table_info(?)')
      .pluck()
      .all(view);
    expect(names).not.toContain('path');
    expect(await osquery(path, `SELECT ${names.join(', ')} FROM ${view}`)).toEqual({
      journalMode: 'wal',
      immutable: false,
      rows: connection(path)
        .prepare(`SELECT ${names.join(', ')} FROM ${view}`)
        .all(),
    });
  });

  it('sees committed data during a transaction, without waiting', async () => {
    const path = databaseIn(temporaryFolder());
    opened(path).commit(everything);
    connection(path).exec('BEGIN IMMEDIATE; DELETE FROM event;');
    expect(await osquery(path, 'SELECT summary FROM v_events')).toEqual({
      journalMode: 'wal',
      immutable: false,
      rows: [{ summary: 'only in the WAL' }],
    });
  });

  it('reads it after the agent has ended, and the agent starts again', async () => {
    const path = databaseIn(temporaryFolder());
    const store = opened(path);
    store.commit(everything);
    store.close();
    expect(await osquery(path, 'SELECT id FROM v_events')).toMatchObject({
      immutable: false,
      rows: [{ id: '1' }],
    });
    expect(opened(path).commit(everything)).toMatchObject([{ id: 2 }]);
  });
});

describe('a plain copy of the database file alone', () => {
  it('is complete after a checkpoint', () => {
    const path = databaseIn(temporaryFolder());
    const store = opened(path);
    store.commit(everything);
    store.checkpoint();
    const copy = databaseIn(temporaryFolder());
    // By another process: closing the file here would drop the locks that the store has on it.
    execFileSync('cp', [path, dirname(copy)]);
    const reader = openReader({ path: copy });
    expect(reader.events({}).map(({ summary }) => summary)).toEqual(['only in the WAL']);
    expect(reader.state().map(({ key }) => key)).toEqual(['headline', 'history']);
    reader.close();
  });

  it('is complete without a checkpoint when SQLite made it (backup interface)', async () => {
    const path = databaseIn(temporaryFolder());
    opened(path).commit(everything);
    const copy = databaseIn(temporaryFolder());
    await connection(path, { readonly: true }).backup(copy);
    const reader = openReader({ path: copy });
    expect(reader.events({})).toHaveLength(1);
    reader.close();
  });
});
