import type { EpochMs } from '../shared/time.ts';
import type { LedgerHistory } from './ledger-history.ts';
import type { NewRows } from './new-rows.ts';
import type { RecordedWindows } from './recorded-windows.ts';
import { sentRow } from './sent-columns.ts';
import { hashOf } from './stored-event.ts';

/** Which of the known branches a database belongs to, by the events that it was asked to compare. */
export type Belongs =
  /** It goes on, or has nothing new: an older copy. */
  | { readonly kind: 'known'; readonly history: LedgerHistory; readonly older: boolean }
  /** It has other events than every known branch. Its events up to `after` are those of a branch. */
  | { readonly kind: 'branch'; readonly number: number; readonly after: number };

/** The name of a branch: `ID`, `ID~2`, `ID~3` … */
export function branchId(base: string, number: number): string {
  return number === 1 ? base : `${base}~${number}`;
}

/** The events that tell the branches apart. */
export function comparedIds(branches: readonly LedgerHistory[]): number[] {
  return [...new Set(branches.flatMap(({ marks }) => marks.map(([id]) => id)))];
}

export function whichHistory(branches: readonly LedgerHistory[], compared: NewRows): Belongs {
  const hashes = new Map(
    Array.from({ length: compared.events.rows }, (_, index) => {
      const row = sentRow(compared.events, index) ?? [];
      return [Number(row[0]), hashOf(row)];
    }),
  );
  const { id: lastId, at: lastAt } = compared.last ?? { id: 0, at: 0 };
  let after = 0;
  for (const history of branches) {
    const common = history.marks.filter(([id]) => hashes.has(id));
    const equal = common.filter(([id, hash]) => hashes.get(id) === hash);
    const older = lastId < history.lastId;
    // A restored Mac has later events with smaller numbers; an older copy has none.
    const restored = older && lastAt > history.lastAt;
    if (equal.length === common.length && !restored) return { kind: 'known', history, older };
    after = equal.reduce((most, [id]) => Math.max(most, id), after);
  }
  return { kind: 'branch', number: branches.length + 1, after };
}

/** Whether the first new row proves that the database goes on where the store stands. */
export function goesOn(known: LedgerHistory, base: string, rows: NewRows): boolean {
  const first = sentRow(rows.events, 0);
  return (
    known.base === base &&
    first !== undefined &&
    Number(first[0]) === known.lastId &&
    hashOf(first) === known.marks[0]?.[1]
  );
}

/** The id of a history in its state. A database of an older agent has none: then the file's name is it. */
export function baseIdOf(rows: NewRows, mac: string): string {
  const [, value] = rows.state.find(([key]) => key === 'history') ?? [];
  return typeof value === 'string' && /^[0-9a-f]{32}$/.test(value) ? value : `name:${mac}`;
}

const mostMarks = 32;

/** The marks after a run, the newest first. */
export function withMark(
  marks: LedgerHistory['marks'],
  last: readonly [id: number, hash: string],
): LedgerHistory['marks'] {
  return [last, ...marks.filter(([id]) => id !== last[0])].slice(0, mostMarks);
}

/** Token cycles up to this instant are known: the reader counts them instead. Null: read all. */
export function windowsAfter({ staleFrom }: RecordedWindows): EpochMs | null {
  const readAgain = 20;
  if (staleFrom.length <= readAgain) return null;
  return new Float64Array(staleFrom).sort().at(-1 - readAgain) ?? null;
}
