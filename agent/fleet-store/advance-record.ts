import { type PasswordEventKind, passwordSetAt } from '../fleet/password-changes/password-events.ts';
import { notificationKinds, silencedIn } from '../fleet/silenced.ts';
import { changeKinds } from '../shared/changes.ts';
import { type EpochMs, minute } from '../shared/time.ts';
import { isStateKey, type StateValues } from '../store/state-keys.ts';
import { columnNamesOf } from '../store/tables.ts';
import { proofKinds } from '../validation/proven.ts';
import {
  type HistoryRecord,
  isPossible,
  type RecordedChange,
  type RecordedIssue,
  type RecordedWindow,
  weekOf,
} from './history-record.ts';
import { Cells, type NewRows } from './new-rows.ts';
import type { EventCells } from './stored-event.ts';

/** A closed token cycle can change within 10 minutes (detect/password-window.ts). */
const settledAfter = 15 * minute;
/** As many as a digest has. */
const mostProofs = 200;

const windowColumn = Object.fromEntries(columnNamesOf('sync_cycle').map((name, index) => [name, index]));
const at = (name: string) => windowColumn[name] ?? 0;

/** A token cycle with all its columns. */
export interface WindowCells {
  readonly stale_from: number;
  readonly due_at: number | null;
  readonly prompted_at: number | null;
  readonly refreshed_at: number | null;
  readonly password_changed_at: number | null;
  readonly outcome: string;
  readonly lag_seconds: number | null;
  readonly active_lag_seconds: number | null;
}

export interface EpisodeCells extends RecordedIssue {
  readonly summary: string;
}

/** A record with new rows, and the rows that belong into the store's files. */
export interface Advanced {
  readonly record: HistoryRecord;
  readonly windows: readonly WindowCells[];
  readonly episodes: readonly EpisodeCells[];
}

/** Adds events to a record. */
export function withEvents(
  record: HistoryRecord,
  events: readonly EventCells[],
  now: EpochMs,
): HistoryRecord {
  const possible = events.filter((event) => isPossible(event.at, now));
  const instants = possible.map((event) => event.at);
  const known = record.firstAt === null || record.lastAt === null ? [] : [record.firstAt, record.lastAt];
  const all = [...known, ...instants];
  return {
    ...record,
    agentVersion: events.at(-1)?.agent_version ?? record.agentVersion,
    firstAt: all.length === 0 ? null : all.reduce((least, one) => Math.min(least, one)),
    lastAt: all.length === 0 ? null : all.reduce((most, one) => Math.max(most, one)),
    weeks: [...new Set([...record.weeks, ...instants.map(weekOf)])].sort((one, other) => one - other),
    proofs: [
      ...record.proofs,
      ...possible.filter(({ kind }) => isProof(kind)).map(({ kind, at }): [string, number] => [kind, at]),
    ].slice(-mostProofs),
    passwordSyncs: [...record.passwordSyncs, ...passwordsSet('password-synced', possible)],
    localPasswordSets: [...record.localPasswordSets, ...passwordsSet('local-password-changed', possible)],
    silenced: silencedAfter(record.silenced, possible),
    changes: [...record.changes, ...possible.filter(({ kind }) => changeKinds.has(kind)).map(changeOf)],
  };
}

/** The newest notification of an issue says whether a silence held it back. */
function silencedAfter(
  known: HistoryRecord['silenced'],
  events: readonly EventCells[],
): HistoryRecord['silenced'] {
  const newest = new Map(known.map((one) => [one.issue, one]));
  for (const { at, kind, issue, to_state, detail } of events) {
    if (issue === null || !notificationKinds.includes(kind)) continue;
    newest.delete(issue);
    const silenced = silencedIn({ at, issue, to: to_state ?? '', detail });
    if (silenced !== null) newest.set(issue, { ...silenced, issue: issue.slice(0, 100) });
  }
  return [...newest.values()];
}

function passwordsSet(kind: PasswordEventKind, events: readonly EventCells[]): EpochMs[] {
  return events.filter((event) => event.kind === kind).map((event) => passwordSetAt(kind, event));
}

const isProof = (kind: string) => proofKinds.some((proof) => proof === kind);

/** Cut as a digest's texts are. An empty version of Company Portal means that it is not installed. */
function changeOf({ at: when, kind, from_state, to_state }: EventCells): RecordedChange {
  const absent = kind === 'company-portal-updated' ? 'not installed' : '';
  const text = (value: string | null) => (value ?? '').slice(0, 60) || absent;
  return { at: when, kind, before: text(from_state), to: text(to_state) };
}

/** Adds the state, the episodes and the token cycles of the same reading. */
export function withReading(before: HistoryRecord, rows: NewRows, now: EpochMs): Advanced {
  const present = stateIn(rows.state, now);
  const record = { ...before, schemaVersion: rows.schemaVersion, ...present };
  const episodes = rows.episodes.map(episodeCells).filter(({ openedAt }) => isPossible(openedAt, now));
  const known = new Set(record.windows.map(([staleFrom]) => staleFrom));
  const cycles = rows.windows.map(windowCells).filter(({ stale_from }) => !known.has(stale_from));
  const lastAt = Math.max(record.lastAt ?? 0, polledAt(present.state, now));
  const isSettled = (of: WindowCells) => of.outcome !== 'open' && endOf(of) <= lastAt - settledAfter;
  const settled = cycles.filter(isSettled);
  const changed = changedEpisodes(record.issues, episodes);
  return {
    windows: settled,
    episodes: changed,
    record: {
      ...record,
      syncedAt: newestSync(record.syncedAt, cycles, now),
      issues: mergedIssues(record.issues, changed),
      windows: [...record.windows, ...settled.map(recordedWindow)],
      pending: cycles.filter((one) => !isSettled(one)).map(recordedWindow),
    },
  };
}

function newestSync(known: EpochMs | null, cycles: readonly WindowCells[], now: EpochMs): EpochMs | null {
  const ends = cycles
    .filter(({ outcome }) => outcome === 'password-synced')
    .map(({ refreshed_at }) => refreshed_at)
    .filter((end) => end !== null)
    .filter((end) => isPossible(end, now));
  const all = known === null ? ends : [known, ...ends];
  return all.length === 0 ? null : all.reduce((most, one) => Math.max(most, one));
}

function polledAt(state: StateValues, now: EpochMs): number {
  const polled = Date.parse(state['last-poll'] ?? '');
  return isPossible(polled, now) ? polled : 0;
}

type Present = Pick<HistoryRecord, 'state' | 'headlineSince' | 'registrationSince'>;

function stateIn(rows: NewRows['state'], now: EpochMs): Present {
  const state: Record<string, string> = {};
  const since = new Map<string, EpochMs>();
  for (const row of rows) {
    const cells = new Cells('state', row);
    const [key, at] = [cells.text(0), cells.instant(2)];
    if (!isStateKey(key)) continue;
    state[key] = cells.text(1).slice(0, 200);
    if (isPossible(at, now)) since.set(key, at);
  }
  return {
    state,
    headlineSince: since.get('headline') ?? null,
    registrationSince: since.get('registration') ?? null,
  };
}

function episodeCells(row: readonly (string | number | null)[]): EpisodeCells {
  const cells = new Cells('issue_episode', row);
  return {
    issue: cells.text(0).slice(0, 100),
    severity: cells.text(1).slice(0, 20),
    summary: cells.text(2),
    openedAt: cells.instant(3),
    resolvedAt: cells.instantOrNull(4),
    // Filled by the report, which knows all updates.
    macos: '',
    companyPortal: '',
    cause: cells.text(5).slice(0, 100),
    causeGrade: cells.text(6).slice(0, 20),
    causeSentence: cells.text(7),
    possibleCause: cells.text(8),
  };
}

const keyOf = ({ issue, openedAt }: RecordedIssue) => `${openedAt} ${issue}`;

function changedEpisodes(known: readonly RecordedIssue[], read: readonly EpisodeCells[]): EpisodeCells[] {
  const byKey = new Map(known.map((one) => [keyOf(one), one]));
  return read.filter((episode) => {
    const before = byKey.get(keyOf(episode));
    return (
      before === undefined ||
      before.resolvedAt !== episode.resolvedAt ||
      before.severity !== episode.severity ||
      before.cause !== episode.cause ||
      before.causeGrade !== episode.causeGrade
    );
  });
}

function mergedIssues(known: readonly RecordedIssue[], changed: readonly EpisodeCells[]): RecordedIssue[] {
  const byKey = new Map(known.map((one) => [keyOf(one), one]));
  for (const { summary: _summary, ...episode } of changed) byKey.set(keyOf(episode), episode);
  return [...byKey.values()].sort((one, other) => one.openedAt - other.openedAt);
}

function windowCells(row: readonly (string | number | null)[]): WindowCells {
  const cells = new Cells('sync_cycle', row);
  return {
    stale_from: cells.instant(at('stale_from')),
    due_at: cells.instantOrNull(at('due_at')),
    prompted_at: cells.instantOrNull(at('prompted_at')),
    refreshed_at: cells.instantOrNull(at('refreshed_at')),
    password_changed_at: cells.instantOrNull(at('password_changed_at')),
    outcome: cells.text(at('outcome')).slice(0, 40),
    lag_seconds: cells.integerOrNull(at('lag_seconds')),
    active_lag_seconds: cells.integerOrNull(at('active_lag_seconds')),
  };
}

function recordedWindow(of: WindowCells): RecordedWindow {
  return [of.stale_from, of.outcome, of.lag_seconds, of.active_lag_seconds];
}

function endOf(of: WindowCells): number {
  return Math.max(of.stale_from, of.due_at ?? 0, of.prompted_at ?? 0, of.refreshed_at ?? 0);
}
