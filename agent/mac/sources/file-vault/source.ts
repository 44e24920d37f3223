import type { Reading } from '../../../shared/reading.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { readOutput } from '../../read/read-output.ts';
import type { Source } from '../../source.ts';
import { parseFileVault } from './parse-file-vault.ts';

/** Whether FileVault is on. */
async function readFileVault({ runner }: ReaderDependencies): Promise<Reading<boolean>> {
  return await readOutput(runner, {
    command: 'fdesetup',
    args: ['status'],
    what: 'the state of FileVault',
    parse: parseFileVault,
  });
}

export const fileVault: Source<'fileVault'> = {
  name: 'fileVault',
  label: 'FileVault (fdesetup)',
  read: readFileVault,
  reread: { kind: 'rarely', paths: [] },
  onlyWith: { methods: ['password'], detail: 'FileVault is read with the method password only' },
  redaction: async () => (await import('./redacted.ts')).redaction,
  renderer: async () => (await import('./simulated.ts')).renderer,
};
