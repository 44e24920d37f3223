/**
 * The columns of the database, named once. The SQL of the tables and views (schema.ts), the writes, the
 * checks of an untrusted database, the export and the merged database of a fleet all use these lists. The
 * names are a contract.
 */

export interface Column {
  /** An instant is an INTEGER too: milliseconds since 1970, UTC. */
  readonly type: 'text' | 'integer' | 'instant';
  readonly nullable: boolean;
}

const text = { type: 'text', nullable: false } as const;
const textOrNull = { type: 'text', nullable: true } as const;
const integer = { type: 'integer', nullable: false } as const;
const integerOrNull = { type: 'integer', nullable: true } as const;
const instant = { type: 'instant', nullable: false } as const;
const instantOrNull = { type: 'instant', nullable: true } as const;

const tables = {
  event: {
    id: integer,
    at: instant,
    kind: text,
    issue: textOrNull,
    severity: text,
    summary: text,
    from_state: textOrNull,
    to_state: textOrNull,
    detail: text,
    macos: text,
    agent_version: text,
  },
  issue_episode: {
    issue: text,
    opened_at: instant,
    resolved_at: instantOrNull,
    severity: text,
    summary: text,
    evidence: text,
  },
  sync_cycle: {
    stale_from: instant,
    due_at: instantOrNull,
    prompted_at: instantOrNull,
    refreshed_at: instantOrNull,
    password_changed_at: instantOrNull,
    outcome: text,
    lag_seconds: integerOrNull,
    active_lag_seconds: integerOrNull,
  },
  state: { key: text, value: text, since: instant },
  memory: { key: text, value: text },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Column>>>>;

export type TableName = keyof typeof tables;
export const tableNames = [
  'event',
  'issue_episode',
  'sync_cycle',
  'state',
  'memory',
] as const satisfies readonly TableName[];
export type TableColumn<Table extends TableName> = keyof (typeof tables)[Table];

export const primaryKeys = {
  event: ['id'],
  issue_episode: ['issue', 'opened_at'],
  sync_cycle: ['stale_from'],
  state: ['key'],
  memory: ['key'],
} as const satisfies { readonly [Table in TableName]: readonly TableColumn<Table>[] };

/** The tables below the public views: all but `memory`, which is the agent's own. */
export const historyTables = [
  'event',
  'issue_episode',
  'sync_cycle',
  'state',
] as const satisfies readonly TableName[];
export type HistoryTable = (typeof historyTables)[number];

/** The public views, `v_events` and so on, and their columns in order. */
export const views = {
  events: {
    table: 'event',
    columns: [
      'id',
      'at',
      'kind',
      'issue',
      'severity',
      'summary',
      'detail',
      'from_state',
      'to_state',
      'macos',
      'agent_version',
    ],
  },
  issues: {
    table: 'issue_episode',
    columns: ['issue', 'status', 'severity', 'opened_at', 'resolved_at', 'open_seconds', 'summary'],
  },
  sync: {
    table: 'sync_cycle',
    columns: [
      'stale_from',
      'due_at',
      'prompted_at',
      'refreshed_at',
      'password_changed_at',
      'outcome',
      'lag_seconds',
      'active_lag_seconds',
    ],
  },
  state: { table: 'state', columns: ['key', 'value', 'since'] },
} as const satisfies Readonly<
  Record<string, { readonly table: HistoryTable; readonly columns: readonly string[] }>
>;

export type ViewName = keyof typeof views;
export const viewNames = ['events', 'issues', 'sync', 'state'] as const satisfies readonly ViewName[];

/** A row of a public view: text, never null. */
export type ViewRow<View extends ViewName> = Record<(typeof views)[View]['columns'][number], string>;

/** The columns of a table with their names, in order. */
export function columnsOf(table: TableName): (Column & { readonly name: string })[] {
  return Object.entries<Column>(tables[table]).map(([name, column]) => ({ name, ...column }));
}

export function columnNamesOf(table: TableName): string[] {
  return Object.keys(tables[table]);
}
