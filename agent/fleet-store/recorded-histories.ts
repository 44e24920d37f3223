import { type HistoryRecord, unpackRecords } from './history-record.ts';

/** A history of the ledger with its record. */
export interface RecordedHistory<History> {
  readonly history: History;
  readonly record: HistoryRecord;
}

/**
 * The histories with their records, which are given in the same order. Throws ProblemError, and Error for
 * more of the one than of the other.
 */
export function* recordedHistories<History>(
  histories: Iterable<History>,
  packed: Iterable<Uint8Array>,
): Generator<RecordedHistory<History>, void> {
  const records = unpackRecords(packed);
  try {
    for (const history of histories) {
      const next = records.next();
      if (next.done === true) throw new Error('a history has no record');
      yield { history, record: next.value };
    }
    if (records.next().done !== true) throw new Error('a record has no history');
  } finally {
    records.return();
  }
}
