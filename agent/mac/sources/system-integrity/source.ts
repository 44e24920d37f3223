import type { Reading } from '../../../shared/reading.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { readOutput } from '../../read/read-output.ts';
import type { Source } from '../../source.ts';
import { parseSystemIntegrity } from './parse-system-integrity.ts';

/** Whether System Integrity Protection is on. */
async function readSystemIntegrity({ runner }: ReaderDependencies): Promise<Reading<boolean>> {
  return await readOutput(runner, {
    command: 'csrutil',
    args: ['status'],
    what: 'the state of SIP',
    parse: parseSystemIntegrity,
  });
}

export const systemIntegrity: Source<'systemIntegrity'> = {
  name: 'systemIntegrity',
  label: 'System Integrity Protection (csrutil)',
  read: readSystemIntegrity,
  reread: { kind: 'rarely', paths: [] },
  nameInRemarks: 'System Integrity Protection',
  redaction: async () => (await import('./redacted.ts')).redaction,
  renderer: async () => (await import('./simulated.ts')).renderer,
};
