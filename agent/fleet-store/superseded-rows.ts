import type { StoreFile } from './store-folder.ts';
import {
  columnsOfStore,
  type StoreCell,
  type StoreColumn,
  type StoreRow,
  type StoreTable,
} from './store-tables.ts';

type ReadRows = (path: string, columns: readonly StoreColumn[]) => AsyncIterable<readonly StoreRow[]>;

interface Revisions {
  /** Rows that are equal in these columns are revisions of one record. */
  readonly same: readonly string[];
  /** A revision supersedes another that is not above it in either of these. */
  readonly order: readonly [string, string];
}

/**
 * A reader takes the newest revision by `seen_at`. The greatest value of the second column stays, too:
 * queries ask for the newest record of the fleet, and for the end of an episode. `macos` and
 * `company_portal` are those of the opening, and a later reading can know them better.
 */
const revisionsOf: Readonly<Partial<Record<StoreTable, Revisions>>> = {
  macs: { same: ['history', 'mac', 'user', 'day'], order: ['seen_at', 'last_record_at'] },
  issues: {
    same: ['history', 'mac', 'user', 'issue', 'opened_at', 'macos', 'company_portal'],
    order: ['seen_at', 'resolved_at'],
  },
};

interface Revision {
  readonly row: number;
  readonly seen: number;
  readonly second: number;
}

/** So many rows are compared at once: the files are read again for each further part. */
const rowsOfPart = 200_000;

/**
 * Which rows of these files of one table and month are superseded, by their number over all files: 1 is
 * superseded. Null: the table has no revisions.
 */
export async function supersededRows(
  table: StoreTable,
  files: readonly StoreFile[],
  readRows: ReadRows,
): Promise<Uint8Array | null> {
  const revisions = revisionsOf[table];
  if (revisions === undefined) return null;
  const all = columnsOfStore(table);
  const columns = [...revisions.same, ...revisions.order].flatMap(
    (name) => all.find((column) => column.name === name) ?? [],
  );
  let rows = 0;
  for await (const group of groupsOf(files, columns.slice(0, 1), readRows)) rows += group.length;
  const superseded = new Uint8Array(rows);
  const parts = Math.ceil(rows / rowsOfPart);
  for (let part = 0; part < parts; part++) {
    const newest = new Map<string, Revision[]>();
    let row = 0;
    for await (const group of groupsOf(files, columns, readRows))
      for (const cells of group) {
        const number = row++;
        if (partOf(cells[0], parts) !== part) continue;
        const key = JSON.stringify(cells.slice(0, -2));
        const revision = { row: number, seen: numberIn(cells.at(-2)), second: numberIn(cells.at(-1)) };
        newest.set(key, withRevision(newest.get(key) ?? [], revision, superseded));
      }
  }
  return superseded;
}

async function* groupsOf(
  files: readonly StoreFile[],
  columns: readonly StoreColumn[],
  readRows: ReadRows,
): AsyncGenerator<readonly StoreRow[], void> {
  for (const { path } of files) yield* readRows(path, columns);
}

/** The revisions that no other one supersedes. */
function withRevision(known: readonly Revision[], added: Revision, superseded: Uint8Array): Revision[] {
  const left: Revision[] = [];
  for (const one of [...known, added])
    if ([...known, added].some((other) => supersedes(other, one))) superseded[one.row] = 1;
    else left.push(one);
  return left;
}

/** Two equal revisions both stay. */
function supersedes(one: Revision, other: Revision): boolean {
  const isAtLeast = one.seen >= other.seen && one.second >= other.second;
  return isAtLeast && (one.seen > other.seen || one.second > other.second);
}

/** Null is the least: no record, and not resolved. */
const numberIn = (cell: StoreCell | undefined) =>
  typeof cell === 'number' ? cell : Number.NEGATIVE_INFINITY;

/** All revisions of a history are in one part. */
function partOf(history: StoreCell | undefined, parts: number): number {
  let sum = 0;
  for (const character of String(history)) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return sum % parts;
}
