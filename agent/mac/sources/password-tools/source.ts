import { passwordTools as names, type PasswordTool } from '../../../shared/observation.ts';
import { type Reading, read } from '../../../shared/reading.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { isMissing } from '../../read/is-missing.ts';
import type { Source } from '../../source.ts';
import { passwordToolFiles } from './tool-files.ts';

/** The installed apps that can set the local password. */
async function readPasswordTools({ files }: ReaderDependencies): Promise<Reading<PasswordTool[]>> {
  const found: PasswordTool[] = [];
  for (const name of names) if (!(await isMissing(files, passwordToolFiles[name]))) found.push(name);
  return read(found);
}

export const passwordTools: Source<'passwordTools'> = {
  name: 'passwordTools',
  label: 'other apps that set the password',
  read: readPasswordTools,
  reread: { kind: 'rarely', paths: Object.values(passwordToolFiles) },
  redaction: async () => (await import('./redacted.ts')).redaction,
  renderer: async () => (await import('./simulated.ts')).renderer,
};
