import type { Extensions } from '../../../shared/observation.ts';
import type { Reading } from '../../../shared/reading.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { outputOf, parsedReading } from '../../read/outcome.ts';
import type { Source } from '../../source.ts';
import { companyPortalFile } from '../company-portal/source.ts';
import { parseExtensions } from './parse-extensions.ts';

/** Whether macOS knows and uses the extensions of Company Portal. pluginkit lists every extension at once. */
async function readExtensions({ runner }: ReaderDependencies): Promise<Reading<Extensions>> {
  const output = outputOf('pluginkit', await runner.run('pluginkit', ['-m']));
  return output.ok ? parsedReading('the list of extensions', parseExtensions(output.value)) : output;
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
