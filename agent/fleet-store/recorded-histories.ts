import { type HistoryRecord, unpackRecords } from './history-record.ts';
import type { LedgerHistory } from './ledger-history.ts';

/** A history of the ledger with its record. */
export interface RecordedHistory {
  readonly history: LedgerHistory;
  readonly record: HistoryRecord;
}

/** More would take more memory, and hardly less time. */
const unpackedAtOnce = 16;

/** The histories with their records, a few of which are unpacked at once. Throws ProblemError. */
export function* recordedHistories(histories: Iterable<LedgerHistory>): Generator<RecordedHistory, void> {
  let waiting: LedgerHistory[] = [];
  for (const history of histories) {
    waiting.push(history);
    if (waiting.length < unpackedAtOnce) continue;
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
