import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import type { NewEvent } from '../../agent/shared/event.ts';
import type { IssueEpisode, SyncCycle } from '../../agent/shared/history-records.ts';
import { fromIso } from '../../agent/shared/time.ts';
import { type OpenOptions, openStore } from '../../agent/store/sqlite-store.ts';
import type { Batch } from '../../agent/store/store.ts';

export const noon = fromIso('2026-01-31T12:00:00Z');

/** A folder that is deleted after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'psso-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function databaseIn(folder: string): string {
  return join(folder, 'events.db');
}

/** A store that is closed after the test. */
export function opened(path: string, options: Partial<OpenOptions> = {}) {
  const store = openStore({ path, agentVersion: '1.2.3', now: noon, ...options });
  onTestFinished(() => store.close());
  return store;
}

/** A plain connection of another program, closed after the test. */
export function connection(path: string, options: Database.Options = {}): Database.Database {
  const db = new Database(path, options);
  onTestFinished(() => {
    db.close();
  });
  return db;
}

export function event(change: Partial<NewEvent> = {}): NewEvent {
  return {
    at: noon,
    kind: 'token-refreshed',
    issue: null,
    severity: 'info',
    summary: 'The tokens were refreshed.',
    from: null,
    to: null,
    data: { after: 3600 },
    ...change,
  };
}

export function episode(change: Partial<IssueEpisode> = {}): IssueEpisode {
  return {
    issue: 'registration-lost',
    openedAt: noon,
    resolvedAt: null,
    severity: 'high',
    summary: 'The registration is gone.',
    evidence: { status: 'notRegistered' },
    ...change,
  };
}

export function cycle(change: Partial<SyncCycle> = {}): SyncCycle {
  return {
    staleFrom: noon,
    dueAt: null,
    promptedAt: null,
    refreshedAt: null,
    passwordChangedAt: null,
    outcome: 'open',
    lagSeconds: null,
    activeLagSeconds: null,
    ...change,
  };
}

export function batch(change: Partial<Batch> = {}): Batch {
  return {
    at: noon,
    macos: '15.6',
    events: [],
    episodes: [],
    syncCycles: [],
    state: {},
    memory: null,
    ...change,
  };
}

/** Events of about a kilobyte each, so that a few fill several pages. */
export function manyEvents(count: number): NewEvent[] {
  return Array.from({ length: count }, (_, index) =>
    event({ at: noon + index * 1000, summary: `Event ${index}`, data: { filler: 'x'.repeat(1000) } }),
  );
}

export const publicViews = ['v_events', 'v_issues', 'v_sync', 'v_state'] as const;
