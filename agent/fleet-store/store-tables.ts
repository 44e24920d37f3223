/**
 * The tables of a fleet store, once: the Parquet schema, the rows, the queries' columns and the page about
 * them follow these lists. An instant is a number of milliseconds here and a timestamp in UTC in the file.
 */
export type StoreColumnType = 'text' | 'integer' | 'boolean' | 'instant' | 'day';

export type StoreCell = string | number | boolean | null;
export type StoreRow = readonly StoreCell[];

/** The history's id, the name of the Mac and its user, in front of every row. */
const owner = { history: 'text', mac: 'text', user: 'text' } as const;

const storeTables = {
  events: {
    ...owner,
    id: 'integer',
    at: 'instant',
    kind: 'text',
    issue: 'text',
    severity: 'text',
    summary: 'text',
    from_state: 'text',
    to_state: 'text',
    macos: 'text',
    agent_version: 'text',
    cause: 'text',
    cause_grade: 'text',
    reason: 'text',
    lag_seconds: 'integer',
    active_lag_seconds: 'integer',
    detail: 'text',
  },
  windows: {
    ...owner,
    stale_from: 'instant',
    due_at: 'instant',
    prompted_at: 'instant',
    refreshed_at: 'instant',
    password_changed_at: 'instant',
    outcome: 'text',
    lag_seconds: 'integer',
    active_lag_seconds: 'integer',
  },
  issues: {
    ...owner,
    issue: 'text',
    opened_at: 'instant',
    resolved_at: 'instant',
    severity: 'text',
    summary: 'text',
    breaks_sign_in: 'boolean',
    macos: 'text',
    company_portal: 'text',
    cause: 'text',
    cause_grade: 'text',
    seen_at: 'instant',
  },
  macs: {
    ...owner,
    day: 'day',
    seen_at: 'instant',
    last_record_at: 'instant',
    headline: 'text',
    headline_since: 'instant',
    registration: 'text',
    identity_provider: 'text',
    method: 'text',
    user_state: 'text',
    password_window: 'text',
    last_confirmed_good: 'instant',
    tokens_expire_at: 'instant',
    open_issues: 'integer',
    issue: 'text',
    issue_since: 'instant',
    cause: 'text',
    cause_grade: 'text',
    macos: 'text',
    company_portal: 'text',
    agent_version: 'text',
    enrolled: 'text',
    user_name: 'text',
    device: 'text',
    registration_proven_at: 'instant',
    password_sync_proven_at: 'instant',
    repair_proven_at: 'instant',
    migration_proven_at: 'instant',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, StoreColumnType>>>>;

export type StoreTable = keyof typeof storeTables;
export const storeTableNames = [
  'events',
  'windows',
  'issues',
  'macs',
] as const satisfies readonly StoreTable[];
type ColumnOf<Table extends StoreTable> = keyof (typeof storeTables)[Table];
export type NamedRow<Table extends StoreTable> = Readonly<Record<ColumnOf<Table>, StoreCell>>;

export function columnsOfStore(table: StoreTable): (readonly [name: string, type: StoreColumnType])[] {
  return Object.entries<StoreColumnType>(storeTables[table]);
}

/** The cells of a row in the order of the columns. */
export function cellsOf<Table extends StoreTable>(table: Table, row: NamedRow<Table>): StoreRow {
  const named: Readonly<Record<string, StoreCell>> = row;
  return columnsOfStore(table).map(([name]) => named[name] ?? null);
}

const earliest = Date.UTC(2000, 0, 1);
const day = 86_400_000;

/**
 * The partition of an instant: `2026-11`. An instant before 2000 or after tomorrow is of a wrong clock, and
 * goes to `unknown`: such clocks would otherwise make a folder for each month that they invent.
 */
export function monthOf(at: number, now: number): string {
  return at < earliest || at > now + day ? 'unknown' : new Date(at).toISOString().slice(0, 7);
}
