import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import { CheckedColumns, invalidRow, isSmall, type SentCell, type SentColumns } from './sent-columns.ts';
import type { Columns, NamedRow } from './store-tables.ts';
import { type TextCells, TextNumbering } from './text-cells.ts';

/** Checked events, with the columns that a query would look for in `detail`. */
export interface EventColumns extends Columns<Omit<NamedRow<'events'>, 'history' | 'mac' | 'user'>> {
  readonly id: Float64Array;
  readonly at: Float64Array;
  readonly kind: TextCells;
  readonly issue: TextCells;
  readonly from_state: TextCells;
  readonly to_state: TextCells;
  readonly agent_version: TextCells;
  readonly detail: TextCells;
}

const detailShape = z.catch(
  z.object({
    causes: z.optional(z.catch(z.array(z.object({ id: z.string(), grade: z.string() })), [])),
    reason: z.optional(z.catch(z.string(), '')),
    lagSeconds: z.optional(z.catch(z.nullable(z.int()), null)),
    activeLagSeconds: z.optional(z.catch(z.nullable(z.int()), null)),
  }),
  {},
);

/** Only these have something that is a column of its own. */
const withColumns = /"(?:causes|reason|lagSeconds|activeLagSeconds)":(?!null)/;

/** The events after the number `after`. Throws UntrustedDatabaseError. */
export function eventColumns(sent: SentColumns, after: number): EventColumns {
  const ids = new CheckedColumns('event', sent).integers('id');
  if (!ids.every(isAboveBefore)) throw invalidRow('event');
  const first = ids.findIndex((id) => id > after);
  const cells = new CheckedColumns('event', sent, first === -1 ? ids.length : first);
  const detail = cells.texts('detail');
  return {
    id: cells.integers('id'),
    at: cells.instants('at'),
    kind: cells.texts('kind'),
    issue: cells.textsOrNull('issue'),
    severity: cells.texts('severity'),
    summary: cells.texts('summary'),
    from_state: cells.textsOrNull('from_state'),
    to_state: cells.textsOrNull('to_state'),
    macos: cells.texts('macos'),
    agent_version: cells.texts('agent_version'),
    ...columnsIn(detail),
    detail,
  };
}

const isAboveBefore = (id: number, index: number, ids: Float64Array) => id > (ids[index - 1] ?? -Infinity);

function columnsIn(detail: TextCells) {
  const rows = detail.at.length;
  const lag_seconds = new Float64Array(rows).fill(Number.NaN);
  const active_lag_seconds = lag_seconds.slice();
  const causes = new TextNumbering('cause');
  const grades = new TextNumbering('cause_grade');
  const reasons = new TextNumbering('reason');
  const [cause, cause_grade, reason] = [noText(rows), noText(rows), noText(rows)];
  const has = detail.texts.map((text) => withColumns.test(text));
  for (let row = 0; row < rows; row++) {
    const number = detail.at[row] ?? -1;
    if (has[number] !== true) continue;
    const found = z.parse(detailShape, jsonOf(detail.texts[number] ?? ''));
    cause[row] = causes.numberOf(found.causes?.[0]?.id ?? null);
    cause_grade[row] = grades.numberOf(found.causes?.[0]?.grade ?? null);
    reason[row] = reasons.numberOf(found.reason ?? null);
    lag_seconds[row] = smallIn(found.lagSeconds);
    active_lag_seconds[row] = smallIn(found.activeLagSeconds);
  }
  return {
    cause: { texts: causes.texts, at: cause },
    cause_grade: { texts: grades.texts, at: cause_grade },
    reason: { texts: reasons.texts, at: reason },
    lag_seconds,
    active_lag_seconds,
  };
}

const noText = (rows: number) => new Int32Array(rows).fill(-1);

/** NaN: null. */
function smallIn(value: number | null | undefined): number {
  return value !== null && value !== undefined && isSmall(value) ? value : Number.NaN;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** Two histories with the same id differ by it: the whole event, as the database holds it. */
export function hashOf(row: readonly SentCell[]): string {
  return hash('sha256', JSON.stringify(row));
}
