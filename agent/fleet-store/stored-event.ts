import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import { CheckedColumns, invalidRow, isSmall, type SentCell, type SentColumns } from './sent-columns.ts';
import type { SharedTexts } from './shared-texts.ts';
import type { Columns, NamedRow } from './store-tables.ts';

/** Checked events, with the columns that a query would look for in `detail`. */
export interface EventColumns extends Columns<Omit<NamedRow<'events'>, 'history' | 'mac' | 'user'>> {
  readonly id: Float64Array;
  readonly at: Float64Array;
  readonly kind: readonly string[];
  readonly issue: readonly (string | null)[];
  readonly from_state: readonly (string | null)[];
  readonly to_state: readonly (string | null)[];
  readonly agent_version: readonly string[];
  readonly detail: readonly string[];
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
export function eventColumns(sent: SentColumns, after: number, shared: SharedTexts): EventColumns {
  const ids = new CheckedColumns('event', sent).integers('id');
  if (!ids.every(isAboveBefore)) throw invalidRow('event');
  const first = ids.findIndex((id) => id > after);
  const cells = new CheckedColumns('event', sent, { from: first === -1 ? ids.length : first, shared });
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

function columnsIn(detail: readonly string[]) {
  const none = () => new Array<string | null>(detail.length).fill(null);
  const [cause, cause_grade, reason] = [none(), none(), none()];
  const lag_seconds = new Float64Array(detail.length).fill(Number.NaN);
  const active_lag_seconds = lag_seconds.slice();
  for (const [row, text] of detail.entries()) {
    if (!withColumns.test(text)) continue;
    const found = z.parse(detailShape, jsonOf(text));
    cause[row] = found.causes?.[0]?.id ?? null;
    cause_grade[row] = found.causes?.[0]?.grade ?? null;
    reason[row] = found.reason ?? null;
    lag_seconds[row] = smallIn(found.lagSeconds);
    active_lag_seconds[row] = smallIn(found.activeLagSeconds);
  }
  return { cause, cause_grade, reason, lag_seconds, active_lag_seconds };
}

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
