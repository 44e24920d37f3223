import type { Extensions } from '../../../shared/observation.ts';
import type { Reading } from '../../../shared/reading.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { readOutput } from '../../read/read-output.ts';
import type { Source } from '../../source.ts';
import { companyPortalFile } from '../company-portal/source.ts';
import { parseExtensions } from './parse-extensions.ts';

/** Whether macOS knows and uses the extensions of Company Portal. pluginkit lists every extension at once. */
async function readExtensions({ runner }: ReaderDependencies): Promise<Reading<Extensions>> {
  return await readOutput(runner, {
    command: 'pluginkit',
    args: ['-m'],
    what: 'the list of extensions',
    parse: parseExtensions,
  });
}

export const extensions: Source<'extensions'> = {
  name: 'extensions',
  label: 'the list of extensions (pluginkit)',
  read: readExtensions,
  reread: { kind: 'rarely', paths: [companyPortalFile] },
  nameInRemarks: 'the list of extensions',
  redaction: async () => (await import('./redacted.ts')).redaction,
  renderer: async () => (await import('./simulated.ts')).renderer,
};
