import { type Reading, read } from '../../../shared/reading.ts';
import { numberOf } from '../../parse/dictionary.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { readPlistFile } from '../../read/plist-file.ts';
import { managedPreferences } from '../../reread-rule.ts';
import type { Source } from '../../source.ts';
import { loginWindowFile, managedLoginWindowFile } from './login-window-files.ts';

/** screenUnlockMode of the login window; null: not set. A managed value counts before the Mac's own. */
async function readScreenUnlock({ files }: ReaderDependencies): Promise<Reading<number | null>> {
  for (const path of [managedLoginWindowFile, loginWindowFile]) {
    const preferences = await readPlistFile(files, path);
    if (!preferences.ok) return preferences;
    const mode = numberOf(preferences.value?.screenUnlockMode);
    if (mode !== null) return read(mode);
  }
  return read(null);
}

export const screenUnlock: Source<'screenUnlock'> = {
  name: 'screenUnlock',
  label: 'the settings of the login window',
  read: readScreenUnlock,
  reread: { kind: 'rarely', paths: [managedPreferences, managedLoginWindowFile, loginWindowFile] },
  redaction: async () => (await import('./redacted.ts')).redaction,
  renderer: async () => (await import('./simulated.ts')).renderer,
};
