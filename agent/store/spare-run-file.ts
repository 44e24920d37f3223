import { lstatSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import * as z from 'zod/mini';
import { writeAtomicFile } from '../shared/atomic-file.ts';

const longestFile = 16_384;

/** A run record that could not be written in its data folder. */
export interface SpareRecord {
  readonly dataDir: string;
  readonly lastPollAt: number | null;
  readonly run: unknown;
}

/** The run has a schema of its own (run-file.ts). */
const spareShape = () =>
  z.object({
    dataDir: z.string(),
    lastPollAt: z.catch(z.nullable(z.number()), null),
    run: z.unknown(),
  });

/**
 * The folder of this user for temporary files. On Linux other users may write beside it: it is used only if
 * it belongs to this user alone.
 */
function spareFile(): string {
  return join(tmpdir(), `psso-monitor-${userInfo().uid}`, 'agent.json');
}

function isPrivate(folder: string): boolean {
  const { uid, mode } = lstatSync(folder);
  return lstatSync(folder).isDirectory() && uid === userInfo().uid && (mode & 0o077) === 0;
}

/** Null: there is none for this data folder, or it can't be trusted. */
export function readSpareRecord(dataDir: string): SpareRecord | null {
  try {
    const file = spareFile();
    const { size } = lstatSync(file);
    if (!isPrivate(join(file, '..')) || !lstatSync(file).isFile() || size > longestFile) return null;
    const record = spareShape().parse(JSON.parse(readFileSync(file, 'utf8')));
    return record.dataDir === resolve(dataDir) ? { ...record, dataDir } : null;
  } catch {
    return null;
  }
}

/** Throws when it can't be written. */
export function writeSpareRecord(record: SpareRecord): void {
  const file = spareFile();
  const folder = join(file, '..');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!isPrivate(folder)) throw new Error(`${folder} does not belong to this user alone`);
  writeAtomicFile(file, JSON.stringify({ ...record, dataDir: resolve(record.dataDir) }), { durable: true });
}

/** Call it after the run record was written in its data folder. */
export function deleteSpareRecord(dataDir: string): void {
  if (readSpareRecord(dataDir) !== null) rmSync(spareFile(), { force: true });
}
