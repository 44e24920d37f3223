import { type PasswordEventKind, passwordSetAt } from '../fleet/password-changes/password-events.ts';
import { notificationKinds, silencedIn } from '../fleet/silenced.ts';
import { changeKinds } from '../shared/changes.ts';
import { type EpochMs, minute } from '../shared/time.ts';
import { isStateKey, type StateValues } from '../store/state-keys.ts';
import { isProof } from '../validation/proven.ts';
import {
  type HistoryRecord,
  isPossible,
  type RecordedChange,
  type RecordedIssue,
  weekOf,
} from './history-record.ts';
import { Cells, type NewRows } from './new-rows.ts';
import { joinedWindows, type RecordedWindows } from './recorded-windows.ts';
import { CheckedColumns, type SentCell, type SentColumns } from './sent-columns.ts';
import type { OwnedColumns } from './store-tables.ts';
import type { EventColumns } from './stored-event.ts';
import { noTexts, type TextCells, textAt, textsOfRows } from './text-cells.ts';

/**
 * A token cycle is final this long after its end: a password that is set within 10 minutes can change it
 * (detect/token-transition.ts).
 */
export const settledAfter = 15 * minute;
/** As many as a digest has. */
const mostProofs = 200;

/** Token cycles with all their columns; NaN is null. */
export interface WindowColumns extends OwnedColumns<'windows'> {
  readonly stale_from: Float64Array<ArrayBuffer>;
  readonly due_at: Float64Array<ArrayBuffer>;
  readonly prompted_at: Float64Array<ArrayBuffer>;
  readonly refreshed_at: Float64Array<ArrayBuffer>;
  readonly password_changed_at: Float64Array<ArrayBuffer>;
  readonly outcome: TextCells;
  readonly lag_seconds: Float64Array<ArrayBuffer>;
  readonly active_lag_seconds: Float64Array<ArrayBuffer>;
}

const none = new Float64Array(0);
export const noWindowColumns: WindowColumns = {
  stale_from: none,
  due_at: none,
  prompted_at: none,
  refreshed_at: none,
  password_changed_at: none,
  outcome: noTexts,
  lag_seconds: none,
  active_lag_seconds: none,
};

type Silenced = HistoryRecord['silenced'][number];

export interface EpisodeCells extends RecordedIssue {
  readonly summary: string;
}

/** A record with new rows, and the rows that belong into the store's files. */
export interface Advanced {
  readonly record: HistoryRecord;
  readonly windows: WindowColumns;
  readonly episodes: readonly EpisodeCells[];
}

/** Adds events to a record. */
export function withEvents(record: HistoryRecord, events: EventColumns, now: EpochMs): HistoryRecord {
  let [firstAt, lastAt] = [record.firstAt ?? Infinity, record.lastAt ?? -Infinity];
  const weeks = new Set(record.weeks);
  let lastWeek: number | null = null;
  const proofs = [...record.proofs];
  const changes = [...record.changes];
  const passwordSyncs = [...record.passwordSyncs];
  const localPasswordSets = [...record.localPasswordSets];
  const silenced = new Map(record.silenced.map((one) => [one.issue, one]));
  for (let index = 0; index < events.at.length; index++) {
    const at = events.at[index] ?? 0;
    const kind = textAt(events.kind, index) ?? '';
    if (!isPossible(at, now)) continue;
    firstAt = Math.min(firstAt, at);
    lastAt = Math.max(lastAt, at);
    const week = weekOf(at);
    // Most events are in the week of the one before.
    if (week !== lastWeek) weeks.add(week);
    lastWeek = week;
    if (isProof(kind)) proofs.push([kind, at]);
    addNotification(silenced, events, index);
    if (changeKinds.has(kind)) changes.push(changeIn(events, index));
    if (kind === 'password-synced') passwordSyncs.push(passwordSetIn(kind, events, index));
    if (kind === 'local-password-changed') localPasswordSets.push(passwordSetIn(kind, events, index));
  }
  return {
    ...record,
    agentVersion: textAt(events.agent_version, events.at.length - 1) ?? record.agentVersion,
    firstAt: Number.isFinite(firstAt) ? firstAt : null,
    lastAt: Number.isFinite(lastAt) ? lastAt : null,
    weeks: [...weeks].sort((one, other) => one - other),
    proofs: proofs.slice(-mostProofs),
    passwordSyncs,
    localPasswordSets,
    silenced: [...silenced.values()],
    changes,
  };
}

/** The newest notification of an issue says whether a silence held it back. */
function addNotification(silenced: Map<string, Silenced>, events: EventColumns, index: number): void {
  const text = (cells: TextCells) => textAt(cells, index) ?? '';
  const issue = textAt(events.issue, index);
  if (issue === null || !notificationKinds.includes(text(events.kind))) return;
  silenced.delete(issue);
  const { at, to_state, detail } = events;
  const found = silencedIn({ at: at[index] ?? 0, issue, to: text(to_state), detail: text(detail) });
  if (found !== null) silenced.set(issue, { ...found, issue: issue.slice(0, 100) });
}

function passwordSetIn(kind: PasswordEventKind, { at, detail }: EventColumns, index: number): EpochMs {
  return passwordSetAt(kind, { at: at[index] ?? 0, detail: textAt(detail, index) ?? '' });
}

/** Cut as a digest's texts are. An empty version of Company Portal means that it is not installed. */
function changeIn(events: EventColumns, index: number): RecordedChange {
  const kind = textAt(events.kind, index) ?? '';
  const absent = kind === 'company-portal-updated' ? 'not installed' : '';
  const text = (cells: TextCells) => (textAt(cells, index) ?? '').slice(0, 60) || absent;
  return { at: events.at[index] ?? 0, kind, before: text(events.from_state), to: text(events.to_state) };
}

/** Adds the state, the episodes and the token cycles of the same reading. */
export function withReading(before: HistoryRecord, rows: NewRows, now: EpochMs): Advanced {
  const present = stateIn(rows.state, now);
  const record = { ...before, schemaVersion: rows.schemaVersion, ...present };
  const episodes = rows.episodes.map(episodeCells).filter(({ openedAt }) => isPossible(openedAt, now));
  const cycles = windowColumns(rows.windows, record.windows.staleFrom);
  const lastAt = Math.max(record.lastAt ?? 0, polledAt(present.state, now));
  const isSettled = (row: number) =>
    textAt(cycles.outcome, row) !== 'open' && endOf(cycles, row) <= lastAt - settledAfter;
  const settled = windowsWhere(cycles, isSettled);
  const changed = changedEpisodes(record.issues, episodes);
  return {
    windows: settled,
    episodes: changed,
    record: {
      ...record,
      syncedAt: newestSync(record.syncedAt, cycles, now),
      issues: mergedIssues(record.issues, changed),
      windows: joinedWindows(record.windows, recorded(settled)),
      pending: recorded(windowsWhere(cycles, (row) => !isSettled(row))),
    },
  };
}

function newestSync(known: EpochMs | null, cycles: WindowColumns, now: EpochMs): EpochMs | null {
  let newest = known;
  for (let row = 0; row < cycles.refreshed_at.length; row++) {
    const end = cycles.refreshed_at[row] ?? Number.NaN;
    if (textAt(cycles.outcome, row) === 'password-synced' && isPossible(end, now))
      newest = Math.max(newest ?? end, end);
  }
  return newest;
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

function episodeCells(row: readonly SentCell[]): EpisodeCells {
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

/** The token cycles that are not known yet. */
function windowColumns(sent: SentColumns, before: Float64Array): WindowColumns {
  const cells = new CheckedColumns('sync_cycle', sent);
  const all: WindowColumns = {
    stale_from: cells.instants('stale_from'),
    due_at: cells.instantsOrNull('due_at'),
    prompted_at: cells.instantsOrNull('prompted_at'),
    refreshed_at: cells.instantsOrNull('refreshed_at'),
    password_changed_at: cells.instantsOrNull('password_changed_at'),
    outcome: cells.texts('outcome', 40),
    lag_seconds: cells.integersOrNull('lag_seconds'),
    active_lag_seconds: cells.integersOrNull('active_lag_seconds'),
  };
  // A record has hundreds of them, and a reading few.
  const read = new Set(all.stale_from);
  const known = new Set<EpochMs>();
  for (const began of before) if (read.has(began)) known.add(began);
  return windowsWhere(all, (row) => !known.has(all.stale_from[row] ?? 0));
}

/** The token cycles with these numbers. */
export function windowsWhere(of: WindowColumns, isWanted: (row: number) => boolean): WindowColumns {
  const rows: number[] = [];
  for (let row = 0; row < of.stale_from.length; row++) if (isWanted(row)) rows.push(row);
  if (rows.length === of.stale_from.length) return of;
  return {
    stale_from: cellsOf(of.stale_from, rows),
    due_at: cellsOf(of.due_at, rows),
    prompted_at: cellsOf(of.prompted_at, rows),
    refreshed_at: cellsOf(of.refreshed_at, rows),
    password_changed_at: cellsOf(of.password_changed_at, rows),
    outcome: textsOfRows(of.outcome, rows),
    lag_seconds: cellsOf(of.lag_seconds, rows),
    active_lag_seconds: cellsOf(of.active_lag_seconds, rows),
  };
}

function cellsOf(column: Float64Array, rows: readonly number[]): Float64Array<ArrayBuffer> {
  const cells = new Float64Array(rows.length);
  for (const [at, row] of rows.entries()) cells[at] = column[row] ?? Number.NaN;
  return cells;
}

function recorded({ stale_from, outcome, lag_seconds, active_lag_seconds }: WindowColumns): RecordedWindows {
  return { staleFrom: stale_from, outcome, lag: lag_seconds, activeLag: active_lag_seconds };
}

/** The last known instant of a token cycle. */
function endOf(of: WindowColumns, row: number): number {
  let end = Number.NEGATIVE_INFINITY;
  for (const instants of [of.stale_from, of.due_at, of.prompted_at, of.refreshed_at]) {
    const at = instants[row] ?? Number.NaN;
    if (at > end) end = at;
  }
  return end;
}
