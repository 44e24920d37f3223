import { type HistoryRecord, unpackRecords } from './history-record.ts';

/** A history of the ledger with its record. */
export interface RecordedHistory<History> {
  readonly history: History;
  readonly record: HistoryRecord;
}

/** The histories with their records, which are given in the same order. Throws ProblemError. */
export function* recordedHistories<History>(
  histories: Iterable<History>,
  packed: Iterable<Uint8Array>,
): Generator<RecordedHistory<History>, void> {
  const records = unpackRecords(packed);
  try {
    for (const history of histories) {
      const { value: record } = records.next();
      if (record === undefined) return;
      yield { history, record };
    }
  } finally {
    records.return();
  }
}
