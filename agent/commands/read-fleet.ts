import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import * as z from 'zod/mini';
import { asForeignDatabaseError } from '../export/foreign-database-error.ts';
import { withForeign } from '../fleet/attach.ts';
import { MergedDatabase } from '../fleet/merged-database.ts';
import { type ReadingAnswer, readingRequest, readingTask } from '../fleet/messages.ts';
import { readDigest } from '../fleet/read-digest.ts';
import { exitStatus, type Subcommand } from './command.ts';

/**
 * The process that `fleet` starts to read databases; for nobody else, so the help does not list it. A file that crashes its reader
 * takes this process along, and not the report.
 */
export const readFleet: Subcommand = {
  configure(command, call) {
    command.addHelpText('after', '\nExample:\n  psso-monitor read-fleet < requests.ndjson\n');
    call(async () => {
      const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
      const first = await lines.next();
      if (first.done === true) return exitStatus.done;
      const { merged, since } = z.parse(readingTask, JSON.parse(first.value));
      // A process before this one may have begun it, and crashed.
      const isNew = merged === null || !existsSync(merged);
      const into = new MergedDatabase(merged ?? ':memory:');
      if (isNew && merged !== null) into.create();
      for await (const line of { [Symbol.asyncIterator]: () => lines }) {
        const { mac, path } = z.parse(readingRequest, JSON.parse(line));
        const answer = answerFor(mac, path);
        process.stdout.write(`${JSON.stringify(answer)}\n`);
      }
      into.close();
      return exitStatus.done;

      function answerFor(mac: string, path: string): ReadingAnswer {
        try {
          return withForeign(into.db, path, () => {
            const digest = readDigest(into.db, since);
            if (merged !== null) into.take(mac, digest.schemaVersion, since);
            return { mac, digest };
          });
        } catch (error) {
          const { reason, detail } = asForeignDatabaseError(error);
          return { mac, reason, detail };
        }
      }
    });
  },
};
