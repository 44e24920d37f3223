import { statSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, resolve } from 'node:path';
import { nameOfFile } from '../../fleet/find-databases.ts';
import type { ReportSubject } from '../../report/report.ts';
import { sanitiseLine } from '../../shared/safe-text.ts';

/** This Mac's own history has the name of the computer; another one has the name of its file or folder. */
export function subjectOf(given: string | undefined, sysroot: string | undefined): ReportSubject {
  if (given === undefined) return { mac: sysroot === undefined ? hostname() : null, file: null };
  const file = sanitiseLine(given);
  const isFolder = statSync(given, { throwIfNoEntry: false })?.isDirectory() === true;
  return { mac: sanitiseLine(isFolder ? basename(resolve(given)) : nameOfFile(resolve(given))), file };
}
