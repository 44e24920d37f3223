import type { Reading } from '../../../shared/reading.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { readOutput } from '../../read/read-output.ts';
import type { Source } from '../../source.ts';
import { parseFingerprints } from './parse-fingerprints.ts';

/** How many fingerprints the session user has enrolled. Nothing of a fingerprint is read. */
async function readFingerprints({ runner }: ReaderDependencies): Promise<Reading<number>> {
  return await readOutput(runner, {
    command: 'bioutil',
    args: ['-c'],
    what: 'the number of fingerprints',
    parse: parseFingerprints,
  });
}

export const fingerprints: Source<'fingerprints'> = {
  name: 'fingerprints',
  label: 'the number of fingerprints (bioutil)',
  read: readFingerprints,
  reread: { kind: 'rarely', paths: [] },
  onlyWith: {
    methods: ['secureEnclaveKey'],
    detail: 'fingerprints are counted with a Secure Enclave key only',
  },
  redaction: async () => (await import('./redacted.ts')).redaction,
  renderer: async () => (await import('./simulated.ts')).renderer,
};
