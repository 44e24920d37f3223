import { failed, type Reading, read } from '../../shared/reading.ts';
import type { Files } from '../files.ts';
import { parseBundleVersion } from '../parse/bundle-version.ts';
import { parsePlist } from '../parse/plist.ts';
import { parsedReading } from './outcome.ts';

/** The version of an application by its Info.plist; null: it is not installed. */
export async function readAppVersion(
  files: Files,
  { app, infoPlist }: { readonly app: string; readonly infoPlist: string },
): Promise<Reading<string | null>> {
  const file = await files.read(infoPlist);
  if (!file.ok) return file.reason === 'missing' ? read(null) : file;
  try {
    return parsedReading(`the version of ${app}`, parseBundleVersion(await parsePlist(file.value)));
  } catch {
    return failed('malformed', `${app}'s Info.plist can't be understood`);
  }
}
