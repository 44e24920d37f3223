import { basename } from 'node:path';
import { minute } from '../../shared/time.ts';
import { readCsvExport } from './csv-export.ts';
import { exportError } from './export-error.ts';
import { readGraphExport } from './graph-export.ts';
import type { PasswordChange, ReadExport } from './password-change.ts';
import { readInputFile } from './read-input-file.ts';

/** 128 MB: about 60,000 entries of the portal. */
const largest = 128 * 1024 * 1024;
const tooLarge = 'filter the export to the password activities, or split it by time';

/**
 * Entra writes two entries of one change: an admin's reset is "Reset user password" and "Reset password (by
 * admin)". The first one counts.
 */
const sameChangeWithin = 2 * minute;

export interface PasswordChanges extends ReadExport {
  /** The name of the file. */
  readonly file: string;
  /** Entries of a change that another entry has already. */
  readonly repeated: number;
}

/**
 * Reads an export of password changes. Throws UsageError when the file can't be read, and ProblemError with
 * the place in the file when its content can't be used.
 */
export function readPasswordChanges(path: string): PasswordChanges {
  const name = basename(path);
  const read = readExport(name, textOf(name, readInputFile(path, largest, tooLarge)));
  const changes = withoutRepeated(read.changes);
  return { ...read, file: name, changes, repeated: read.changes.length - changes.length };
}

/** By content: the name of a file says nothing reliable. */
export function readExport(name: string, text: string): ReadExport {
  return /^\s*[[{]/.test(text.slice(0, 1000)) ? readGraphExport(name, text) : readCsvExport(name, text);
}

/** UTF-8, or UTF-16 with its mark, as Windows writes it. */
export function textOf(name: string, bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw exportError(name, '', 'the text is not UTF-8. Save the file as UTF-8.', cause);
  }
  if (text.includes('\0')) throw exportError(name, '', 'the file is not text. Export it as CSV or JSON.');
  return text;
}

/** In the order of time. */
export function withoutRepeated(changes: readonly PasswordChange[]): PasswordChange[] {
  const last = new Map<string, number>();
  return changes
    .toSorted((one, other) => one.at - other.at || one.entry - other.entry)
    .filter(({ user, at }) => {
      const key = user.toLowerCase();
      if (key === '') return true;
      const before = last.get(key);
      if (before !== undefined && at - before <= sameChangeWithin) return false;
      last.set(key, at);
      return true;
    });
}
