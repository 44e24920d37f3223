import type { Reading } from '../../../shared/reading.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { readOutput } from '../../read/read-output.ts';
import { daily, macosItself } from '../../reread-rule.ts';
import type { Source } from '../../source.ts';
import { parseVersion } from './parse-version.ts';

/** The version of macOS, such as `15.6`. */
export async function readMacos({ runner }: ReaderDependencies): Promise<Reading<string>> {
  return await readOutput(runner, {
    command: 'swVers',
    args: ['-productVersion'],
    what: 'the version of macOS',
    parse: parseVersion,
  });
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
