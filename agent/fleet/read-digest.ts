import type Database from 'better-sqlite3';
import { ForeignDatabaseError } from '../export/foreign-database-error.ts';
import { limits } from '../export/table-rows.ts';
import { changeKinds } from '../report/timeline.ts';
import { foreign } from './attach.ts';
import type { Digest } from './digest.ts';

/** Whoever made the file may have put anything into a cell: what is asked for comes as a short text or as a number. */
const text = (column: string, most = 200) =>
  `harmless(substr(CAST(COALESCE(${column}, '') AS TEXT), 1, ${most}))`;
const number = (column: string) => `CASE WHEN typeof(${column}) = 'integer' THEN ${column} END`;

/** The years 2000 to 2200: beyond, an instant is damage. */
const earliest = Date.UTC(2000, 0, 1);
const latest = Date.UTC(2200, 0, 1);
const instant = (column: string) =>
  `CASE WHEN typeof(${column}) = 'integer' AND ${column} BETWEEN ${earliest} AND ${latest} THEN ${column} END`;

/** More than a history of many years has; a file with more is no history. */
const mostEpisodes = 20_000;
const mostRuns = 200;
const markEvery = 8;

const kindsOf = (kinds: Iterable<string>) => [...kinds].map((kind) => `'${kind}'`).join(', ');

/**
 * Asks the attached database for its digest, in SQL, since a row of it as an object costs ten times as much. `since`: what was
 * over before is left out.
 */
export function readDigest(db: Database.Database, since: number | null): Digest {
  const { from, event, issue_episode: episode, sync_cycle: cycle, state } = tablesFrom(since);
  const all = <Row>(sql: string) => db.prepare<[], Row>(sql).all();
  const counted = db.prepare<[], { events: number }>(`SELECT count(*) AS events FROM ${foreign}.event`).get();
  if ((counted?.events ?? 0) > limits.rows)
    throw new ForeignDatabaseError('tooLarge', 'event has too many rows');

  const values = all<{ key: string; value: string }>(
    `SELECT ${text('key', 60)} AS key, ${text('value')} AS value FROM ${state} LIMIT 100`,
  );
  const range = all<{ events: number; firstAt: number | null; lastAt: number | null }>(
    `SELECT count(*) AS events, min(${instant('at')}) AS firstAt, max(${instant('at')}) AS lastAt FROM ${event} WHERE ${from}`,
  )[0];
  const newest = all<{ version: string }>(
    `SELECT ${text('agent_version', 40)} AS version FROM ${event} ORDER BY id DESC LIMIT 1`,
  )[0];
  const changes = all<{ at: number; kind: string; before: string; to: string }>(
    `SELECT at, ${text('kind', 60)} AS kind, ${text('from_state', 60)} AS before, ${text('to_state', 60)} AS "to" FROM ${event}
     WHERE kind IN (${kindsOf(changeKinds)}) AND ${instant('at')} IS NOT NULL ORDER BY id LIMIT ${mostEpisodes}`,
  );
  const stateMap = new Map(values.map(({ key, value }) => [key, value]));
  const versions = versionsOver(changes, 'company-portal-updated', stateMap.get('company-portal') ?? '');
  const macosVersions = versionsOver(changes, 'macos-updated', stateMap.get('macos') ?? '');
  const episodes = all<{ issue: string; severity: string; openedAt: number; resolvedAt: number | null }>(
    `SELECT ${text('issue', 100)} AS issue, ${text('severity', 20)} AS severity, opened_at AS openedAt,
       ${instant('resolved_at')} AS resolvedAt
     FROM ${episode} WHERE ${instant('opened_at')} IS NOT NULL AND (resolved_at IS NULL OR resolved_at >= ${since ?? earliest})
     ORDER BY opened_at LIMIT ${mostEpisodes}`,
  );
  const outcomes = all<{ outcome: string; count: number }>(
    `SELECT ${text('outcome', 40)} AS outcome, count(*) AS count FROM ${cycle} WHERE stale_from >= ${since ?? earliest}
     GROUP BY 1 LIMIT 20`,
  );
  const lags = all<{ lag: number; active: number | null }>(
    `SELECT lag_seconds AS lag, ${number('active_lag_seconds')} AS active FROM ${cycle}
     WHERE stale_from >= ${since ?? earliest} AND typeof(lag_seconds) = 'integer' AND lag_seconds BETWEEN 0 AND 1000000000
     LIMIT ${mostEpisodes}`,
  );
  const runs = all<{ detail: string }>(
    `SELECT ${text('detail', 2_000)} AS detail FROM ${event} WHERE kind = 'agent-started' ORDER BY id DESC LIMIT ${mostRuns}`,
  );
  const marks = all<{ mark: string }>(
    `SELECT id || '@' || at AS mark FROM ${event} WHERE id % ${markEvery} = 0 AND ${instant('at')} IS NOT NULL
     ORDER BY id DESC LIMIT ${mostRuns}`,
  );
  return {
    schemaVersion: Number(db.pragma(`${foreign}.user_version`, { simple: true })),
    events: range?.events ?? 0,
    firstAt: range?.firstAt ?? null,
    lastAt: range?.lastAt ?? null,
    agentVersion: newest?.version ?? '',
    state: Object.fromEntries(values.map(({ key, value }) => [key, value])),
    runs: runs.flatMap(({ detail }) => runIn(detail)),
    marks: marks.map(({ mark }) => mark),
    issues: episodes.map((row) => ({
      ...row,
      macos: versionAt(macosVersions, row.openedAt),
      companyPortal: versionAt(versions, row.openedAt),
    })),
    outcomes: Object.fromEntries(outcomes.map(({ outcome, count }) => [outcome, count])),
    lags: lags.map(({ lag }) => lag),
    activeLags: lags.flatMap(({ active }) => (active === null || active < 0 ? [] : [active])),
    macosSeen: seen(macosVersions),
    companyPortalSeen: seen(versions),
    changes: changes
      .filter(({ at }) => at >= (since ?? earliest))
      .map(({ at, kind, to }) => ({ at, kind, to: kind.endsWith('-updated') ? to : '' })),
  };
}

function tablesFrom(since: number | null) {
  const table = (name: string) => `${foreign}.${name} NOT INDEXED`;
  return {
    from: since === null ? '1' : `at >= ${since}`,
    event: table('event'),
    issue_episode: `${foreign}.issue_episode`,
    sync_cycle: table('sync_cycle'),
    state: `${foreign}.state`,
  };
}

function runIn(detail: string): string[] {
  try {
    const parsed: unknown = JSON.parse(detail);
    if (typeof parsed !== 'object' || parsed === null || !('run' in parsed)) return [];
    return typeof parsed.run === 'string' && parsed.run !== '' ? [parsed.run] : [];
  } catch {
    return [];
  }
}

interface Since {
  readonly at: number;
  readonly version: string;
}

/** Which version was there from when on. What came before the first update is what that update replaced. */
function versionsOver(
  changes: readonly { at: number; kind: string; before: string; to: string }[],
  kind: string,
  present: string,
): Since[] {
  const updates = changes.filter((change) => change.kind === kind);
  const [first] = updates;
  if (first === undefined) return [{ at: 0, version: present }];
  return [{ at: 0, version: first.before }, ...updates.map(({ at, to }) => ({ at, version: to }))];
}

function versionAt(versions: readonly Since[], at: number): string {
  return versions.findLast((one) => one.at <= at)?.version ?? '';
}

function seen(versions: readonly Since[]): string[] {
  return [...new Set(versions.map(({ version }) => version))].filter((version) => version !== '');
}
