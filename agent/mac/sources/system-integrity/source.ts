import type { Reading } from '../../../shared/reading.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { outputOf, parsedReading } from '../../read/outcome.ts';
import type { Source } from '../../source.ts';
import { parseSystemIntegrity } from './parse-system-integrity.ts';

/** Whether System Integrity Protection is on. */
async function readSystemIntegrity({ runner }: ReaderDependencies): Promise<Reading<boolean>> {
  const output = outputOf('csrutil', await runner.run('csrutil', ['status']));
  return output.ok ? parsedReading('the state of SIP', parseSystemIntegrity(output.value)) : output;
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
