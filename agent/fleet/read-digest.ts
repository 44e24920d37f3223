import type Database from 'better-sqlite3';
import { changeKinds } from '../history/timeline/timeline.ts';
import { day, type EpochMs } from '../shared/time.ts';
import type { StateValues } from '../store/state-keys.ts';
import { attachedSchema } from './attach-untrusted.ts';
import type { Digest } from './digest.ts';
import { Versions } from './versions.ts';

export interface DigestRange {
  /** The time of this computer. */
  readonly now: EpochMs;
  /** Leaves out what ended before it; null: nothing. */
  readonly since: EpochMs | null;
}

/** A text of an untrusted file, cut and without control characters. */
const text = (column: string, most = 200) => `harmless(substr(COALESCE(${column}, ''), 1, ${most}))`;

/** Earlier instants mean that the Mac's clock was wrong. */
const earliest = Date.UTC(2000, 0, 1);

/** More than many years of history have. */
const mostRows = 20_000;
const mostRuns = 200;
/** One event in this many is a mark, by which duplicates of a Mac are found. */
const markEvery = 16;
const mostMarks = 64;

const kindsOf = (kinds: Iterable<string>) => [...kinds].map((kind) => `'${kind}'`).join(', ');

/**
 * Asks the attached database, whose cells were checked, for its digest: in SQL, since a row of it as an object costs ten times as
 * much. A Mac whose clock was wrong must not move the time of a whole fleet, so what lies in the future is not an instant.
 */
export function readDigest(db: Database.Database, { now, since }: DigestRange): Digest {
  const all = <Row>(sql: string) => db.prepare<[], Row>(sql).all();
  const event = `${attachedSchema}.event NOT INDEXED`;
  const cycle = `${attachedSchema}.sync_cycle NOT INDEXED`;
  const from = since ?? earliest;
  const isInstant = (column: string) => `${column} BETWEEN ${earliest} AND ${now + day}`;

  const values = all<{ key: string; value: string }>(
    `SELECT ${text('key', 60)} AS key, ${text('value')} AS value FROM ${attachedSchema}.state LIMIT 100`,
  );
  const [range] = all<{ firstAt: number | null; lastAt: number | null }>(
    `SELECT min(CASE WHEN at >= ${from} THEN at END) AS firstAt, max(at) AS lastAt FROM ${event} WHERE ${isInstant('at')}`,
  );
  const [newest] = all<{ version: string }>(
    `SELECT ${text('agent_version', 40)} AS version FROM ${event} ORDER BY id DESC LIMIT 1`,
  );
  const changes = all<{ at: number; kind: string; before: string; to: string }>(
    `SELECT at, ${text('kind', 60)} AS kind, ${text('from_state', 60)} AS before, ${text('to_state', 60)} AS "to" FROM ${event}
     WHERE kind IN (${kindsOf(changeKinds)}) AND ${isInstant('at')} ORDER BY id LIMIT ${mostRows}`,
  );
  const episodes = all<{ issue: string; severity: string; openedAt: number; resolvedAt: number | null }>(
    `SELECT ${text('issue', 100)} AS issue, ${text('severity', 20)} AS severity, opened_at AS openedAt, resolved_at AS resolvedAt
     FROM ${attachedSchema}.issue_episode WHERE ${isInstant('opened_at')} AND (resolved_at IS NULL OR resolved_at >= ${from})
     ORDER BY opened_at LIMIT ${mostRows}`,
  );
  const outcomes = all<{ outcome: string; count: number }>(
    `SELECT ${text('outcome', 40)} AS outcome, count(*) AS count FROM ${cycle} WHERE stale_from >= ${from} GROUP BY 1 LIMIT 20`,
  );
  const lagsOf = (column: string) =>
    all<{ lag: number }>(
      `SELECT ${column} AS lag FROM ${cycle} WHERE stale_from >= ${from} AND lag_seconds >= 0 AND ${column} >= 0 LIMIT ${mostRows}`,
    ).map(({ lag }) => lag);
  const runs = all<{ detail: string }>(
    `SELECT ${text('detail', 2_000)} AS detail FROM ${event} WHERE kind = 'agent-started' ORDER BY id DESC LIMIT ${mostRuns}`,
  );
  const marks = all<{ id: number; at: number }>(
    `SELECT id, at FROM ${event} WHERE id % ${markEvery} = 0 ORDER BY id DESC LIMIT ${mostMarks}`,
  );

  const state: StateValues = Object.fromEntries(values.map(({ key, value }) => [key, value]));
  const updates = (kind: string) => changes.filter((change) => change.kind === kind);
  // An empty version: Company Portal is not installed.
  const present = (version: string) => (version === '' ? 'not installed' : version);
  const portalUpdates = updates('company-portal-updated').map((change) => ({
    ...change,
    before: present(change.before),
    to: present(change.to),
  }));
  const macos = new Versions(updates('macos-updated'), state.macos ?? '');
  const companyPortal = new Versions(portalUpdates, state['company-portal'] ?? '');
  return {
    schemaVersion: Number(db.pragma(`${attachedSchema}.user_version`, { simple: true })),
    firstAt: range?.firstAt ?? null,
    lastAt: range?.lastAt ?? null,
    agentVersion: newest?.version ?? '',
    state,
    runs: runs.flatMap(({ detail }) => runIn(detail)),
    marks: marks.map(({ id, at }) => [id, at]),
    issues: episodes.map((row) => ({
      ...row,
      macos: macos.at(row.openedAt),
      companyPortal: companyPortal.at(row.openedAt),
    })),
    outcomes: Object.fromEntries(outcomes.map(({ outcome, count }) => [outcome, count])),
    lags: lagsOf('lag_seconds'),
    activeLags: lagsOf('active_lag_seconds'),
    macosSeen: macos.seenSince(from),
    companyPortalSeen: companyPortal.seenSince(from),
    changes: changes
      .filter(({ at }) => at >= from)
      .map(({ at, kind, to }) => {
        const version = kind === 'company-portal-updated' ? present(to) : to;
        return { at, kind, to: kind.endsWith('-updated') ? version : '' };
      }),
  };
}

function runIn(detail: string): string[] {
  try {
    const parsed: unknown = JSON.parse(detail);
    if (typeof parsed !== 'object' || parsed === null || !('run' in parsed)) return [];
    return typeof parsed.run === 'string' && parsed.run !== '' ? [parsed.run.slice(0, 100)] : [];
  } catch {
    return [];
  }
}
