import { closeSync, existsSync, ftruncateSync, openSync, statSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import { eventKinds, severities } from '../shared/event.ts';
import { blocksOf } from './blocks-of.ts';
import { besideOf, type ConnectOptions } from './connection.ts';
import { deleteIfPossible } from './delete-if-possible.ts';
import { asStoreError, mayPass } from './errors.ts';
import { leafRows } from './leaf-rows.ts';
import { columnNamesOf, columnsOf, primaryKeys, type TableName, tableNames } from './tables.ts';
import { memoryKey } from './writes.ts';

type Row = Readonly<Record<string, unknown>>;

export interface SalvageOptions extends ConnectOptions {
  /** The new database. */
  readonly path: string;
  readonly unreadableIsDamage?: boolean;
  /** The agent memory of the agent that runs; null: only the database knows it. */
  readonly memory?: string | null;
}

/** Rows that one statement reads. After a failed one, each row of the range is read on its own. */
const rowsAtOnce = 200;
/** A damaged key could otherwise name a row number far away. */
const mostNumbers = 2_000_000;
/**
 * Ranges in a row without a readable row: then the table's own pages are damaged, and each page is read
 * anyway. Two million failed statements would take most of a minute, in which SIGTERM has no effect.
 */
const mostFailedRanges = 50;
const usualPageSize = 4096;
/** No event takes less space in a page. */
const smallestEvent = 40;

/**
 * Copies each row that can be read from a quarantined database into a new one, and returns the number of
 * events. Reads a copy, so the quarantined files stay as they are. Never throws for damage. It throws the
 * error of a full disk, a lock, missing permissions or a read that fails, and the caller salvages later. With
 * `unreadableIsDamage`, blocks that can't be read are empty in the copy.
 *
 * Events are read by number, and from each page on its own, so a damaged page loses only its own rows. Other
 * tables are read from both ends.
 * A row with an invalid cell is left out.
 */
export function salvage(into: Database.Database, quarantined: string, options: SalvageOptions): number {
  const copy = `${options.path}.salvage.partial`;
  const files = [copy, ...Object.values(besideOf(copy))];
  for (const file of files) deleteIfPossible(file);
  try {
    copyFiles(quarantined, copy, options.unreadableIsDamage ?? false);
    return copyRows(into, openCopy(into, copy, options), copy, options.memory ?? null);
  } catch (error) {
    if (!mayPass(asStoreError(error, options.path))) return 0;
    throw error;
  } finally {
    for (const file of files) deleteIfPossible(file);
  }
}

function copyFiles(quarantined: string, copy: string, unreadableIsDamage: boolean): void {
  for (const [from, to] of [
    [quarantined, copy],
    [besideOf(quarantined).wal, besideOf(copy).wal],
  ] as const) {
    if (!existsSync(from)) continue;
    const file = openSync(to, 'wx', 0o600);
    try {
      ftruncateSync(file, statSync(from).size);
      const blocks = blocksOf(from, (error) => {
        if (!unreadableIsDamage || asStoreError(error, from).code !== 'io') throw error;
      });
      for (const { at, bytes } of blocks) if (bytes !== null) writeSync(file, bytes, 0, bytes.length, at);
    } finally {
      closeSync(file);
    }
  }
}

function openCopy(into: Database.Database, copy: string, options: ConnectOptions): Database.Database {
  const open = () => {
    const db = new Database(copy, { nativeBinding: options.nativeBinding });
    db.pragma('trusted_schema = OFF');
    return db;
  };
  try {
    const db = open();
    if (hasTables(db)) return db;
    db.close();
  } catch {
    // Its first pages are damaged too.
  }
  giveSchema(into, copy);
  return open();
}

function hasTables(db: Database.Database): boolean {
  try {
    const names = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
    return tableNames.every((name) => names.includes(name));
  } catch {
    return false;
  }
}

/**
 * Replaces the pages of the schema by those of the new database. Every database of this version is made by
 * the same statements, so its tables begin at the same pages.
 */
function giveSchema(into: Database.Database, copy: string): void {
  const fresh = into.serialize();
  const pageSize = Number(into.pragma('page_size', { simple: true }));
  const roots = into
    .prepare<[], number>('SELECT rootpage FROM sqlite_schema WHERE rootpage > 1')
    .pluck()
    .all();
  const size = statSync(copy).size;
  const file = openSync(copy, 'r+');
  try {
    for (let page = 1; page <= fresh.length / pageSize; page++) {
      // Page 2 is the first map of pages (auto_vacuum); reading does not need it.
      if (page === 2 || roots.includes(page)) continue;
      const from = (page - 1) * pageSize;
      const content = Buffer.from(fresh.subarray(from, from + pageSize));
      // The number of pages in the header.
      if (page === 1) content.writeUInt32BE(Math.max(1, Math.floor(size / pageSize)), 28);
      writeSync(file, content, 0, pageSize, from);
    }
  } finally {
    closeSync(file);
  }
}

function copyRows(
  into: Database.Database,
  from: Database.Database,
  copy: string,
  memory: string | null,
): number {
  try {
    const tables = tableNames.map((table): TableRows => {
      const rows = table === 'event' ? allEvents(from, copy) : fromBothEnds(from, table);
      return { table, rows: rows.filter((row) => isValid(table, row)) };
    });
    const last = lastNumber(from);
    if (memory === null) closeWithoutMemory(tables);
    else
      for (const table of tables)
        if (table.table === 'memory') table.rows = [{ key: memoryKey, value: memory }];
    into
      .transaction(() => {
        for (const { table, rows } of tables) {
          const names = columnNamesOf(table);
          const values = names.map((name) => `@${name}`).join(', ');
          const insert = into.prepare<[Row]>(
            `INSERT OR IGNORE INTO ${table} (${names.join(', ')}) VALUES (${values})`,
          );
          for (const row of rows) insert.run(row);
        }
        // Numbers of lost events are not used again.
        into
          .prepare("UPDATE sqlite_sequence SET seq = MAX(seq, ?) WHERE name = 'event'")
          .run(Math.min(last, Number.MAX_SAFE_INTEGER));
      })
      .immediate();
    return tables[0]?.rows.length ?? 0;
  } finally {
    from.close();
  }
}

interface TableRows {
  readonly table: TableName;
  rows: readonly Row[];
}

/**
 * Without the agent memory, an episode or a cycle that was open would never be closed: it ends with the last
 * event. What is still wrong opens again.
 */
function closeWithoutMemory(tables: readonly TableRows[]): void {
  const of = (name: TableName) => tables.find(({ table }) => table === name);
  if ((of('memory')?.rows.length ?? 0) > 0) return;
  const end = (of('event')?.rows ?? []).reduce((latest, { at }) => Math.max(latest, Number(at)), 0);
  const [episodes, cycles] = [of('issue_episode'), of('sync_cycle')];
  if (episodes !== undefined)
    episodes.rows = episodes.rows.map((row) =>
      row.resolved_at === null ? { ...row, resolved_at: Math.max(end, Number(row.opened_at)) } : row,
    );
  if (cycles !== undefined)
    cycles.rows = cycles.rows.map((row) => (row.outcome === 'open' ? { ...row, outcome: 'abandoned' } : row));
}

/** Reads what can be read; a statement that fails returns nothing. */
function attempt<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

/** The largest number that an event has had; 0: unknown. */
function lastNumber(db: Database.Database): number {
  const read = (sql: string) => attempt(() => db.prepare<[], unknown>(sql).pluck().get(), null);
  const found = [
    read("SELECT seq FROM sqlite_sequence WHERE name = 'event'"),
    read('SELECT MAX(id) FROM event'),
  ].filter((one) => typeof one === 'number' && Number.isSafeInteger(one));
  return Math.max(0, ...found.map(Number));
}

/**
 * By number, and where numbers are missing from the pages themselves. The pages may also hold events that the
 * retention has deleted: these have smaller numbers than the first one in the table.
 */
function allEvents(db: Database.Database, copy: string): Row[] {
  const byNumber = eventsOf(db, statSync(copy).size);
  const ids = byNumber.map(({ id }) => Number(id));
  const first = attempt(() => Number(db.prepare('SELECT MIN(id) FROM event').pluck().get()), 0);
  const last = lastNumber(db);
  if (last > 0 && first > 0 && ids.length === last - first + 1) return byNumber;
  attempt(() => db.pragma('wal_checkpoint(TRUNCATE)'), null);
  const pageSize = Number(attempt(() => db.pragma('page_size', { simple: true }), 0)) || usualPageSize;
  const names = columnNamesOf('event');
  const known = new Set(ids);
  const found = new Map<number, Row>();
  for (const { number, cells } of leafRows(copy, pageSize, names.length)) {
    if (known.has(number) || number < first) continue;
    // The table keeps its number as the row's, and null in its place.
    const row = Object.fromEntries(names.map((name, at) => [name, name === 'id' ? number : cells[at]]));
    if (cells[0] === null && isValid('event', row)) found.set(number, row);
  }
  return [...byNumber, ...found.values()].sort((a, b) => Number(a.id) - Number(b.id));
}

function eventsOf(db: Database.Database, bytes: number): Row[] {
  const columns = columnNamesOf('event').join(', ');
  const many = db.prepare<[number, number], Row>(
    `SELECT ${columns} FROM event WHERE id >= ? ORDER BY id LIMIT ?`,
  );
  const one = db.prepare<[number], Row>(`SELECT ${columns} FROM event WHERE id = ?`);
  const first = attempt(() => db.prepare<[], unknown>('SELECT MIN(id) FROM event').pluck().get(), null);
  const begin = typeof first === 'number' && first > 0 ? first : 1;
  const last = lastNumber(db) || begin + Math.floor(bytes / smallestEvent);
  const rows: Row[] = [];
  let next = Math.max(begin, last - mostNumbers);
  let failedRanges = 0;
  while (next <= last && failedRanges < mostFailedRanges) {
    const found = attempt(() => many.all(next, rowsAtOnce), null);
    if (found === null) {
      const before = rows.length;
      for (let id = next; id < next + rowsAtOnce; id++) {
        const row = attempt(() => one.get(id), undefined);
        if (row !== undefined) rows.push(row);
      }
      failedRanges = rows.length === before ? failedRanges + 1 : 0;
      next += rowsAtOnce;
      continue;
    }
    rows.push(...found);
    failedRanges = 0;
    const reached = found.at(-1)?.id;
    if (typeof reached !== 'number' || reached < next) break;
    next = reached + 1;
  }
  return rows;
}

/** The rows before the first damaged page and after the last one. */
function fromBothEnds(db: Database.Database, table: TableName): Row[] {
  const keys: readonly string[] = primaryKeys[table];
  const columns = columnNamesOf(table);
  const found = new Map<string, Row>();
  for (const direction of ['ASC', 'DESC']) {
    const order = keys.map((key) => `${key} ${direction}`).join(', ');
    try {
      const read = db.prepare<[], Row>(`SELECT ${columns.join(', ')} FROM ${table} ORDER BY ${order}`);
      for (const row of read.iterate()) found.set(JSON.stringify(keys.map((key) => row[key])), row);
    } catch {
      // The other direction reads what is behind the damage.
    }
  }
  return [...found.values()];
}

const jsonColumns: readonly string[] = ['detail', 'evidence'];

/** A damaged cell usually has another type or an impossible value. */
function isValid(table: TableName, row: Row): boolean {
  const allowed: Readonly<Record<string, readonly string[]>> =
    table === 'event' ? { kind: eventKinds, severity: severities } : { severity: severities };
  return columnsOf(table).every(({ name, type, nullable }) => {
    const cell = row[name];
    if (cell === null) return nullable;
    if (type !== 'text') return Number.isSafeInteger(cell);
    if (typeof cell !== 'string' || cell.includes('\ufffd')) return false;
    if (allowed[name] !== undefined && !allowed[name].includes(cell)) return false;
    return !jsonColumns.includes(name) || attempt(() => JSON.parse(cell) !== undefined, false);
  });
}
