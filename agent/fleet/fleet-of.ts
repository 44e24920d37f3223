// fleet/: the databases of many Macs, which another process reads one by one: the summary and the merged
// database. `fleetOf` computes the summary.

import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { sanitiseLine } from '../shared/safe-text.ts';
import { withTemporaryFiles } from '../shared/temporary-files.ts';
import { temporaryFolder } from '../shared/temporary-folder.ts';
import type { Digest } from './digest.ts';
import type { FleetSummary, ListedSummary } from './fleet-output.ts';
import type { FleetOptions } from './fleet-tally.ts';
import type { NamedDatabases } from './found-databases.ts';
import { finishMerged, readDatabases } from './read-all.ts';
import { summarise } from './summarise.ts';

export interface FleetOfOptions extends FleetOptions {
  /** The path of the merged database; null: none is made. */
  readonly merged: string | null;
  /** The command that starts this program. */
  readonly command: readonly string[];
  readonly progress: (done: number) => void;
}

/** Reads the databases of a fleet in another process, and summarises them. */
export async function fleetOf(
  { found, unreadable }: { found: NamedDatabases; unreadable: FleetSummary['files']['skipped'] },
  options: FleetOfOptions,
): Promise<ListedSummary> {
  const scratch = temporaryFolder('fleet', tmpdir());
  return await withTemporaryFiles([scratch], async () => {
    const macs: { mac: string; host: string; digest: Digest }[] = [];
    const skipped = [...unreadable];
    const notIn: string[] = [];
    let done = 0;
    const task = { merged: options.merged, since: options.since, now: options.now, scratch };
    for await (const read of readDatabases(found, task, options.command)) {
      done++;
      if (done % 50 === 0 || done === found.length) options.progress(done);
      if (read.kind === 'read') {
        const { mac, host = mac } = read.database;
        macs.push({ mac, host, digest: read.digest });
      } else {
        skipped.push({ file: sanitiseLine(read.database.path), reason: read.error.message });
        notIn.push(read.database.mac);
      }
    }
    const summary = summarise({ macs, skipped }, options);
    if (options.merged !== null && existsSync(options.merged)) {
      const leftOut = [...notIn, ...summary.files.duplicates.map(({ mac }) => mac)];
      const proven = Array.from(summary.list, ({ mac, proven }) => ({ mac, proven }));
      await finishMerged({ ...task, merged: options.merged }, { leftOut, proven }, options.command);
    }
    return summary;
  });
}
