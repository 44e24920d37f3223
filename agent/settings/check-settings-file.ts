import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { PlistError } from '../mac/parse/plist-xml.ts';
import { ProblemError, UsageError } from '../shared/errors.ts';
import { checkProfile } from './check-profile.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
};

/**
 * Checks a profile or a plist of settings or of Platform SSO. Throws UsageError when it can't be read,
 * ProblemError for no plist.
 */
export async function checkSettingsFile(file: string): ReturnType<typeof checkProfile> {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    throw new UsageError(`${file} can't be read: ${reasons[code] ?? 'permission denied'}.`, { cause });
  }
  try {
    return await checkProfile(bytes);
  } catch (cause) {
    if (!(cause instanceof PlistError)) throw cause;
    throw new ProblemError(`${basename(file)} is not a property list: ${cause.message}.`, { cause });
  }
}
