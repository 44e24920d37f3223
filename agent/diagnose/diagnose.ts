// diagnose/: the redacted archive for a support case. `parts.ts` lists what it holds: settings, log,
// history, state. `diagnose` gathers it.

import { materialOf } from '../capture/capture.ts';
import { FreeText } from '../capture/free-text.ts';
import { newestRecordIn } from '../history/last-poll.ts';
import { pathsToRead } from '../history/paths-to-read.ts';
import { Redactor } from '../mac/redact/redactor.ts';
import { readSilences } from '../notify/silences.ts';
import type { GlobalOptions } from '../shared/global-options.ts';
import { sanitiseJson, sanitiseOutput } from '../shared/safe-text.ts';
import { day, type EpochMs } from '../shared/time.ts';
import { version } from '../shared/version.ts';
import { openReader } from '../store/reader.ts';
import { stateByKey } from '../store/state-keys.ts';
import { extractDatabase, withDatabase } from './extract-database.ts';
import type { DiagnosisInput, Part } from './part.ts';
import { partsFor } from './parts.ts';

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

/** Polls this Mac, unless only a copy is diagnosed, and opens the history. `days`: its length. */
export async function gatherDiagnosis(
  global: GlobalOptions,
  days: number,
  now: EpochMs,
): Promise<DiagnosisInput> {
  const from = isOfCopy(global) ? await gatheredFromCopy(global, now) : await gatheredFromMac(global, now);
  const redactor = new Redactor();
  const freeText = new FreeText(redactor, from.identities);
  const since = from.end - days * day;
  let made: Buffer | null = null;
  const extract = () => {
    made ??= extractDatabase(from.database(), since, freeText);
    return made;
  };
  return {
    global,
    material: from.material,
    redactor,
    freeText,
    silences: from.silences,
    now,
    since,
    extract,
    withExtract: (use) => withDatabase(extract(), use),
  };
}

interface Gathered extends Pick<DiagnosisInput, 'material' | 'silences'> {
  /** Names to replace. */
  readonly identities: readonly string[];
  /** The last instant of the diagnosis. */
  readonly end: EpochMs;
  /** Its path. Throws when the history can't be read. */
  readonly database: () => string;
}

async function gatheredFromMac(global: GlobalOptions, now: EpochMs): Promise<Gathered> {
  const material = await materialOf(global);
  const { identities, settings } = material.snapshot;
  const { organizationName, helpdeskName } = settings.organisation.contacts;
  // The parts that need the history report why it can't be read; the others are made without it.
  const [paths] = await Promise.allSettled([pathsToRead(global)]);
  return {
    material,
    silences: paths.status === 'fulfilled' ? readSilences(paths.value.silences, now) : {},
    // The history has notifications that name the helpdesk.
    identities: [...identities, organizationName, helpdeskName].filter((name) => name !== null),
    end: now,
    database() {
      if (paths.status === 'rejected') throw paths.reason;
      return paths.value.database;
    },
  };
}

async function gatheredFromCopy(global: GlobalOptions, now: EpochMs): Promise<Gathered> {
  const { database, silences } = await pathsToRead(global);
  const reader = openReader({ path: database });
  try {
    const state = stateByKey(reader.state());
    return {
      material: null,
      silences: readSilences(silences, now),
      // Those that an admin lets the agent store.
      identities: (['user', 'device'] as const).flatMap((key) => state.get(key)?.value ?? []),
      // A copy can be old: its days end with its newest record.
      end: Math.min(now, newestRecordIn(reader) ?? now),
      database: () => database,
    };
  } finally {
    reader.close();
  }
}

/** Whether only a history is diagnosed: a copy, or any history on a system that is no Mac. */
export function isOfCopy({ database, sysroot }: GlobalOptions): boolean {
  return database !== undefined || (process.platform !== 'darwin' && sysroot === undefined);
}

/** Makes the archive. A part that fails is listed with its reason; the others are still made. */
export async function diagnose(from: DiagnosisInput, days: number): Promise<Diagnosis> {
  const { strToU8, zipSync } = await import('fflate');
  const files: Record<string, Uint8Array> = {};
  const results: PartResult[] = [];
  for (const part of partsFor(from.material === null)) {
    const { file, title } = part;
    let missing: string | null = null;
    try {
      const made = await filesOf(part, from);
      if (made === null) missing = 'there is nothing from these days';
      for (const [name, content] of Object.entries(made ?? {}))
        files[name] = typeof content === 'string' ? strToU8(safe(name, content)) : new Uint8Array(content);
    } catch (error) {
      missing = from.freeText.redact(error instanceof Error ? error.message : String(error), 'foreign');
    }
    results.push({ file, title, missing });
  }
  const contents = contentsText(results, days, from.now);
  const archive = zipSync(
    { 'contents.txt': strToU8(sanitiseOutput(contents)), ...files },
    { level: 6, mtime: from.now },
  );
  return { archive, parts: results };
}

async function filesOf(part: Part, from: DiagnosisInput) {
  if (part.of === 'history') return await part.make(from);
  const { material } = from;
  return material === null ? null : await part.make({ ...from, material });
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

/** A reader of the archive opens it in a terminal too. JSON keeps its values. */
function safe(name: string, text: string): string {
  return /json$/.test(name) ? sanitiseJson(text) : sanitiseOutput(text);
}
