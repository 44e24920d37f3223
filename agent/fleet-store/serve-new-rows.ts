import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod/mini';
import { dropPrivileges } from '../untrusted/drop-privileges.ts';
import { asUntrustedDatabaseError } from '../untrusted/untrusted-database-error.ts';
import { type NewRowsAnswer, newRowsRequest } from './new-rows.ts';
import { PulledDatabases } from './pulled-databases.ts';
import { readNewRows } from './read-new-rows.ts';

/**
 * The loop of the untrusted reader for a store: one request a line, and an answer to each. `uid`: of
 * root, the user whose rights alone it keeps, before it opens a file.
 */
export async function serveNewRows(
  input: NodeJS.ReadableStream,
  scratch: string,
  reply: (answer: NewRowsAnswer) => void,
  uid: number | null,
): Promise<void> {
  if (uid !== null) dropPrivileges(uid);
  process.umask(0o077);
  const copies = mkdtempSync(join(scratch, 'reader-'));
  const databases = new PulledDatabases(copies);
  for await (const line of createInterface({ input })) {
    const request = z.parse(newRowsRequest, JSON.parse(line));
    try {
      reply(databases.with(request.path, (db) => readNewRows(db, request)));
    } catch (error) {
      const { reason, detail } = asUntrustedDatabaseError(error);
      reply({ reason, detail });
    }
  }
  rmSync(copies, { recursive: true, force: true });
}
