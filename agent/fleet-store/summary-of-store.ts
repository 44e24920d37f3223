import { existsSync } from 'node:fs';
import type { FleetSummary, ListedSummary } from '../fleet/fleet-output.ts';
import { type FleetOptions, FleetTally } from '../fleet/fleet-tally.ts';
import { digestOfRecord } from './history-record.ts';
import { Ledger } from './ledger.ts';
import type { ListedHistory } from './ledger-history.ts';
import { type RecordedHistory, recordedHistories } from './recorded-histories.ts';
import { Weeks } from './weeks.ts';

/** What the run before the report found; null: the report is of the store alone. */
interface FilesOfRun {
  readonly found: number;
  readonly skipped: FleetSummary['files']['skipped'];
}

export interface StoreSummaryOptions extends FleetOptions {
  readonly files: FilesOfRun | null;
  readonly progress: (text: string) => void;
}

/**
 * The summary of a fleet from its store: what was ever pulled, with the trend by week. One history after the
 * other, so that memory hardly grows with the fleet.
 */
export function summaryOfStore(store: string, options: StoreSummaryOptions): ListedSummary {
  const ledger = new Ledger(store, 'read');
  try {
    const keptSince = ledger.number('kept-since') ?? Number.NEGATIVE_INFINITY;
    const since = options.since === null ? keptSince : Math.max(options.since, keptSince);
    const from = Number.isFinite(since) ? since : null;
    const weeks = new Weeks(options.now);
    const tally = new FleetTally({ ...options, since: from === keptSince ? options.since : from });
    let done = 0;
    for (const ofMac of byMac(recordedHistories(ledger.histories(keptSince), ledger.records(keptSince)))) {
      const newest = ofMac.reduce((one, other) => (one.history.lastAt >= other.history.lastAt ? one : other));
      for (const { history, record } of ofMac) {
        if (++done % 500 === 0) options.progress(`${done} Macs summarised`);
        const digest = digestOfRecord(record, from);
        weeks.add(record, digest);
        // A Mac that was set up again has a new history under the old name.
        if (history === newest.history)
          tally.add(history.mac, { ...digest, state: { ...digest.state, history: history.id } });
      }
    }
    const skipped = options.files?.skipped ?? [];
    const found = options.files?.found ?? ledger.fileCount;
    const summary = tally.summary({
      macs: ledger.macCount(keptSince),
      files: {
        found,
        read: found - skipped.length,
        skipped: [...skipped],
        duplicates: ledger
          .otherFiles()
          .filter(({ path }) => existsSync(path))
          .map(({ mac, sameAs }) => ({ mac, sameAs })),
        branches: ledger.branchedMacs(),
      },
    });
    return { ...summary, weeks: weeks.all(from) };
  } finally {
    ledger.close();
  }
}

type RecordedListed = RecordedHistory<ListedHistory>;

/** The histories of each name of a Mac. */
function* byMac(all: Iterable<RecordedListed>): Generator<RecordedListed[], void> {
  let same: RecordedListed[] = [];
  for (const one of all) {
    if (same[0] !== undefined && same[0].history.mac !== one.history.mac) {
      yield same;
      same = [];
    }
    same.push(one);
  }
  if (same.length > 0) yield same;
}
