import type { Stats } from 'node:fs';
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { IrregularFileError, readRegularFile } from '../shared/regular-file.ts';
import { sanitiseLine } from '../shared/safe-text.ts';

/** More files or larger ones are no settings. */
export const mostFiles = 32;
export const largestFile = 64 * 1024;

/** A file of own words and rules, for Macs without an MDM: the setting Issues as JSON. */
export interface IssueFile {
  readonly name: string;
  /** Null: `problem` says why there are none. */
  readonly entries: Readonly<Record<string, unknown>> | null;
  readonly problem: string | null;
}

const dictionary = z.record(z.string(), z.unknown());

/** The files and the time of their last change; an equal text means the same files. */
export interface IssueFiles {
  readonly stamp: string;
  readonly read: () => readonly IssueFile[];
}

function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/**
 * The files of share/issues.d. Only the owner of the product may write there: root, or on a simulated Mac the
 * owner of its files.
 */
export function issueFilesOf(folder: string, sysroot: string | null): IssueFiles {
  const found = statOf(folder);
  if (found === undefined) return { stamp: '', read: () => [] };
  return filesOf(folder, found, sysroot === null ? 0 : (statOf(sysroot)?.uid ?? 0));
}

/** Exported for its test: a test can't give a file to root. */
export function filesOf(folder: string, found: Stats, owner: number): IssueFiles {
  const why = whyUntrusted(found, owner) ?? (found.isDirectory() ? null : 'is not a folder');
  if (why !== null) return only(found, `share/issues.d ${why}; it is ignored.`);
  let names: string[];
  try {
    names = readdirSync(folder)
      .filter((name) => !name.startsWith('.'))
      .sort();
  } catch {
    return only(found, "share/issues.d can't be read; it is ignored.");
  }
  const stamps = names.map((name) => `${name} ${stampOf(statOf(join(folder, name)))}`);
  return {
    stamp: [stampOf(found), ...stamps].join('\n'),
    read: () => names.map((name, index) => readFile(folder, name, owner, index)),
  };
}

function only(found: Stats, problem: string): IssueFiles {
  return { stamp: stampOf(found), read: () => [{ name: 'share/issues.d', entries: null, problem }] };
}

function stampOf(found: Stats | undefined): string {
  if (found === undefined) return '';
  const { mtimeMs, ctimeMs, size, ino } = found;
  return `${mtimeMs} ${ctimeMs} ${size} ${ino}`;
}

const groupOrOthersMayWrite = 0o022;

function whyUntrusted({ uid, mode }: Stats, owner: number): string | null {
  if (uid !== owner) return owner === 0 ? 'does not belong to root' : 'has another owner than the Mac';
  return (mode & groupOrOthersMayWrite) !== 0 ? 'may be written by others than its owner' : null;
}

function readFile(folder: string, name: string, owner: number, index: number): IssueFile {
  const shown = sanitiseLine(name, 60);
  const problem = (why: string): IssueFile => ({
    name: shown,
    entries: null,
    problem: `share/issues.d/${shown} ${why}; it is ignored.`,
  });
  if (index >= mostFiles) return problem(`is one of more than ${mostFiles} files`);
  if (!name.endsWith('.json')) return problem('is not named .json');
  try {
    const bytes = readRegularFile(join(folder, name), largestFile, {
      follow: false,
      refusal: (found) => whyUntrusted(found, owner),
    });
    const parsed = z.safeParse(dictionary, JSON.parse(Buffer.from(bytes).toString('utf8')));
    return parsed.success
      ? { name: shown, entries: parsed.data, problem: null }
      : problem('has no dictionary of issue ids');
  } catch (error) {
    if (error instanceof IrregularFileError) return problem(error.message);
    return problem(error instanceof SyntaxError ? 'is not JSON' : "can't be read");
  }
}
