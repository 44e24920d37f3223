import { basename } from 'node:path';
import { PlistError } from '../mac/parse/plist-xml.ts';
import { ProblemError, UsageError } from '../shared/errors.ts';
import { IrregularFileError, readRegularFile } from '../shared/regular-file.ts';
import { checkProfile } from './check-profile.ts';
import { payloadsIn } from './payloads-in.ts';
import { type EffectiveSettings, effectiveSettings } from './settings.ts';
import { withOwnIssues } from './with-own-issues.ts';

/** A profile with all its payloads is far smaller. */
const largest = 16 * 1024 * 1024;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
};

/**
 * Checks a profile or a plist of settings or of Platform SSO. Throws UsageError when it can't be read,
 * ProblemError for no plist.
 */
export function checkSettingsFile(file: string): ReturnType<typeof checkProfile> {
  return inSettingsFile(file, (bytes) => checkProfile(bytes, Date.now()));
}

/** The settings of a file, and what is wrong with them. Throws the same errors. */
export function settingsOfFile(file: string): Promise<EffectiveSettings> {
  return inSettingsFile(file, async (bytes) => {
    const { ours = [] } = (await payloadsIn(bytes)) ?? {};
    const layers = ours.map((entries) => ({ origin: 'managed', entries }) as const);
    return await withOwnIssues(effectiveSettings(layers), []);
  });
}

async function inSettingsFile<T>(file: string, use: (bytes: Uint8Array) => Promise<T>): Promise<T> {
  let bytes: Uint8Array;
  try {
    bytes = readRegularFile(file, largest);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const why = cause instanceof IrregularFileError ? `it ${cause.message}` : reasons[code];
    throw new UsageError(`${file} can't be read: ${why ?? 'permission denied'}.`, { cause });
  }
  try {
    return await use(bytes);
  } catch (cause) {
    if (!(cause instanceof PlistError)) throw cause;
    throw new ProblemError(`${basename(file)} is not a property list: ${cause.message}.`, {
      cause,
    });
  }
}
