import { basename } from 'node:path';
import { type Reading, read } from '../../shared/reading.ts';
import type { Files } from '../files.ts';
import type { Dictionary } from '../parse/dictionary.ts';
import { dictionaryOfPlist } from '../parse/plist-dictionary.ts';
import { parsedReading } from './outcome.ts';

/** The dictionary in a property list file; null: it does not exist. `what` names the file in a failure. */
export async function readPlistFile(
  files: Files,
  path: string,
  what = basename(path),
): Promise<Reading<Dictionary | null>> {
  const file = await files.read(path);
  if (!file.ok) return file.reason === 'missing' ? read(null) : file;
  return parsedReading(what, await dictionaryOfPlist(file.value));
}
