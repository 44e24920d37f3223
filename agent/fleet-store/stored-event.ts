import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import { columnNamesOf } from '../store/tables.ts';
import { Cells } from './new-rows.ts';
import type { SharedTexts } from './shared-texts.ts';
import type { NamedRow } from './store-tables.ts';

const column = Object.fromEntries(columnNamesOf('event').map((name, index) => [name, index]));
const at = (name: string) => column[name] ?? 0;

export type EventCells = Omit<NamedRow<'events'>, 'history' | 'mac' | 'user'> & {
  readonly id: number;
  readonly at: number;
  readonly kind: string;
  readonly issue: string | null;
  readonly from_state: string | null;
  readonly to_state: string | null;
  readonly agent_version: string;
  readonly detail: string;
};

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
const withColumns = /"(?:causes|reason|lagSeconds|activeLagSeconds)":/;

/** A checked event, with the columns that a query would look for in `detail`. */
export function eventCells(row: readonly (string | number | null)[], shared: SharedTexts): EventCells {
  const cells = new Cells('event', row);
  const detail = cells.text(at('detail'));
  const found = withColumns.test(detail) ? z.parse(detailShape, jsonOf(detail)) : {};
  const [cause] = found.causes ?? [];
  return {
    id: cells.integer(at('id')),
    at: cells.instant(at('at')),
    kind: shared.of(cells.text(at('kind'))),
    issue: shared.orNull(cells.textOrNull(at('issue'))),
    severity: shared.of(cells.text(at('severity'))),
    summary: shared.of(cells.text(at('summary'))),
    from_state: shared.orNull(cells.textOrNull(at('from_state'))),
    to_state: shared.orNull(cells.textOrNull(at('to_state'))),
    macos: shared.of(cells.text(at('macos'))),
    agent_version: shared.of(cells.text(at('agent_version'))),
    cause: cause?.id ?? null,
    cause_grade: cause?.grade ?? null,
    reason: found.reason ?? null,
    lag_seconds: smallOrNull(found.lagSeconds),
    active_lag_seconds: smallOrNull(found.activeLagSeconds),
    detail,
  };
}

function smallOrNull(value: number | null | undefined): number | null {
  return value !== null && value !== undefined && Math.abs(value) <= 0x7fffffff ? value : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** Two histories with the same id differ by it: the whole event, as the database holds it. */
export function hashOf(row: readonly (string | number | null)[]): string {
  return hash('sha256', JSON.stringify(row));
}
