import * as z from 'zod/mini';
import { failed, type Reading, read } from '../../shared/reading.ts';
import type { SessionUser } from '../../shared/session-user.ts';
import type { Files } from '../files.ts';
import { readPlistFile } from './plist-file.ts';

const languages = z.optional(z.array(z.string()));

/**
 * The user's preferred languages, best first (`["de-CH", "en"]`), from the global preferences; empty: none is
 * set. No prompt is raised.
 */
export async function readLanguages(deps: {
  files: Files;
  who: SessionUser;
}): Promise<Reading<readonly string[]>> {
  const path = `${deps.who.home}/Library/Preferences/.GlobalPreferences.plist`;
  const preferences = await readPlistFile(deps.files, path);
  if (!preferences.ok) return preferences;
  const parsed = languages.safeParse(preferences.value?.AppleLanguages);
  return parsed.success ? read(parsed.data ?? []) : failed('malformed', "AppleLanguages can't be understood");
}
