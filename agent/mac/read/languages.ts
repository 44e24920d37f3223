import * as z from 'zod/mini';
import { failed, type Reading, read } from '../../shared/reading.ts';
import type { SessionUser } from '../../shared/session-user.ts';
import type { Files } from '../files.ts';
import { parsePlist } from '../parse/plist.ts';

const globalPreferences = z.object({ AppleLanguages: z.optional(z.array(z.string())) });

/**
 * The user's preferred languages, best first (`["de-CH", "en"]`), from the global preferences; no prompt is
 * raised.
 */
export async function readLanguages(deps: {
  files: Files;
  who: SessionUser;
}): Promise<Reading<readonly string[]>> {
  const file = await deps.files.read(`${deps.who.home}/Library/Preferences/.GlobalPreferences.plist`);
  if (!file.ok) return file;
  try {
    const parsed = z.safeParse(globalPreferences, await parsePlist(file.value));
    return parsed.success
      ? read(parsed.data.AppleLanguages ?? [])
      : failed('malformed', 'AppleLanguages is not a list of languages.');
  } catch {
    return failed('malformed', 'The global preferences are not a property list.');
  }
}
