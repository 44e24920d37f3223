import { failed, type Reading, read } from '../../shared/reading.ts';
import type { Files } from '../files.ts';
import { type Dictionary, dictionaryOf } from '../parse/dictionary.ts';
import { parsePlist } from '../parse/plist.ts';

/** A file of preferences; null: it does not exist. */
export async function readPreferences(files: Files, path: string): Promise<Reading<Dictionary | null>> {
  const file = await files.read(path);
  if (!file.ok) return file.reason === 'missing' ? read(null) : file;
  const name = path.slice(path.lastIndexOf('/') + 1);
  try {
    const value = dictionaryOf(await parsePlist(file.value));
    return value === null ? failed('malformed', `${name} can't be understood`) : read(value);
  } catch {
    return failed('malformed', `${name} can't be understood`);
  }
}
