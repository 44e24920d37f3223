import { type HistoryRecord, mostRecordsAtOnce, unpackRecords } from './history-record.ts';
import type { LedgerHistory } from './ledger-history.ts';

/** A history of the ledger with its record. */
export interface RecordedHistory {
  readonly history: LedgerHistory;
  readonly record: HistoryRecord;
}

/** The histories with their records, a few of which are unpacked at once. Throws ProblemError. */
export function* recordedHistories(histories: Iterable<LedgerHistory>): Generator<RecordedHistory, void> {
  let waiting: LedgerHistory[] = [];
  for (const history of histories) {
    waiting.push(history);
    if (waiting.length < mostRecordsAtOnce) continue;
    yield* unpacked(waiting);
    waiting = [];
  }
  yield* unpacked(waiting);
}

function* unpacked(histories: readonly LedgerHistory[]): Generator<RecordedHistory, void> {
  let index = 0;
  for (const record of unpackRecords(histories.map(({ record }) => record))) {
    const history = histories[index++];
    if (history !== undefined) yield { history, record };
  }
}
