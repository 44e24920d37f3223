import * as z from 'zod/mini';
import type { Digest } from '../fleet/digest.ts';
import { silencedIssue } from '../fleet/silenced.ts';
import { type VersionChange, Versions } from '../fleet/versions.ts';
import { day, type EpochMs } from '../shared/time.ts';
import { isStateKey, type StateValues } from '../store/state-keys.ts';
import { UntrustedDatabaseError } from '../untrusted/untrusted-database-error.ts';
import { packedLine, unpackedLines } from './packed-lines.ts';
import { type ItemForm, packedListOf, packList } from './packed-list.ts';
import { numbers, texts } from './plain-values.ts';
import {
  noWindows,
  packedWindows,
  packWindows,
  type RecordedWindows,
  unpackWindows,
} from './recorded-windows.ts';
import { damagedRecord } from './store-errors.ts';

export type RecordedIssue = Digest['issues'][number];

export interface RecordedChange {
  readonly at: number;
  readonly kind: string;
  readonly before: string;
  readonly to: string;
}

/**
 * What the report needs of one history, also of what the Mac has deleted since. The ledger keeps it, so that
 * a report opens no Parquet file and no database.
 */
export interface HistoryRecord {
  readonly schemaVersion: number;
  readonly agentVersion: string;
  readonly state: StateValues;
  readonly headlineSince: EpochMs | null;
  readonly registrationSince: EpochMs | null;
  /** The events that prove a scenario of a roll-out, and the end of the newest password sync. */
  readonly proofs: Digest['proofs'];
  readonly syncedAt: EpochMs | null;
  /** As in a digest. */
  readonly passwordSyncs: readonly EpochMs[];
  readonly localPasswordSets: readonly EpochMs[];
  readonly silenced: Digest['silenced'];
  readonly firstAt: EpochMs | null;
  readonly lastAt: EpochMs | null;
  /** The weeks with an event, by number. */
  readonly weeks: readonly number[];
  readonly issues: readonly RecordedIssue[];
  readonly changes: readonly RecordedChange[];
  /** The token cycles in `windows`. */
  readonly windows: RecordedWindows;
  /** Those that can still change. */
  readonly pending: RecordedWindows;
}

export const emptyRecord: HistoryRecord = {
  schemaVersion: 0,
  agentVersion: '',
  state: {},
  headlineSince: null,
  registrationSince: null,
  proofs: [],
  syncedAt: null,
  passwordSyncs: [],
  localPasswordSets: [],
  silenced: [],
  firstAt: null,
  lastAt: null,
  weeks: [],
  issues: [],
  changes: [],
  windows: noWindows,
  pending: noWindows,
};

/** Instants of an earlier or later clock are wrong, and are left out. */
const earliest = Date.UTC(2000, 0, 1);
export const isPossible = (at: number, now: EpochMs) => at >= earliest && at <= now + day;

const week = 7 * day;
/** 1970-01-05 was a Monday. */
const firstMonday = 4 * day;

export function weekOf(at: EpochMs): number {
  return Math.floor((at - firstMonday) / week);
}

export function startOfWeek(number: number): EpochMs {
  return number * week + firstMonday;
}

/** The digest of the part of a record since an instant: what a reading of the database gives. */
export function digestOfRecord(of: HistoryRecord, since: EpochMs | null): Digest {
  const from = since ?? earliest;
  const macos = new Versions(updatesIn(of, 'macos-updated'), of.state.macos ?? '');
  const portal = new Versions(updatesIn(of, 'company-portal-updated'), of.state['company-portal'] ?? '');
  return {
    schemaVersion: of.schemaVersion,
    firstAt: of.firstAt === null ? null : Math.max(of.firstAt, from),
    lastAt: of.lastAt,
    beganAt: of.firstAt,
    agentVersion: of.agentVersion,
    state: of.state,
    headlineSince: of.headlineSince,
    registrationSince: of.registrationSince,
    proofs: of.proofs,
    syncedAt: of.syncedAt,
    passwordSyncs: [...of.passwordSyncs],
    localPasswordSets: [...of.localPasswordSets],
    silenced: of.silenced,
    runs: [],
    marks: [],
    issues: of.issues
      .filter(({ resolvedAt }) => resolvedAt === null || resolvedAt >= from)
      .map((issue) => ({
        ...issue,
        macos: macos.at(issue.openedAt),
        companyPortal: portal.at(issue.openedAt),
      })),
    ...lagsSince(from, [of.windows, of.pending]),
    macosSeen: macos.seenSince(from),
    companyPortalSeen: portal.seenSince(from),
    changes: of.changes
      .filter(({ at }) => at >= from)
      .map(({ at, kind, to }) => ({
        at,
        kind,
        to: kind.endsWith('-updated') ? to : '',
      })),
  };
}

type Lags = Pick<Digest, 'outcomes' | 'lags' | 'activeLags' | 'passwordLags' | 'activePasswordLags'>;

function lagsSince(from: EpochMs, all: readonly RecordedWindows[]): Lags {
  const outcomes = new Map<string, number>();
  const lags: Omit<Lags, 'outcomes'> = { lags: [], activeLags: [], passwordLags: [], activePasswordLags: [] };
  for (const { staleFrom, outcome, lag: lagOf, activeLag: activeLagOf } of all) {
    const counts = new Uint32Array(outcome.texts.length);
    const isSynced = outcome.texts.map((text) => text === 'password-synced');
    for (let cycle = 0; cycle < staleFrom.length; cycle++) {
      if ((staleFrom[cycle] ?? 0) < from) continue;
      const number = outcome.at[cycle] ?? 0;
      counts[number] = (counts[number] ?? 0) + 1;
      const lag = lagOf[cycle] ?? Number.NaN;
      const active = activeLagOf[cycle] ?? Number.NaN;
      // NaN is no lag.
      if (!(lag >= 0 && active >= 0)) continue;
      lags.lags.push(lag);
      lags.activeLags.push(active);
      if (isSynced[number] !== true) continue;
      lags.passwordLags.push(lag);
      lags.activePasswordLags.push(active);
    }
    for (const [number, text] of outcome.texts.entries()) {
      const count = counts[number] ?? 0;
      if (count > 0) outcomes.set(text, (outcomes.get(text) ?? 0) + count);
    }
  }
  // A file can name an outcome `constructor`.
  return { ...lags, outcomes: Object.fromEntries(outcomes) };
}

function updatesIn({ changes }: HistoryRecord, kind: string): VersionChange[] {
  return changes.filter((change) => change.kind === kind);
}

const issueForm: ItemForm<RecordedIssue> = {
  columns: 10,
  cellsOf: (of) => [
    of.issue,
    of.severity,
    of.openedAt,
    of.resolvedAt,
    of.macos,
    of.companyPortal,
    of.cause,
    of.causeGrade,
    of.causeSentence,
    of.possibleCause,
  ],
  itemOf: (cells) => ({
    issue: cells.text(0),
    severity: cells.text(1),
    openedAt: cells.number(2),
    resolvedAt: cells.numberOrNull(3),
    macos: cells.text(4),
    companyPortal: cells.text(5),
    cause: cells.text(6),
    causeGrade: cells.text(7),
    causeSentence: cells.text(8),
    possibleCause: cells.text(9),
  }),
};

const changeForm: ItemForm<RecordedChange> = {
  columns: 4,
  cellsOf: ({ at, kind, before, to }) => [at, kind, before, to],
  itemOf: (cells) => ({
    at: cells.number(0),
    kind: cells.text(1),
    before: cells.text(2),
    to: cells.text(3),
  }),
};

const proofForm: ItemForm<HistoryRecord['proofs'][number]> = {
  columns: 2,
  cellsOf: (proof) => proof,
  itemOf: (cells) => [cells.text(0), cells.number(1)],
};

const instant = z.nullable(z.number());
const shape = z.object({
  schemaVersion: z.number(),
  agentVersion: z.string(),
  state: z.pipe(
    texts,
    z.transform(
      (state): StateValues => Object.fromEntries(Object.entries(state).filter(([key]) => isStateKey(key))),
    ),
  ),
  headlineSince: instant,
  registrationSince: instant,
  proofs: packedListOf(proofForm),
  syncedAt: instant,
  passwordSyncs: numbers,
  localPasswordSets: numbers,
  silenced: z.array(silencedIssue),
  firstAt: instant,
  lastAt: instant,
  weeks: numbers,
  issues: packedListOf(issueForm),
  changes: packedListOf(changeForm),
  windows: packedWindows,
  pending: packedWindows,
});

/** A record of many years has less than a megabyte. */
const largestRecord = 4 * 1024 * 1024;
/** A call unpacks so many records at most, and ends the group at so many packed bytes. */
const recordsAtOnce = 64;
const packedBytesAtOnce = 256 * 1024;
/** Bytes of text of such a group. Ordinary records have half a megabyte together. */
const largestTogether = 16 * 1024 * 1024;

/** Throws UntrustedDatabaseError for a record that is too large to be read with others. */
export function packRecord(record: HistoryRecord): Uint8Array {
  const packed = {
    ...record,
    proofs: packList(record.proofs, proofForm),
    issues: packList(record.issues, issueForm),
    changes: packList(record.changes, changeForm),
    windows: packWindows(record.windows),
    pending: packWindows(record.pending),
  };
  const text = JSON.stringify(packed);
  if (Buffer.byteLength(text) > largestRecord)
    throw new UntrustedDatabaseError('tooLarge', 'its history has too many changes');
  return packedLine(text);
}

/** Throws ProblemError. */
export function unpackRecord(packed: Uint8Array): HistoryRecord {
  const [record = emptyRecord] = unpackRecords([packed]);
  return record;
}

/** In their order. Each is parsed when it is asked for, so that few are in memory. Throws ProblemError. */
export function* unpackRecords(packed: Iterable<Uint8Array>): Generator<HistoryRecord, void> {
  const rest = packed[Symbol.iterator]();
  try {
    for (let lines = nextLines(rest); lines !== null; lines = nextLines(rest)) yield* recordsInLines(lines);
  } finally {
    rest.return?.();
  }
}

/**
 * The texts of the next records, null at the end. Not a generator: it would hold the packed bytes while the
 * records are used, and what is in use for long stays until a full garbage collection.
 */
function nextLines(rest: Iterator<Uint8Array>): Generator<string, void> | null {
  const group: Uint8Array[] = [];
  let bytes = 0;
  while (group.length < recordsAtOnce && bytes < packedBytesAtOnce) {
    const next = rest.next();
    if (next.done === true) break;
    group.push(next.value);
    bytes += next.value.length;
  }
  if (group.length === 0) return null;
  try {
    return unpackedLines(group, largestTogether);
  } catch (cause) {
    if (cause instanceof RangeError) return oneByOne(group);
    throw damagedRecord(cause);
  }
}

/** Records of databases that were made to fill the memory: few bytes make a long text. */
function* oneByOne(packed: readonly Uint8Array[]): Generator<string, void> {
  // With a line break after it.
  for (const one of packed) yield* unpackedLines([one], largestRecord + 1);
}

function* recordsInLines(lines: Iterable<string>): Generator<HistoryRecord, void> {
  try {
    for (const line of lines) yield recordIn(line);
  } catch (cause) {
    throw damagedRecord(cause);
  }
}

function recordIn(line: string): HistoryRecord {
  const record = z.parse(shape, JSON.parse(line));
  return { ...record, windows: unpackWindows(record.windows), pending: unpackWindows(record.pending) };
}
