import type { Reading } from '../../types/reading.ts';
import { parseFocus } from '../parse/focus.ts';
import type { ReaderDependencies } from './dependencies.ts';
import { understood } from './outcome.ts';
import { rememberLast } from './remember-last.ts';

const parse = rememberLast((bytes: Uint8Array) => parseFocus(Buffer.from(bytes).toString('utf8')));

/** Whether a Focus was turned on. Without Full Disk Access macOS denies the file: the usual case, and no fault. */
export async function readFocus({ files, who }: ReaderDependencies): Promise<Reading<'on' | 'off'>> {
  const file = await files.read(`${who.home}/Library/DoNotDisturb/DB/Assertions.json`);
  return file.ok ? understood('Assertions.json', parse(file.value)) : file;
}
