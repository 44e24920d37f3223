import { resolve } from 'node:path';
import { evidenceKinds, type History, historyOf } from '../history/history.ts';
import { lastPollIn, lastPollRecorded, newestRecord } from '../history/last-poll.ts';
import { ProblemError } from '../shared/errors.ts';
import type { Paths } from '../shared/paths.ts';
import type { EpochMs } from '../shared/time.ts';
import { openReader } from '../store/reader.ts';
import type { MacReportOptions } from './mac-report.ts';

interface LoadedHistory {
  readonly history: History;
  readonly lastPoll: MacReportOptions['lastPoll'];
}

/** The history of the calling user. Throws StoreError. */
export function loadOwnHistory(paths: Paths, since: EpochMs | undefined): LoadedHistory {
  const reader = openReader({ path: paths.database });
  try {
    return { history: historyOf(reader, since), lastPoll: lastPollIn(paths.dataDir, reader) };
  } finally {
    reader.close();
  }
}

/** The history of an untrusted database: runs no SQL of it, and does not change it. Throws ProblemError. */
export async function loadUntrustedHistory(path: string, since: EpochMs | undefined): Promise<LoadedHistory> {
  const { UntrustedDatabaseError, readUntrustedDatabase } = await import(
    '../untrusted/read-untrusted-database.ts'
  );
  try {
    const found = readUntrustedDatabase(resolve(path));
    const events = found.events.filter(({ at }) => since === undefined || Date.parse(at) >= since);
    const evidence = found.events.filter(({ kind }) => evidenceKinds.includes(kind));
    return {
      history: { ...found, events, evidence },
      lastPoll: lastPollRecorded(newestRecord(found.events, found.state)),
    };
  } catch (cause) {
    if (!(cause instanceof UntrustedDatabaseError)) throw cause;
    const message = `${path} can't be read as a database of PSSO Monitor: ${cause.message}.`;
    throw new ProblemError(message, { cause });
  }
}
