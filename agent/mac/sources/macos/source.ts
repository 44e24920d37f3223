import type { Reading } from '../../../shared/reading.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { outputOf, parsedReading } from '../../read/outcome.ts';
import { daily, macosItself } from '../../reread-rule.ts';
import type { Source } from '../../source.ts';
import { parseVersion } from './parse-version.ts';

/** The version of macOS, such as `15.6`. */
export async function readMacos({ runner }: ReaderDependencies): Promise<Reading<string>> {
  const output = outputOf('swVers', await runner.run('swVers', ['-productVersion']));
  return output.ok ? parsedReading('the version of macOS', parseVersion(output.value)) : output;
}

export const macos: Source<'macos'> = {
  name: 'macos',
  label: 'the version of macOS (sw_vers)',
  read: readMacos,
  reread: { kind: 'whenChanged', path: macosItself, atLatest: daily },
  nameInRemarks: 'the version of macOS',
  redaction: async () => (await import('./redacted.ts')).redaction,
  renderer: async () => (await import('./simulated.ts')).renderer,
};
