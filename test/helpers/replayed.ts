import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import * as z from 'zod';
import type { AgentActivity } from '../../agent/daemon/agent-dependencies.ts';
import { toIso } from '../../agent/shared/time.ts';
import { loadScenario } from '../../agent/simulation/load-scenario.ts';
import { type ReplayOptions, replay, type Summary } from '../../agent/simulation/replay.ts';
import { parseScenario, type Scenario } from '../../agent/simulation/scenario.ts';
import { openReader } from '../../agent/store/reader.ts';
import type { EventRow, IssueRow, StateRow, StoredEvent, SyncRow } from '../../agent/store/store.ts';
import { scenarioFile } from './scenario-file.ts';

type ShownNotification = Extract<AgentActivity, { type: 'notification' }>['notification'];

/** The results of a replay, and its database for readers. */
export interface Replayed {
  readonly start: number;
  readonly events: StoredEvent[];
  readonly notifications: (Pick<ShownNotification, 'issue' | 'purpose' | 'suppressed'> & {
    at: number;
    shown: boolean;
    title: string;
    body: string;
  })[];
  readonly summary: Summary;
  readonly rows: EventRow[];
  readonly issues: IssueRow[];
  readonly sync: SyncRow[];
  readonly stateRows: StateRow[];
  /** The stored evidence of each episode. */
  readonly evidence: { issue: string; opened_at: string; evidence: unknown }[];
  readonly state: Readonly<Record<string, string>>;
}

export const start = '2026-03-02T08:00:00Z';
/** The first line of a scenario that a test makes. */
export const mac = { scenario: 'a test', start, macos: '15.6', user: 'alex' };

export const kindsOf = (replayed: Replayed) => replayed.events.map((event) => event.kind);

/** Replays a scenario of test/scenarios by name. */
export function replayScenario(name: string): Promise<Replayed> {
  return resultsOf(loadScenario(scenarioFile(name)));
}

/** Replays a case of test/field by name. */
export function replayField(name: string): Promise<Replayed> {
  return resultsOf(loadScenario(fileURLToPath(new URL(`../field/${name}.ndjson`, import.meta.url))));
}

/** The text of `app-sso` in a line of a case of test/field, the first line being 0. */
export function printedIn(name: string, line: number): string {
  const file = fileURLToPath(new URL(`../field/${name}.ndjson`, import.meta.url));
  const change: unknown = JSON.parse(readFileSync(file, 'utf8').split('\n')[line] ?? '');
  return z.object({ appSso: z.object({ text: z.string() }) }).parse(change).appSso.text;
}

/** Replays a scenario that a test makes. */
export function replayLines(lines: readonly object[], options: ReplayOptions = {}): Promise<Replayed> {
  return resultsOf(parseScenario(lines.map((line) => JSON.stringify(line)).join('\n')), options);
}

async function resultsOf(scenario: Scenario, options: ReplayOptions = {}): Promise<Replayed> {
  const dataDir = mkdtempSync(join(tmpdir(), 'psso-monitor-replay-'));
  const events: StoredEvent[] = [];
  const notified: Replayed['notifications'] = [];
  try {
    const summary = await replay(scenario, {
      ...options,
      dataDir,
      onActivity: (what) => {
        if (what.type === 'event') events.push(what.event);
        else if (what.type === 'notification') {
          const { issue, purpose, suppressed, notification } = what.notification;
          notified.push({
            at: what.at,
            issue,
            purpose,
            suppressed,
            shown: what.shown,
            title: notification.title,
            body: notification.body,
          });
        }
      },
    });
    const reader = openReader({ path: join(dataDir, 'events.db') });
    const stateRows = reader.state();
    const state = Object.fromEntries(stateRows.map((row) => [row.key, row.value]));
    const replayed = {
      start: scenario.start,
      events,
      notifications: notified,
      summary,
      rows: reader.events({}),
      issues: reader.issues(),
      sync: reader.sync(),
      stateRows,
      evidence: storedEvidence(join(dataDir, 'events.db')),
      state,
    };
    reader.close();
    return replayed;
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const episodeRow = z.object({ issue: z.string(), opened_at: z.number(), evidence: z.string() });

function storedEvidence(path: string): Replayed['evidence'] {
  const db = new Database(path, { readonly: true });
  try {
    const rows = db.prepare('SELECT issue, opened_at, evidence FROM issue_episode').all();
    return rows.map((row) => {
      const { issue, opened_at, evidence } = episodeRow.parse(row);
      return { issue, opened_at: toIso(opened_at), evidence: JSON.parse(evidence) };
    });
  } finally {
    db.close();
  }
}
