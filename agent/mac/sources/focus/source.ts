import type { Reading } from '../../../shared/reading.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { parsedReading } from '../../read/outcome.ts';
import type { Source } from '../../source.ts';
import { parseFocus } from './parse-focus.ts';

/** Whether a Focus is on. Without Full Disk Access macOS denies the file; that is usual. */
async function readFocus({ files, who }: ReaderDependencies): Promise<Reading<'on' | 'off'>> {
  const file = await files.read(`${who.home}/Library/DoNotDisturb/DB/Assertions.json`);
  return file.ok
    ? parsedReading('Assertions.json', parseFocus(Buffer.from(file.value).toString('utf8')))
    : file;
}

export const focus: Source<'focus'> = {
  name: 'focus',
  label: 'Focus',
  read: readFocus,
  reread: { kind: 'eachPoll' },
  redaction: async () => (await import('./redacted.ts')).redaction,
  renderer: async () => (await import('./simulated.ts')).renderer,
};
