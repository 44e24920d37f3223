import { renameSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { IssueEpisode } from '../../agent/shared/history-records.ts';
import { minute } from '../../agent/shared/time.ts';
import { migrations } from '../../agent/store/migrations.ts';
import { openReader } from '../../agent/store/reader.ts';
import {
  batch,
  connection,
  cycle,
  databaseIn,
  episode,
  event,
  manyEvents,
  noon,
  opened,
  temporaryFolder,
} from './samples.ts';

function read(path: string) {
  const reader = openReader({ path });
  try {
    return { events: reader.events({}), issues: reader.issues(), sync: reader.sync(), state: reader.state() };
  } finally {
    reader.close();
  }
}

describe('commit', () => {
  it('returns the events with their numbers, the macOS version and the agent version', () => {
    const store = opened(databaseIn(temporaryFolder()));
    const one = event({ kind: 'registration-lost', from: 'complete', to: 'none' });
    expect(store.commit(batch({ events: [one, event()] }))).toEqual([
      { ...one, id: 1, macos: '15.6', agentVersion: '1.2.3' },
      { ...event(), id: 2, macos: '15.6', agentVersion: '1.2.3' },
    ]);
  });

  it('stores one row for each episode', () => {
    const path = databaseIn(temporaryFolder());
    const store = opened(path);
    store.commit(batch({ episodes: [episode()] }));
    store.commit(batch({ episodes: [episode({ resolvedAt: noon + 90_500, summary: 'It is back.' })] }));
    store.commit(batch({ episodes: [episode({ openedAt: noon + minute * 60 })] }));
    expect(read(path).issues).toMatchObject([
      { status: 'open', opened_at: '2026-01-31T13:00:00Z', resolved_at: '' },
      {
        status: 'resolved',
        resolved_at: '2026-01-31T12:01:30.500Z',
        open_seconds: '90',
        summary: 'It is back.',
      },
    ]);
  });

  it('updates one row for each token cycle', () => {
    const path = databaseIn(temporaryFolder());
    const store = opened(path);
    store.commit(batch({ syncCycles: [cycle()] }));
    store.commit(batch({ syncCycles: [cycle({ dueAt: noon + minute, lagSeconds: 12.4 })] }));
    expect(read(path).sync).toEqual([
      {
        stale_from: '2026-01-31T12:00:00Z',
        due_at: '2026-01-31T12:01:00Z',
        prompted_at: '',
        refreshed_at: '',
        password_changed_at: '',
        outcome: 'open',
        lag_seconds: '12',
        active_lag_seconds: '',
      },
    ]);
  });

  it.each<[string, Partial<IssueEpisode>]>([
    ['resolved_at', { resolvedAt: noon + minute }],
    ['severity', { severity: 'low' }],
    ['summary', { summary: 'It is back.' }],
    ['evidence', { evidence: { status: 'registered' } }],
  ])('writes an episode again when only %s changed', (_column, change) => {
    const episodesAfter = (...batches: IssueEpisode[]) => {
      const path = databaseIn(temporaryFolder());
      const store = opened(path);
      for (const one of batches) store.commit(batch({ episodes: [one] }));
      return connection(path, { readonly: true }).prepare('SELECT * FROM issue_episode').all();
    };
    expect(episodesAfter(episode(), episode(change))).toEqual(episodesAfter(episode(change)));
  });

  it('changes since only when the value changes', () => {
    const path = databaseIn(temporaryFolder());
    const store = opened(path);
    store.commit(batch({ state: { headline: 'ok', method: 'password' } }));
    store.commit(batch({ at: noon + minute, state: { headline: 'needs-attention', method: 'password' } }));
    store.commit(batch({ at: noon + 2 * minute, state: { headline: 'needs-attention' } }));
    expect(read(path).state).toEqual([
      { key: 'headline', value: 'needs-attention', since: '2026-01-31T12:01:00Z' },
      { key: 'history', value: expect.stringMatching(/^[0-9a-f]{32}$/), since: '2026-01-31T12:00:00Z' },
      { key: 'method', value: 'password', since: '2026-01-31T12:00:00Z' },
    ]);
  });

  it('keeps the memory when the batch has none', () => {
    const store = opened(databaseIn(temporaryFolder()));
    store.commit(batch({ memory: '{"a":1}' }));
    store.commit(batch());
    expect(store.memory()).toBe('{"a":1}');
  });

  it('writes nothing when nothing changed', () => {
    const path = databaseIn(temporaryFolder());
    const store = opened(path);
    const full = batch({
      episodes: [episode()],
      syncCycles: [cycle()],
      state: { headline: 'ok' },
      memory: '{}',
    });
    store.commit({ ...full, events: [event()] });
    store.checkpoint();
    const files = () => [path, `${path}-wal`].map((file) => [statSync(file).size, statSync(file).mtimeMs]);
    const other = connection(path, { readonly: true });
    const before = [files(), other.pragma('data_version')];
    store.commit(full);
    store.commit(batch());
    store.commit(batch({ at: noon + minute, state: { headline: 'ok' }, memory: '{}' }));
    expect([files(), other.pragma('data_version')]).toEqual(before);
    store.commit(batch({ state: { headline: 'unknown' } }));
    expect([files(), other.pragma('data_version')]).not.toEqual(before);
  });

  it('refuses every change of a stored event', () => {
    const path = databaseIn(temporaryFolder());
    opened(path).commit(batch({ events: [event()] }));
    const other = connection(path);
    expect(() => other.exec("UPDATE event SET summary = 'nothing happened'")).toThrow(
      'events are append-only',
    );
  });
});

describe('a failed commit writes nothing, names the reason, and can be repeated', () => {
  const wanted = batch({
    events: manyEvents(50),
    episodes: [episode()],
    state: { headline: 'ok' },
    memory: '{}',
  });
  const nothing = { events: [], issues: [], sync: [], state: [] };

  it('when another program locks the database', () => {
    const path = databaseIn(temporaryFolder());
    const store = opened(path, { busyTimeout: 0 });
    const other = connection(path);
    other.exec('BEGIN IMMEDIATE');
    expect(() => store.commit(wanted)).toThrow(expect.objectContaining({ name: 'StoreError', code: 'busy' }));
    other.exec('ROLLBACK');
    expect(read(path)).toEqual(nothing);
    expect(store.commit(wanted)).toHaveLength(50);
  });

  it('when there is no space left', () => {
    const path = databaseIn(temporaryFolder());
    const narrow = {
      version: 2,
      up: (db: { pragma(text: string): unknown }) => db.pragma('max_page_count = 20'),
    };
    const store = opened(path, { migrations: [...migrations, narrow] });
    expect(() => store.commit(wanted)).toThrow(
      expect.objectContaining({ code: 'full', cause: expect.any(Error) }),
    );
    expect(read(path)).toEqual(nothing);
    expect(store.memory()).toBeNull();
    expect(store.commit(batch({ events: [event()] }))).toHaveLength(1);
    store.close();
    expect(opened(path).commit(wanted)).toHaveLength(50);
    expect(read(path).events).toHaveLength(51);
  });

  it('when one part of the batch cannot be written', () => {
    const path = databaseIn(temporaryFolder());
    const store = opened(path);
    connection(path).exec('DROP TABLE memory');
    expect(() => store.commit(wanted)).toThrow(expect.objectContaining({ code: 'schema' }));
    expect(read(path)).toEqual(nothing);
  });

  it('when the file was deleted or replaced meanwhile', () => {
    const path = databaseIn(temporaryFolder());
    const store = opened(path);
    renameSync(path, `${path}.elsewhere`);
    expect(() => store.commit(wanted)).toThrow(expect.objectContaining({ code: 'moved' }));
  });

  it('after the store was closed, also when it was closed twice', () => {
    const store = opened(databaseIn(temporaryFolder()));
    store.close();
    store.close();
    expect(() => store.commit(wanted)).toThrow(expect.objectContaining({ code: 'closed' }));
    expect(() => store.memory()).toThrow(expect.objectContaining({ code: 'closed' }));
  });
});
