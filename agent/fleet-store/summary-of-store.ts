import { existsSync } from 'node:fs';
import type { Digest } from '../fleet/digest.ts';
import type { FleetSummary } from '../fleet/fleet-output.ts';
import { type FleetOptions, summarise } from '../fleet/summarise.ts';
import { digestOfRecord, unpackRecord } from './history-record.ts';
import { Ledger, type LedgerHistory } from './ledger.ts';
import { SharedTexts } from './shared-texts.ts';
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

/** The summary of a fleet from its store: what was ever pulled, with the trend by week. */
export function summaryOfStore(store: string, options: StoreSummaryOptions): FleetSummary {
  const ledger = new Ledger(store, { write: false });
  try {
    const keptSince = ledger.number('kept-since') ?? Number.NEGATIVE_INFINITY;
    const since = options.since === null ? keptSince : Math.max(options.since, keptSince);
    const from = Number.isFinite(since) ? since : null;
    const weeks = new Weeks(options.now);
    const shared = new SharedTexts();
    const named = new Map<string, { history: LedgerHistory; digest: Digest }>();
    const branches: { mac: string; branchOf: string }[] = [];
    const macOf = new Map<string, string>();
    let done = 0;
    for (const history of ledger.histories()) {
      if (++done % 500 === 0) options.progress(`${done} Macs summarised`);
      if (history.id === history.base) macOf.set(history.id, history.mac);
      else branches.push({ mac: history.mac, branchOf: history.base });
      if (history.lastAt < keptSince) continue;
      const record = unpackRecord(history.record);
      const digest = digestOfRecord(record, from, shared);
      weeks.add(record, digest);
      const known = named.get(history.mac);
      // A Mac that was set up again has a new history under the old name.
      if (known !== undefined && known.history.lastAt >= history.lastAt) continue;
      const { id } = history;
      named.set(history.mac, { history, digest: { ...digest, state: { ...digest.state, history: id } } });
    }
    const macs = [...named.values()].map(({ history: { mac, host }, digest }) => ({ mac, host, digest }));
    const skipped = options.files?.skipped ?? [];
    const found = options.files?.found ?? ledger.fileCount;
    const summary = summarise(
      { macs, skipped },
      { ...options, since: from === keptSince ? options.since : from },
    );
    return {
      ...summary,
      files: {
        found,
        read: found - skipped.length,
        skipped: [...skipped],
        duplicates: ledger
          .otherFiles()
          .filter(({ path }) => existsSync(path))
          .map(({ mac, sameAs }) => ({ mac, sameAs })),
        branches: branches.map(({ mac, branchOf }) => ({ mac, branchOf: macOf.get(branchOf) ?? branchOf })),
      },
      weeks: weeks.all(from),
    };
  } finally {
    ledger.close();
  }
}
