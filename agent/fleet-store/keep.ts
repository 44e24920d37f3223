import type { EpochMs } from '../shared/time.ts';
import { emptyRecord, packRecord } from './history-record.ts';
import { Ledger } from './ledger.ts';
import { deleteStoreFiles, storeFiles } from './store-folder.ts';
import { monthOf } from './store-tables.ts';

/**
 * Deletes the months that ended before an instant, by whole files. The report leaves them out, and the
 * ledger forgets the histories that ended in them. Files of `unknown` months stay: their instants are of
 * wrong clocks.
 */
export function keepInStore(store: string, since: EpochMs): void {
  const first = monthOf(since);
  const ledger = new Ledger(store, 'write');
  try {
    const keptSince = Math.max(Date.parse(`${first}-01T00:00:00Z`), ledger.number('kept-since') ?? 0);
    ledger.set('kept-since', String(keptSince));
    ledger.forgetHistoriesBefore(keptSince, packRecord(emptyRecord));
    // The ledger first: a report must not count what the files no longer hold.
    ledger.commit(ledger.run);
    const old = storeFiles(store).filter(({ month }) => month !== 'unknown' && month < first);
    deleteStoreFiles(store, old);
    for (const { path } of old) ledger.forgetHash(path);
    ledger.commit(ledger.run);
  } finally {
    ledger.close();
  }
}
