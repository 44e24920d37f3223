import type { Reading } from '../../../shared/reading.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { outputOf, parsedReading } from '../../read/outcome.ts';
import type { Source } from '../../source.ts';
import { parseFileVault } from './parse-file-vault.ts';

/** Whether FileVault is on. */
async function readFileVault({ runner }: ReaderDependencies): Promise<Reading<boolean>> {
  const output = outputOf('fdesetup', await runner.run('fdesetup', ['status']));
  return output.ok ? parsedReading('the state of FileVault', parseFileVault(output.value)) : output;
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
