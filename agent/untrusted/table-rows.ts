import * as z from 'zod/mini';
import { sanitiseLine } from '../shared/safe-text.ts';

/** More than an agent writes in many years; a text in characters. */
export const limits = { rows: 1_000_000, text: 65_536 } as const;

/** The years 1 to 9999: what ISO 8601 has room for. */
const instant = z.int().check(z.minimum(-62_135_596_800_000), z.maximum(253_402_300_799_999));
/** Whoever prints it must not be obeyed by a terminal. An agent's own texts have no such characters, so they stay as they are. */
const text = z.pipe(
  z.string().check(z.maxLength(limits.text)),
  z.transform((value) => sanitiseLine(value, Number.POSITIVE_INFINITY)),
);

const shapes = {
  event: z.object({
    id: z.int(),
    at: instant,
    kind: text,
    issue: z.nullable(text),
    severity: text,
    summary: text,
    from_state: z.nullable(text),
    to_state: z.nullable(text),
    detail: text,
    macos: text,
    agent_version: text,
  }),
  issue_episode: z.object({
    issue: text,
    opened_at: instant,
    resolved_at: z.nullable(instant),
    severity: text,
    summary: text,
    evidence: text,
  }),
  sync_cycle: z.object({
    stale_from: instant,
    due_at: z.nullable(instant),
    prompted_at: z.nullable(instant),
    refreshed_at: z.nullable(instant),
    password_changed_at: z.nullable(instant),
    outcome: text,
    lag_seconds: z.nullable(z.int()),
    active_lag_seconds: z.nullable(z.int()),
  }),
  state: z.object({ key: text, value: text, since: instant }),
};

export const tableNames = ['event', 'issue_episode', 'sync_cycle', 'state'] as const;
export type TableName = (typeof tableNames)[number];

/** Whether a cell of this column may be this; what it tells of a column is asked for in SQL elsewhere. */
export function accepts(table: TableName, column: string, value: unknown): boolean {
  const columns: Readonly<Record<string, z.ZodMiniType>> = shapes[table].shape;
  const shape = columns[column];
  return shape !== undefined && z.safeParse(shape, value).success;
}

/** The columns that the public views are made of. */
export const columnsOf = (table: TableName): readonly string[] => Object.keys(shapes[table].shape);

/** A row of one of the tables below the public views, every cell checked. */
export const tableRow = z.discriminatedUnion('table', [
  z.object({ table: z.literal('event'), row: shapes.event }),
  z.object({ table: z.literal('issue_episode'), row: shapes.issue_episode }),
  z.object({ table: z.literal('sync_cycle'), row: shapes.sync_cycle }),
  z.object({ table: z.literal('state'), row: shapes.state }),
]);
export type TableRow = z.infer<typeof tableRow>;
