import * as z from 'zod/mini';
import { sanitiseLine } from '../shared/safe-text.ts';
import { type Column, columnsOf, type HistoryTable } from '../store/tables.ts';

/** More than an agent writes in many years; a text in characters. */
export const limits = { rows: 1_000_000, text: 65_536 } as const;

/** The years 1 to 9999: the range of ISO 8601. */
export const instants = { first: -62_135_596_800_000, last: 253_402_300_799_999 } as const;

/**
 * An agent's own texts have no control characters, so they stay unchanged; a terminal must not obey other
 * texts.
 */
const text = z.pipe(
  z.string().check(z.maxLength(limits.text)),
  z.transform((value) => sanitiseLine(value, Number.POSITIVE_INFINITY)),
);

const cells = {
  text,
  integer: z.int(),
  instant: z.int().check(z.minimum(instants.first), z.maximum(instants.last)),
} as const satisfies Record<Column['type'], z.ZodMiniType>;

function rowOf<Table extends HistoryTable>(table: Table) {
  const shapes = columnsOf(table).map(({ name, type, nullable }) => {
    const cell: z.ZodMiniType<string | number | null> = nullable ? z.nullable(cells[type]) : cells[type];
    return [name, cell] as const;
  });
  return z.object({ table: z.literal(table), row: z.object(Object.fromEntries(shapes)) });
}

/** A row of one of the tables below the public views, with every cell checked. */
export const tableRow = z.discriminatedUnion('table', [
  rowOf('event'),
  rowOf('issue_episode'),
  rowOf('sync_cycle'),
  rowOf('state'),
]);
export type TableRow = z.infer<typeof tableRow>;
