import type Database from 'better-sqlite3';
import { detailOf } from '../history/history.ts';
import { changeKinds } from '../shared/changes.ts';
import { day, type EpochMs } from '../shared/time.ts';
import type { StateValues } from '../store/state-keys.ts';
import { proofKinds } from '../validation/proven.ts';
import { attachedSchema } from './attach-untrusted.ts';
import type { Digest } from './digest.ts';
import { type PasswordEventKind, passwordSetAt } from './password-changes/password-events.ts';
import { notificationKinds, silencedIn } from './silenced.ts';
import { Versions } from './versions.ts';

export interface DigestRange {
  /** The time of this computer. */
  readonly now: EpochMs;
  /** Leaves out what ended before it; null: nothing. */
  readonly since: EpochMs | null;
}

/** A text of an untrusted file, cut and without control characters. */
const text = (column: string, most = 200) => `harmless(substr(COALESCE(${column}, ''), 1, ${most}))`;

/** The best stated cause in the evidence of an episode; empty: none. */
const firstCause = (key: 'id' | 'grade' | 'sentence', most: number) =>
  `CASE WHEN json_valid(evidence) AND json_type(evidence, '$.causes[0].${key}') = 'text'
    THEN ${text(`json_extract(evidence, '$.causes[0].${key}')`, most)} ELSE '' END`;

const firstPossibleCause = `CASE WHEN json_valid(evidence)
    AND json_type(evidence, '$.possibleCauses[0]') = 'text'
    THEN ${text("json_extract(evidence, '$.possibleCauses[0]')", 100)}
    WHEN json_valid(evidence) AND json_type(evidence, '$.possibleCauses') = 'array' THEN 'none'
    ELSE '' END`;

/** Earlier instants mean that the Mac's clock was wrong. */
const earliest = Date.UTC(2000, 0, 1);

/** More than many years of history have. */
const mostRows = 20_000;
const mostRuns = 200;
/** One event in this many is a mark, by which duplicates of a Mac are found. */
const markEvery = 16;
const mostMarks = 64;
/** Registrations are rare. */
const mostProofs = 200;
/** More than there are issues. */
const mostSilenced = 200;
/** More often than a user changes a password in the time of a history. */
const mostPasswords = 1_000;

const event = `${attachedSchema}.event NOT INDEXED`;
const episode = `${attachedSchema}.issue_episode`;
const cycle = `${attachedSchema}.sync_cycle NOT INDEXED`;

/**
 * Reads the digest of the attached database, whose cells were checked. In SQL: a row as an object takes ten
 * times as long. Instants in the future are left out, so that a Mac with a wrong clock does not move the time
 * of a fleet.
 */
export function readDigest(db: Database.Database, range: DigestRange): Digest {
  const source = new DigestSource(db, range);
  const { from } = source;
  const state = source.state();
  const changes = source.changes();
  const macos = new Versions(updatesOf('macos-updated', changes), state.macos ?? '');
  const companyPortal = new Versions(updatesOf(portalUpdated, changes), state['company-portal'] ?? '');
  return {
    schemaVersion: Number(db.pragma(`${attachedSchema}.user_version`, { simple: true })),
    ...source.firstAndLast(),
    agentVersion: source.agentVersion(),
    state,
    headlineSince: source.since('headline'),
    registrationSince: source.since('registration'),
    proofs: source.proofs(),
    syncedAt: source.syncedAt(),
    passwordSyncs: source.passwordsSet('password-synced'),
    localPasswordSets: source.passwordsSet('local-password-changed'),
    silenced: source.silenced(),
    runs: source.runs(),
    marks: source.marks(),
    issues: source.episodes().map((row) => ({
      ...row,
      macos: macos.at(row.openedAt),
      companyPortal: companyPortal.at(row.openedAt),
    })),
    outcomes: source.outcomes(),
    lags: source.lags('lag_seconds'),
    activeLags: source.lags('active_lag_seconds'),
    passwordLags: source.lags('lag_seconds', 'password-synced'),
    activePasswordLags: source.lags('active_lag_seconds', 'password-synced'),
    macosSeen: macos.seenSince(from),
    companyPortalSeen: companyPortal.seenSince(from),
    changes: changes
      .filter(({ at }) => at >= from)
      .map(({ at, kind, to }) => ({ at, kind, to: kind.endsWith('-updated') ? to : '' })),
  };
}

interface Change {
  readonly at: number;
  readonly kind: string;
  readonly before: string;
  readonly to: string;
}

interface Episode {
  readonly issue: string;
  readonly severity: string;
  readonly openedAt: number;
  readonly resolvedAt: number | null;
  readonly cause: string;
  readonly causeGrade: string;
  readonly causeSentence: string;
  readonly possibleCause: string;
}

const portalUpdated = 'company-portal-updated';

function updatesOf(kind: string, changes: readonly Change[]): Change[] {
  return changes.filter((change) => change.kind === kind);
}

/** An empty version of Company Portal means that it is not installed. */
function withPortalVersions(change: Change): Change {
  if (change.kind !== portalUpdated) return change;
  return { ...change, before: change.before || 'not installed', to: change.to || 'not installed' };
}

/** One query for each part of a digest. */
class DigestSource {
  /** The start of the time asked for. */
  readonly from: EpochMs;
  readonly #db: Database.Database;
  readonly #latest: EpochMs;

  constructor(db: Database.Database, { now, since }: DigestRange) {
    this.#db = db;
    this.from = since ?? earliest;
    this.#latest = now + day;
  }

  #all<Row>(sql: string): Row[] {
    return this.#db.prepare<[], Row>(sql).all();
  }

  #isInstant(column: string): string {
    return `${column} BETWEEN ${earliest} AND ${this.#latest}`;
  }

  state(): StateValues {
    const rows = this.#all<{ key: string; value: string }>(
      `SELECT ${text('key', 60)} AS key, ${text('value')} AS value FROM ${attachedSchema}.state LIMIT 100`,
    );
    return Object.fromEntries(rows.map(({ key, value }) => [key, value]));
  }

  since(key: 'headline' | 'registration'): EpochMs | null {
    const [row] = this.#all<{ since: number }>(
      `SELECT since FROM ${attachedSchema}.state WHERE key = '${key}' AND ${this.#isInstant('since')}`,
    );
    return row?.since ?? null;
  }

  firstAndLast(): Pick<Digest, 'firstAt' | 'lastAt' | 'beganAt'> {
    const [range] = this.#all<Pick<Digest, 'firstAt' | 'lastAt' | 'beganAt'>>(
      `SELECT min(CASE WHEN at >= ${this.from} THEN at END) AS firstAt, max(at) AS lastAt, min(at) AS beganAt
       FROM ${event} WHERE ${this.#isInstant('at')}`,
    );
    return {
      firstAt: range?.firstAt ?? null,
      lastAt: range?.lastAt ?? null,
      beganAt: range?.beganAt ?? null,
    };
  }

  agentVersion(): string {
    const [newest] = this.#all<{ version: string }>(
      `SELECT ${text('agent_version', 40)} AS version FROM ${event} ORDER BY id DESC LIMIT 1`,
    );
    return newest?.version ?? '';
  }

  /** Of all times, since a version may be older than the time asked for. */
  changes(): Change[] {
    const kinds = [...changeKinds].map((kind) => `'${kind}'`).join(', ');
    return this.#all<Change>(
      `SELECT at, ${text('kind', 60)} AS kind, ${text('from_state', 60)} AS before,
         ${text('to_state', 60)} AS "to"
       FROM ${event} WHERE kind IN (${kinds}) AND ${this.#isInstant('at')} ORDER BY id LIMIT ${mostRows}`,
    ).map(withPortalVersions);
  }

  episodes(): Episode[] {
    return this.#all<Episode>(
      `SELECT ${text('issue', 100)} AS issue, ${text('severity', 20)} AS severity,
         opened_at AS openedAt, resolved_at AS resolvedAt,
         ${firstCause('id', 100)} AS cause, ${firstCause('grade', 20)} AS causeGrade,
         ${firstCause('sentence', 300)} AS causeSentence,
         ${firstPossibleCause} AS possibleCause
       FROM ${episode}
       WHERE ${this.#isInstant('opened_at')} AND (resolved_at IS NULL OR resolved_at >= ${this.from})
       ORDER BY opened_at LIMIT ${mostRows}`,
    );
  }

  proofs(): Digest['proofs'] {
    const kinds = proofKinds.map((kind) => `'${kind}'`).join(', ');
    return this.#all<{ kind: string; at: number }>(
      `SELECT ${text('kind', 40)} AS kind, at FROM ${event}
       WHERE kind IN (${kinds}) AND ${this.#isInstant('at')} ORDER BY id DESC LIMIT ${mostProofs}`,
    )
      .map(({ kind, at }): [string, number] => [kind, at])
      .reverse();
  }

  syncedAt(): EpochMs | null {
    const [row] = this.#all<{ at: number | null }>(
      `SELECT max(refreshed_at) AS at FROM ${cycle}
       WHERE outcome = 'password-synced' AND ${this.#isInstant('refreshed_at')}`,
    );
    return row?.at ?? null;
  }

  passwordsSet(kind: PasswordEventKind): number[] {
    return this.#all<{ at: number; detail: string }>(
      `SELECT at, ${text('detail', 2_000)} AS detail FROM ${event}
       WHERE kind = '${kind}' AND ${this.#isInstant('at')} ORDER BY id DESC LIMIT ${mostPasswords}`,
    )
      .map((row) => passwordSetAt(kind, row))
      .reverse();
  }

  silenced(): Digest['silenced'] {
    const kinds = notificationKinds.map((kind) => `'${kind}'`).join(', ');
    // With max(id), SQLite takes the other columns from the newest event of each issue.
    return this.#all<{ at: number; issue: string; to: string; detail: string }>(
      `SELECT at, ${text('issue', 100)} AS issue, ${text('to_state', 20)} AS "to",
         ${text('detail', 2_000)} AS detail, max(id)
       FROM ${event} WHERE kind IN (${kinds}) AND ${this.#isInstant('at')} GROUP BY issue LIMIT ${mostSilenced}`,
    ).flatMap((newest) => silencedIn(newest) ?? []);
  }

  outcomes(): Digest['outcomes'] {
    const rows = this.#all<{ outcome: string; count: number }>(
      `SELECT ${text('outcome', 40)} AS outcome, count(*) AS count
       FROM ${cycle} WHERE stale_from >= ${this.from} GROUP BY 1 LIMIT 20`,
    );
    return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
  }

  lags(column: 'lag_seconds' | 'active_lag_seconds', outcome?: 'password-synced'): number[] {
    const ended = outcome === undefined ? '' : ` AND outcome = '${outcome}'`;
    return this.#all<{ lag: number }>(
      `SELECT ${column} AS lag FROM ${cycle}
       WHERE stale_from >= ${this.from} AND lag_seconds >= 0 AND ${column} >= 0${ended} LIMIT ${mostRows}`,
    ).map(({ lag }) => lag);
  }

  runs(): string[] {
    return this.#all<{ detail: string }>(
      `SELECT ${text('detail', 2_000)} AS detail
       FROM ${event} WHERE kind = 'agent-started' ORDER BY id DESC LIMIT ${mostRuns}`,
    ).flatMap(({ detail }) => runIn(detail));
  }

  marks(): Digest['marks'] {
    return this.#all<{ id: number; at: number }>(
      `SELECT id, at FROM ${event} WHERE id % ${markEvery} = 0 ORDER BY id DESC LIMIT ${mostMarks}`,
    ).map(({ id, at }) => [id, at]);
  }
}

function runIn(detail: string): string[] {
  const { run } = detailOf({ detail });
  return typeof run === 'string' && run !== '' ? [run.slice(0, 100)] : [];
}
