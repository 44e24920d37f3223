import { existsSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod/mini';
import { withAttached } from '../../fleet/attach-untrusted.ts';
import { checkCells } from '../../fleet/check-cells.ts';
import { MergedDatabase, MergedDatabaseError } from '../../fleet/merged-database.ts';
import { type ReadingAnswer, readingRequest, readingTask } from '../../fleet/messages.ts';
import { readDigest } from '../../fleet/read-digest.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import { asUntrustedDatabaseError } from '../../untrusted/untrusted-database-error.ts';
import type { Subcommand } from '../subcommand.ts';

/**
 * The untrusted reader of many databases. Only `fleet` starts it, so the help does not list it. A file that
 * crashes the reader ends this process and not `fleet`.
 */
export const readFleet: Subcommand = {
  configure(command, call) {
    command.addHelpText('after', '\nExample:\n  psso-monitor read-fleet < requests.ndjson\n');
    call(async () => {
      const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
      const first = await lines.next();
      if (first.done === true) return exitStatus.done;
      const { merged, scratch, ...range } = z.parse(readingTask, JSON.parse(first.value));
      // Only this user may read the merged database and the copies.
      process.umask(0o077);
      // A reader that crashed may have created it.
      const isNew = merged === null || !existsSync(merged);
      const into = new MergedDatabase(merged ?? ':memory:');
      if (isNew && merged !== null) into.create();
      const copies = mkdtempSync(join(scratch, 'reader-'));
      for await (const line of { [Symbol.asyncIterator]: () => lines }) {
        const { mac, path } = z.parse(readingRequest, JSON.parse(line));
        const answer = answerFor(mac, path);
        process.stdout.write(`${JSON.stringify(answer)}\n`);
      }
      into.close();
      return exitStatus.done;

      function answerFor(mac: string, path: string): ReadingAnswer {
        try {
          return withAttached(into.db, path, copies, () => {
            checkCells(into.db);
            const digest = readDigest(into.db, range);
            if (merged !== null) into.take(mac, digest.schemaVersion, range.since);
            return { mac, digest };
          });
        } catch (error) {
          if (error instanceof MergedDatabaseError) return { mac, unwritable: error.message };
          const { reason, detail } = asUntrustedDatabaseError(error);
          return { mac, reason, detail };
        }
      }
    });
  },
};
