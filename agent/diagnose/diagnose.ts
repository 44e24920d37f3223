import { materialOf } from '../capture/capture.ts';
import { FreeText } from '../capture/free-text.ts';
import { pathsToRead } from '../history/paths-to-read.ts';
import { Redactor } from '../mac/redact/redactor.ts';
import type { GlobalOptions } from '../shared/global-options.ts';
import { day, type EpochMs } from '../shared/time.ts';
import { version } from '../shared/version.ts';
import { extractDatabase, withDatabase } from './extract-database.ts';
import type { DiagnosisInput } from './part.ts';
import { parts } from './parts.ts';

interface PartResult {
  readonly file: string;
  readonly title: string;
  /** Why the part is not in the archive; null: it is in it. */
  readonly missing: string | null;
}

export interface Diagnosis {
  /** A zip archive. */
  readonly archive: Uint8Array;
  readonly parts: readonly PartResult[];
}

/** Polls this Mac and opens its history. `days`: the length of the history. */
export async function gatherDiagnosis(
  global: GlobalOptions,
  days: number,
  now: EpochMs,
): Promise<DiagnosisInput> {
  const material = await materialOf(global);
  const redactor = new Redactor();
  const freeText = new FreeText(redactor, material.snapshot.identities);
  const since = now - days * day;
  // The parts that need the history report why it can't be read.
  const paths = await pathsToRead(global).catch((error: unknown) => ({ error }));
  let made: Buffer | null = null;
  const extract = () => {
    if ('error' in paths) throw paths.error;
    made ??= extractDatabase(paths.database, since, freeText);
    return made;
  };
  return {
    global,
    material,
    redactor,
    freeText,
    now,
    since,
    extract,
    withExtract: (use) => withDatabase(extract(), use),
  };
}

/** Makes the archive. A part that fails is listed with its reason; the others are still made. */
export async function diagnose(from: DiagnosisInput, days: number): Promise<Diagnosis> {
  const { strToU8, zipSync } = await import('fflate');
  const files: Record<string, Uint8Array> = {};
  const results: PartResult[] = [];
  for (const { file, title, make } of parts) {
    let missing: string | null = null;
    try {
      const made = await make(from);
      if (made === null) missing = 'there is nothing from these days';
      for (const [name, content] of Object.entries(made ?? {}))
        files[name] = typeof content === 'string' ? strToU8(content) : new Uint8Array(content);
    } catch (error) {
      missing = from.freeText.redact(error instanceof Error ? error.message : String(error), 'foreign');
    }
    results.push({ file, title, missing });
  }
  const contents = contentsText(results, days, from.now);
  const archive = zipSync({ 'contents.txt': strToU8(contents), ...files }, { level: 6, mtime: from.now });
  return { archive, parts: results };
}

function contentsText(results: readonly PartResult[], days: number, now: EpochMs): string {
  const named = (of: readonly PartResult[]) => of.map(({ file, title }) => `${file.padEnd(16)}  ${title}`);
  const made = results.filter(({ missing }) => missing === null);
  const lost = results.filter(({ missing }) => missing !== null);
  return [
    `Made by PSSO Monitor ${version} at ${new Date(now).toISOString()}, for the last ${days} days.`,
    '',
    ...named(made),
    '',
    ...(lost.length === 0
      ? ['No part is missing.']
      : ['Missing:', ...lost.map(({ file, missing }) => `${file.padEnd(16)}  ${missing}`)]),
    '',
    'Names, domains, addresses, ids, keys, certificates and tokens are replaced by stand-ins. A stand-in is',
    'the same in every file of this archive; another archive has other stand-ins. Times, versions and',
    'switches are real.',
    '',
  ].join('\n');
}
