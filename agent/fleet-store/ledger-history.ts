/** Where the store stands with one history, or one branch of it. */
export interface LedgerHistory {
  /** `ID`, or `ID~2` of a branch. */
  readonly id: string;
  /** The id in the database. */
  readonly base: string;
  /** Empty: `--keep` has deleted the months of the history, and the ledger has forgotten its Mac. */
  readonly mac: string;
  readonly host: string;
  readonly lastId: number;
  readonly lastAt: number;
  /** The number and the hash of the last event of earlier runs, the newest first. */
  readonly marks: readonly (readonly [id: number, hash: string])[];
  /** The history record, compressed. */
  readonly record: Uint8Array;
}

/** A history in the list of all. */
export type ListedHistory = Pick<LedgerHistory, 'id' | 'mac' | 'lastAt'>;

/** The row of a history in the ledger. */
export interface HistoryRow {
  readonly id: string;
  readonly base: string;
  readonly mac: string;
  readonly host: string;
  readonly last_id: number;
  readonly last_at: number;
  readonly marks: string;
  readonly record: Uint8Array;
}

type ListedRow = Pick<HistoryRow, 'id' | 'mac' | 'last_at'>;

/** Throws an Error for an invalid row: SQLite stores any type in any column. */
export function historyInRow(row: HistoryRow): LedgerHistory {
  const { id, base, mac, host, last_id: lastId, last_at: lastAt, record } = row;
  const isValid =
    [id, base, mac, host, row.marks].every((text) => typeof text === 'string') &&
    [lastId, lastAt].every((number) => Number.isSafeInteger(number)) &&
    record instanceof Uint8Array;
  if (!isValid) throw new Error('the row of a history is invalid');
  return { id, base, mac, host, lastId, lastAt, marks: marksIn(row.marks), record };
}

/** Throws an Error for an invalid row, as `historyInRow`. */
export function listedHistoryInRow({ id, mac, last_at: lastAt }: ListedRow): ListedHistory {
  const isValid = typeof id === 'string' && typeof mac === 'string' && Number.isSafeInteger(lastAt);
  if (!isValid) throw new Error('the row of a history is invalid');
  return { id, mac, lastAt };
}

/** Throws an Error for an invalid row. */
export function recordInRow({ record }: Pick<HistoryRow, 'record'>): Uint8Array {
  if (!(record instanceof Uint8Array)) throw new Error('the row of a history is invalid');
  return record;
}

function marksIn(text: string): [number, string][] {
  const parsed: unknown = JSON.parse(text);
  if (!Array.isArray(parsed)) throw new Error('the marks of a history are invalid');
  return parsed.map((mark: unknown) => {
    const [id, hash] = Array.isArray(mark) ? mark : [];
    if (!Number.isSafeInteger(id) || typeof hash !== 'string')
      throw new Error('the marks of a history are invalid');
    return [id, hash];
  });
}
