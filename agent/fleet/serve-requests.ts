import { mkdtempSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod/mini';
import { dropPrivileges } from '../untrusted/drop-privileges.ts';
import { KnownSchemas } from '../untrusted/known-schemas.ts';
import { asUntrustedDatabaseError } from '../untrusted/untrusted-database-error.ts';
import { withAttached } from './attach-untrusted.ts';
import { checkCells } from './check-cells.ts';
import { MergedDatabase, MergedDatabaseError } from './merged-database.ts';
import { type FinishRequest, type ReadingAnswer, readingRequest, readingTask } from './messages.ts';
import { readDigest } from './read-digest.ts';

/**
 * The loop of the untrusted reader: reads the task, then one request a line, and replies to each. `uid`: of
 * root, the user whose rights alone it keeps, before it opens a file.
 */
export async function serveRequests(
  input: NodeJS.ReadableStream,
  reply: (answer: ReadingAnswer) => void,
  uid: number | null,
): Promise<void> {
  if (uid !== null) dropPrivileges(uid);
  const lines = createInterface({ input })[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done === true) return;
  const { merged, scratch, areCopies: isCopy, ...range } = z.parse(readingTask, JSON.parse(first.value));
  // Only this user may read the merged database and the copies.
  process.umask(0o077);
  // A reader that crashed may have created it; root's caller makes an empty file.
  const isNew = merged === null || (statSync(merged, { throwIfNoEntry: false })?.size ?? 0) === 0;
  const into = new MergedDatabase(merged ?? ':memory:');
  if (isNew && merged !== null) into.create();
  const place = { scratch: mkdtempSync(join(scratch, 'reader-')), schemas: new KnownSchemas() };
  for await (const line of { [Symbol.asyncIterator]: () => lines }) {
    const request = z.parse(readingRequest, JSON.parse(line));
    reply('leftOut' in request ? finish(request) : answerFor(request.mac, request.path));
  }
  into.close();

  function finish(request: FinishRequest): ReadingAnswer {
    try {
      into.finish(request);
      return { finished: true };
    } catch (error) {
      return { mac: '', unwritable: asUntrustedDatabaseError(error).message };
    }
  }

  function answerFor(mac: string, path: string): ReadingAnswer {
    try {
      return withAttached(into.db, { path, isCopy }, place, () => {
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
}
