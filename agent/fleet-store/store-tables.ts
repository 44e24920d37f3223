import { type TextCells, textAt } from './text-cells.ts';

/**
 * The tables of a fleet store, once: the Parquet schema, the rows, the queries' columns and the page about
 * them follow these lists. An instant is a number of milliseconds here and a timestamp in UTC in the file.
 */
export type StoreColumnType = 'text' | 'integer' | 'boolean' | 'instant' | 'day';
/** With a question mark: the cell can be null. */
type Cells = StoreColumnType | `${StoreColumnType}?`;

export interface StoreColumn {
  readonly name: string;
  readonly type: StoreColumnType;
  readonly nullable: boolean;
}

export type StoreCell = string | number | boolean | null;
/** The cells of a row in the order of the columns. */
export type StoreRow = readonly StoreCell[];

/** The history's id, the name of the Mac and its user, in front of every row. */
const owner = { history: 'text', mac: 'text', user: 'text' } as const;

const storeTables = {
  events: {
    ...owner,
    id: 'integer',
    at: 'instant',
    kind: 'text',
    issue: 'text?',
    severity: 'text',
    summary: 'text',
    from_state: 'text?',
    to_state: 'text?',
    macos: 'text',
    agent_version: 'text',
    cause: 'text?',
    cause_grade: 'text?',
    reason: 'text?',
    lag_seconds: 'integer?',
    active_lag_seconds: 'integer?',
    detail: 'text',
  },
  windows: {
    ...owner,
    stale_from: 'instant',
    due_at: 'instant?',
    prompted_at: 'instant?',
    refreshed_at: 'instant?',
    password_changed_at: 'instant?',
    outcome: 'text',
    lag_seconds: 'integer?',
    active_lag_seconds: 'integer?',
  },
  issues: {
    ...owner,
    issue: 'text',
    opened_at: 'instant',
    resolved_at: 'instant?',
    severity: 'text',
    summary: 'text',
    breaks_sign_in: 'boolean',
    macos: 'text',
    company_portal: 'text',
    cause: 'text?',
    cause_grade: 'text?',
    seen_at: 'instant',
  },
  macs: {
    ...owner,
    day: 'day',
    seen_at: 'instant',
    last_record_at: 'instant?',
    headline: 'text',
    headline_since: 'instant?',
    registration: 'text',
    identity_provider: 'text',
    method: 'text',
    user_state: 'text',
    password_window: 'text',
    last_confirmed_good: 'instant?',
    tokens_expire_at: 'instant?',
    open_issues: 'integer',
    issue: 'text?',
    issue_since: 'instant?',
    cause: 'text?',
    cause_grade: 'text?',
    macos: 'text',
    company_portal: 'text',
    agent_version: 'text',
    enrolled: 'text',
    user_name: 'text',
    device: 'text',
    registration_proven_at: 'instant?',
    password_sync_proven_at: 'instant?',
    repair_proven_at: 'instant?',
    migration_proven_at: 'instant?',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Cells>>>>;

export type StoreTable = keyof typeof storeTables;
export const storeTableNames = [
  'events',
  'windows',
  'issues',
  'macs',
] as const satisfies readonly StoreTable[];
type ColumnOf<Table extends StoreTable> = keyof (typeof storeTables)[Table];
type OwnerColumn = keyof typeof owner;
export type NamedRow<Table extends StoreTable> = Readonly<Record<ColumnOf<Table>, StoreCell>>;

/** The cells of a column. Of numbers, NaN is null. */
export type ColumnCells = TextCells | Float64Array;

function cellAt(cells: ColumnCells, row: number): StoreCell {
  if ('texts' in cells) return textAt(cells, row);
  const cell = cells[row] ?? Number.NaN;
  return Number.isNaN(cell) ? null : cell;
}

/** Rows by columns, all of the same length. */
export type Columns<Row extends Readonly<Record<string, StoreCell>>> = {
  readonly [Name in keyof Row]: ColumnCells;
};
/** The first columns of every row. */
export type Owner = Pick<NamedRow<StoreTable>, OwnerColumn>;
export type OwnedColumns<Table extends StoreTable> = Columns<Omit<NamedRow<Table>, OwnerColumn>>;

const columns: ReadonlyMap<string, readonly StoreColumn[]> = new Map(
  Object.entries<Readonly<Record<string, Cells>>>(storeTables).map(([table, of]) => [
    table,
    Object.entries(of).map(([name, cells]) => ({ name, type: typeOf(cells), nullable: cells.endsWith('?') })),
  ]),
);

function typeOf(cells: Cells): StoreColumnType {
  switch (cells) {
    case 'text?':
      return 'text';
    case 'integer?':
      return 'integer';
    case 'boolean?':
      return 'boolean';
    case 'instant?':
      return 'instant';
    case 'day?':
      return 'day';
    default:
      return cells;
  }
}

export function columnsOfStore(table: StoreTable): readonly StoreColumn[] {
  return columns.get(table) ?? [];
}

export function rowOf<Table extends StoreTable>(
  table: Table,
  owner: Owner,
  row: Omit<NamedRow<Table>, OwnerColumn>,
): StoreRow {
  const cells: Readonly<Record<string, StoreCell>> = { ...owner, ...row };
  return columnsOfStore(table).map(({ name }) => cells[name] ?? null);
}

/** Row number `row` of columns. */
export function rowAt<Table extends StoreTable>(
  table: Table,
  owner: Owner,
  columns: OwnedColumns<Table>,
  row: number,
): StoreRow {
  const same: Readonly<Record<string, StoreCell>> = owner;
  const all: Readonly<Record<string, ColumnCells>> = columns;
  return columnsOfStore(table).map(({ name }) => {
    const cells = all[name];
    return cells === undefined ? (same[name] ?? null) : cellAt(cells, row);
  });
}

const earliest = Date.UTC(2000, 0, 1);
const day = 86_400_000;

/**
 * The partition of an instant: `2026-11`. An instant before 2000 or after tomorrow is of a wrong clock, and
 * goes to `unknown`: such clocks would otherwise make a folder for each month that they invent.
 */
export class Months {
  readonly #now: number;
  /** The month of the last instant: most events are in the month of the one before. */
  #last = { from: 0, until: 0, name: '' };

  constructor(now: number) {
    this.#now = now;
  }

  of(at: number): string {
    if (at < earliest || at > this.#now + day) return 'unknown';
    if (at < this.#last.from || at >= this.#last.until) this.#last = monthWith(at);
    return this.#last.name;
  }
}

/** The month of an instant by its number alone. */
export function monthOf(at: number): string {
  return monthWith(at).name;
}

function monthWith(at: number): { from: number; until: number; name: string } {
  const date = new Date(at);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const name = `${year}-${String(month + 1).padStart(2, '0')}`;
  return { from: Date.UTC(year, month), until: Date.UTC(year, month + 1), name };
}
