import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FoundDatabase } from '../fleet/find-databases.ts';
import { withPathsToRead } from '../history/paths-to-read.ts';
import { ProblemError } from '../shared/errors.ts';
import { writePrivateFile } from '../shared/private-file.ts';
import { sanitiseLine } from '../shared/safe-text.ts';
import type { EpochMs } from '../shared/time.ts';
import { StoreError } from '../store/errors.ts';
import { pageParts } from './build-page.ts';
import { macReportHtml } from './html.ts';
import { loadHistory } from './load-history.ts';
import { macReport } from './mac-report.ts';

export interface MacPagesOptions {
  readonly folder: string;
  readonly since: EpochMs | null;
  readonly now: EpochMs;
  readonly force: boolean;
  readonly progress: (done: number) => void;
}

/**
 * Writes the page of each Mac into the folder. Returns the paths by the Macs' names; a Mac whose database can
 * not be read has none.
 */
export async function writeMacPages(
  databases: readonly FoundDatabase[],
  { folder, since, now, force, progress }: MacPagesOptions,
): Promise<Map<string, string>> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pages = new Map<string, string>();
  const taken = new Set<string>();
  const parts = await pageParts();
  for (const [index, { mac, path }] of databases.entries()) {
    progress(index);
    const loaded = await loadedOrNull(path, since ?? undefined, now);
    if (loaded === null) continue;
    const { history, lastPoll, silences } = loaded;
    const subject = { mac, file: sanitiseLine(path) };
    const html = await macReportHtml(macReport(history, { now, lastPoll, silences, subject }), parts);
    const file = join(folder, fileNameOf(mac, taken));
    writePrivateFile(file, html, { force });
    pages.set(mac, file);
  }
  return pages;
}

async function loadedOrNull(path: string, since: EpochMs | undefined, now: EpochMs) {
  try {
    return await withPathsToRead({ database: path }, (paths) => loadHistory(paths, since, now));
  } catch (error) {
    if (error instanceof ProblemError || error instanceof StoreError) return null;
    throw error;
  }
}

/** A name for any file system, and unlike the earlier ones. */
function fileNameOf(mac: string, taken: Set<string>): string {
  const plain = mac.replace(/[^\w.-]+/g, '_').slice(0, 100) || 'mac';
  let name = plain;
  // The case counts on some file systems only; index.html is the page of the fleet.
  const isTaken = () => name.toLowerCase() === 'index' || taken.has(name.toLowerCase());
  for (let number = 2; isTaken(); number++) name = `${plain}-${number}`;
  taken.add(name.toLowerCase());
  return `${name}.html`;
}
