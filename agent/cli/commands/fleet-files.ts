import { randomUUID } from 'node:crypto';
import { accessSync, constants, existsSync, renameSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { ListedSummary } from '../../fleet/fleet-output.ts';
import type { NamedDatabases } from '../../fleet/found-databases.ts';
import { ProblemError, UsageError } from '../../shared/errors.ts';
import { writePrivatePieces } from '../../shared/private-file.ts';
import type { EpochMs } from '../../shared/time.ts';
import { refuseOverwriting } from '../options/export-options.ts';
import type { Progress } from '../print/progress.ts';

/** The files that `fleet` writes, by their options. */
export interface FleetFiles {
  out?: string;
  html?: string;
  pages?: string;
  otel?: string;
  store?: string;
}

/** Refuses a file that can't be written before the reading, which can take long. */
export function refuseUnwritable({ out, html, pages, otel, store }: FleetFiles, force: boolean): void {
  for (const file of [out, html, store === undefined ? otel : undefined])
    if (file !== undefined && file !== '-') {
      // The folder of the pages is made later.
      if (isBelow(file, pages)) refuseOverwriting(file, force);
      else refuseWriting(file, force);
    }
}

function refuseWriting(file: string, force: boolean): void {
  refuseOverwriting(file, force);
  const folder = dirname(resolve(file));
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UsageError(`the folder ${folder} for ${basename(file)} does not exist.`);
  try {
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw new ProblemError(`you can't write to ${folder}.`, { cause });
  }
}

const isBelow = (file: string, folder: string | undefined) =>
  folder !== undefined && dirname(resolve(file)) === resolve(folder);

/** The path of the merged database while it is written: beside the output file, for an atomic rename. */
export function temporaryOf({ out }: FleetFiles): { merged: string | null; leftovers: string[] } {
  if (out === undefined) return { merged: null, leftovers: [] };
  const merged = join(dirname(resolve(out)), `.${basename(out)}.${randomUUID()}`);
  return { merged, leftovers: [merged, `${merged}-journal`] };
}

/** Writes the page of each Mac. Returns their addresses, relative to the report. */
export async function writePages(
  { list }: ListedSummary,
  found: NamedDatabases,
  { pages: folder, html }: FleetFiles,
  given: { since: EpochMs | null; now: EpochMs; force: boolean; progress: Progress },
): Promise<Record<string, string>> {
  if (folder === undefined || html === undefined) return {};
  const { writeMacPages } = await import('../../report/write-mac-pages.ts');
  const macs = new Set<string>();
  for (const { mac } of list) macs.add(mac);
  const databases = [...found].filter(({ mac }) => macs.has(mac));
  const written = await writeMacPages(databases, {
    ...given,
    folder,
    progress: (done) => given.progress.say(`${done} of ${databases.length} pages written`),
  });
  const address = (file: string) =>
    relative(dirname(resolve(html)), resolve(file))
      .split(sep)
      .map(encodeURIComponent)
      .join('/');
  return Object.fromEntries([...written].map(([mac, file]) => [mac, address(file)]));
}

export async function writeFiles(
  summary: ListedSummary,
  { merged, pages }: { merged: string | null; pages: Record<string, string> },
  { out, html }: FleetFiles,
  force: boolean,
): Promise<void> {
  if (html !== undefined) {
    const { fleetReportHtml } = await import('../../report/html.ts');
    await writePrivatePieces(html, fleetReportHtml(summary, pages), { force });
  }
  if (out === undefined || merged === null || !existsSync(merged)) return;
  refuseOverwriting(out, force);
  renameSync(merged, out);
}
