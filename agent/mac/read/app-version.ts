import { type Reading, read } from '../../shared/reading.ts';
import type { Files } from '../files.ts';
import { parseBundleVersion } from '../parse/bundle-version.ts';
import { parsedReading } from './outcome.ts';
import { readPlistFile } from './plist-file.ts';

/** The version of an application by its Info.plist; null: it is not installed. */
export async function readAppVersion(
  files: Files,
  { app, infoPlist }: { readonly app: string; readonly infoPlist: string },
): Promise<Reading<string | null>> {
  const info = await readPlistFile(files, infoPlist, `${app}'s Info.plist`);
  if (!info.ok) return info;
  return info.value === null
    ? read(null)
    : parsedReading(`the version of ${app}`, parseBundleVersion(info.value));
}
