import { resolve } from 'node:path';
import { evidenceKinds, type History, historyOf } from '../history/history.ts';
import { agentStatus } from '../history/status-of.ts';
import { ProblemError } from '../shared/errors.ts';
import type { Paths } from '../shared/paths.ts';
import type { EpochMs } from '../shared/time.ts';
import { openReader } from '../store/reader.ts';
import type { MacReportOptions } from './mac-report.ts';

interface LoadedHistory {
  readonly history: History;
  readonly agent: MacReportOptions['agent'];
}

/** The history of the calling user. Throws StoreError. */
export function loadOwnHistory(paths: Paths, since: EpochMs | undefined, now: EpochMs): LoadedHistory {
  const reader = openReader({ path: paths.database });
  try {
    const { running, lastLookAt } = agentStatus(paths.dataDir, reader, new Date(now));
    const agent = { running, lastLookAt: lastLookAt === null ? null : Date.parse(lastLookAt) };
    return { history: historyOf(reader, since), agent };
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
    return { history: { ...found, events, evidence }, agent: undefined };
  } catch (cause) {
    if (!(cause instanceof UntrustedDatabaseError)) throw cause;
    const message = `${path} can't be read as a database of PSSO Monitor: ${cause.message}.`;
    throw new ProblemError(message, { cause });
  }
}
