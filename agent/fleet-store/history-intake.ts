import type { NamedDatabase } from '../fleet/found-databases.ts';
import { day, type EpochMs } from '../shared/time.ts';
import {
  noWindowColumns,
  type WindowColumns,
  windowsWhere,
  withEvents,
  withReading,
} from './advance-record.ts';
import { emptyRecord, type HistoryRecord, packRecord, unpackRecord } from './history-record.ts';
import type { Ledger, LedgerFile } from './ledger.ts';
import type { LedgerHistory } from './ledger-history.ts';
import type { MonthFiles } from './month-files.ts';
import type { NewRows, NewRowsRequest } from './new-rows.ts';
import { type RecordedHistory, recordedHistories } from './recorded-histories.ts';
import { addRows } from './rows-of-history.ts';
import { invalidRow, sentRow } from './sent-columns.ts';
import type { Owner } from './store-tables.ts';
import { eventColumns, hashOf } from './stored-event.ts';
import {
  baseIdOf,
  branchId,
  comparedIds,
  goesOn,
  whichHistory,
  windowsAfter,
  withMark,
} from './which-history.ts';

/** A file that is not as the last run read it. */
export interface ChangedFile {
  readonly about: NamedDatabase;
  /** Absolute: its name in the ledger. */
  readonly path: string;
  readonly stamp: string;
  /** What the ledger knows of it; undefined: it is new. */
  readonly known: LedgerFile | undefined;
}

/** What is known while one database is read: the file, and the history that it belongs to. */
interface Reading {
  readonly file: ChangedFile;
  /** The history that the request was made from; null: none was known. */
  readonly asked: RecordedHistory<LedgerHistory> | null;
  /** Null: not known yet. */
  target: Target | null;
}

/** A history, with what earlier answers of this reading added. */
interface Target extends RecordedHistory<LedgerHistory> {
  /** The first row of an answer is stored already. */
  readonly startsAfter: number;
  /** Replaced by this history: the same file before its agent gave it an id. */
  readonly replaces: string | null;
}

/**
 * Takes the answers of the untrusted reader: decides which history each belongs to, and stores what is new.
 */
export class HistoryIntake {
  readonly #ledger: Ledger;
  readonly #now: EpochMs;
  readonly #readings = new Map<string, Reading>();
  #parts = 0;

  constructor(ledger: Ledger, now: EpochMs) {
    this.#ledger = ledger;
    this.#now = now;
  }

  /** Whether a database is read whose last answer has not come. */
  get isReadingParts(): boolean {
    return this.#parts > 0;
  }

  forget(path: string): void {
    if (this.#readings.get(path)?.target != null) this.#parts--;
    this.#readings.delete(path);
  }

  /** Asks for what is new in each database since it was read last. */
  firstRequests(changed: readonly ChangedFile[]): { about: NamedDatabase; request: NewRowsRequest }[] {
    const ids = changed.flatMap(({ known }) => known?.history ?? []);
    const histories = ids.flatMap((id) => this.#ledger.history(id) ?? []);
    const records = histories.map(({ record }) => record);
    const recorded = new Map([...recordedHistories(histories, records)].map((one) => [one.history.id, one]));
    return changed.map((file) => {
      const { about, known } = file;
      const asked = recorded.get(known?.history ?? '') ?? null;
      this.#readings.set(about.path, { file, asked, target: null });
      return { about, request: firstRequest(about.path, asked) };
    });
  }

  /**
   * Stores an answer. Returns the next request for the same database, or null when it is done. Throws
   * UntrustedDatabaseError for an invalid row, before anything of the answer is stored.
   */
  take(
    database: NamedDatabase,
    request: NewRowsRequest,
    rows: NewRows,
    files: MonthFiles,
  ): NewRowsRequest | null {
    const reading = this.#readings.get(database.path);
    if (reading === undefined) return null;
    const { target } = reading;
    if (target !== null) {
      if (this.#isCurrent(target)) return this.#store(database, reading, target, request, rows, files);
      // Another file of this history was stored since the request.
      this.#parts--;
      reading.target = null;
      const compare = comparedIds(this.#ledger.branches(target.history.base));
      return { path: database.path, after: 0, windowsAfter: null, compare };
    }
    const base = baseIdOf(rows, database.mac);
    if (request.compare.length > 0) return this.#decide(database, reading, request, base, rows);
    const branches = this.#ledger.branches(base);
    const unnamed = this.#unnamedBefore(reading.file, base, rows);
    if (unnamed !== null) return this.#begin(database, reading, unnamed, request, rows, files);
    const known = branches.find((history) => goesOn(history, base, rows));
    if (known !== undefined && request.after === known.lastId) {
      const target = this.#targetOf(known, reading.asked);
      return this.#begin(database, reading, target, request, rows, files);
    }
    if (branches.length === 0 && request.after === 0)
      return this.#begin(database, reading, this.#newTarget(base, base, database, 0), request, rows, files);
    if (branches.length === 0) return { ...request, after: 0, windowsAfter: null };
    return { path: database.path, after: 0, windowsAfter: null, compare: comparedIds(branches) };
  }

  #isCurrent({ history }: Target): boolean {
    const known = this.#ledger.history(history.id);
    return known === undefined || known.lastId === history.lastId;
  }

  /** Decides by the compared events, and asks for the rest. */
  #decide(
    database: NamedDatabase,
    reading: Reading,
    { compare }: NewRowsRequest,
    base: string,
    rows: NewRows,
  ): NewRowsRequest | null {
    // They are hashed one by one: only as many as were asked for, with texts that are not too long.
    if (rows.events.rows > compare.length) throw invalidRow('event');
    eventColumns(rows.events, 0);
    const branches = this.#ledger.branches(base);
    const belongs = whichHistory(branches, rows);
    if (belongs.kind === 'known') {
      if (belongs.older) {
        this.#done(database, reading, belongs.history.id);
        return null;
      }
      const target = this.#targetOf(belongs.history);
      this.#startParts(reading, target);
      return requestAfter(database.path, target.history, target.record);
    }
    const id = branchId(base, belongs.number);
    this.#startParts(reading, this.#newTarget(id, base, database, belongs.after));
    return { path: database.path, after: belongs.after, windowsAfter: null, compare: [] };
  }

  #begin(
    database: NamedDatabase,
    reading: Reading,
    target: Target,
    request: NewRowsRequest,
    rows: NewRows,
    files: MonthFiles,
  ): NewRowsRequest | null {
    this.#startParts(reading, target);
    return this.#store(database, reading, target, request, rows, files);
  }

  #startParts(reading: Reading, target: Target): void {
    if (reading.target === null) this.#parts++;
    reading.target = target;
  }

  #store(
    database: NamedDatabase,
    reading: Reading,
    target: Target,
    request: NewRowsRequest,
    rows: NewRows,
    files: MonthFiles,
  ): NewRowsRequest | null {
    const { history, startsAfter } = target;
    const events = eventColumns(rows.events, startsAfter);
    const last = events.id.length === 0 ? undefined : sentRow(rows.events, rows.events.rows - 1);
    const record = withEvents(target.record, events, this.#now);
    if (!rows.more && this.#missesWindows(record, request, rows))
      return { ...request, after: startsAfter, windowsAfter: null };
    const owner: Owner = { history: history.id, mac: database.host, user: userOf(database) };
    const advanced = rows.more
      ? { record, windows: noWindowColumns, episodes: [] }
      : withReading(record, rows, this.#now);
    // What a branch has in common with another one is stored there.
    const since = history.marks.length === 0 && startsAfter > 0 ? (events.at[0] ?? 0) - day : null;
    const windows = since === null ? advanced.windows : windowsSince(advanced.windows, since);
    // Before anything of the answer is stored: the record can be too large.
    const packed = packRecord(advanced.record);
    addRows(files, owner, { events, ...advanced, windows }, { now: this.#now, complete: !rows.more });
    const saved: LedgerHistory = {
      ...history,
      mac: database.mac,
      host: database.host,
      lastId: events.id.at(-1) ?? startsAfter,
      lastAt: Math.max(history.lastAt, advanced.record.lastAt ?? 0),
      marks: last === undefined ? history.marks : withMark(history.marks, [Number(last[0]), hashOf(last)]),
      record: packed,
    };
    if (target.replaces !== null) this.#ledger.removeHistory(target.replaces);
    this.#ledger.saveHistory(saved);
    if (rows.more) {
      reading.target = {
        ...target,
        history: saved,
        record: advanced.record,
        startsAfter: saved.lastId,
        replaces: null,
      };
      return { ...request, after: saved.lastId };
    }
    this.#done(database, reading, history.id);
    return null;
  }

  /** Fewer token cycles before the requested ones than the file has: a clock was set back. */
  #missesWindows(record: HistoryRecord, { windowsAfter: after }: NewRowsRequest, rows: NewRows): boolean {
    const { firstWindow } = rows;
    if (after === null || firstWindow === null) return false;
    let known = 0;
    for (const began of record.windows.staleFrom) if (began >= firstWindow && began <= after) known++;
    return known !== rows.windowsBefore;
  }

  #done(database: NamedDatabase, { file, target }: Reading, history: string): void {
    if (target !== null) this.#parts--;
    this.#readings.delete(database.path);
    this.#ledger.saveFile({ path: file.path, stamp: file.stamp, history, mac: database.mac });
  }

  #targetOf(history: LedgerHistory, asked: Reading['asked'] = null): Target {
    // Another file of this history can have been stored since.
    const isSame = asked !== null && Buffer.compare(asked.history.record, history.record) === 0;
    const record = isSame ? asked.record : unpackRecord(history.record);
    return { history, record, startsAfter: history.lastId, replaces: null };
  }

  #newTarget(id: string, base: string, { mac, host }: NamedDatabase, after: number): Target {
    const history = { id, base, mac, host, lastId: after, lastAt: 0, marks: [], record: new Uint8Array() };
    return { history, record: emptyRecord, startsAfter: after, replaces: null };
  }

  /** The history of this file when its agent had no ids yet. It goes on with the new id. */
  #unnamedBefore({ known }: ChangedFile, base: string, rows: NewRows): Target | null {
    if (known === undefined || !known.history.startsWith('name:') || base === known.history) return null;
    const before = this.#ledger.history(known.history);
    if (before === undefined) return null;
    if (this.#ledger.branches(base).length > 0 || !goesOn(before, before.base, rows)) return null;
    return { ...this.#targetOf({ ...before, id: base, base }), replaces: before.id };
  }
}

function firstRequest(path: string, asked: RecordedHistory<LedgerHistory> | null): NewRowsRequest {
  if (asked === null) return { path, after: 0, windowsAfter: null, compare: [] };
  return requestAfter(path, asked.history, asked.record);
}

function requestAfter(path: string, { lastId }: LedgerHistory, record: HistoryRecord): NewRowsRequest {
  return { path, after: lastId, windowsAfter: windowsAfter(record.windows), compare: [] };
}

function windowsSince(of: WindowColumns, since: EpochMs): WindowColumns {
  return windowsWhere(of, (row) => {
    const end = of.refreshed_at[row] ?? Number.NaN;
    return (Number.isNaN(end) ? (of.stale_from[row] ?? 0) : end) >= since;
  });
}

function userOf({ mac, host }: NamedDatabase): string {
  return mac.startsWith(`${host}/`) ? mac.slice(host.length + 1) : '';
}
