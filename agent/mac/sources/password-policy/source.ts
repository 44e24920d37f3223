import type { PasswordPolicy } from '../../../shared/observation.ts';
import { failed, type Reading, read } from '../../../shared/reading.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { outputOf } from '../../read/outcome.ts';
import { hourly, managedPreferences } from '../../reread-rule.ts';
import type { Source } from '../../source.ts';
import { parsePasswordPolicy } from './parse-password-policy.ts';

/** The password rules of this Mac, compared with Entra's minimum. */
async function readPasswordPolicy({ runner }: ReaderDependencies): Promise<Reading<PasswordPolicy>> {
  const output = outputOf('pwpolicy', await runner.run('pwpolicy', ['-getaccountpolicies']));
  if (!output.ok) return output;
  const value = parsePasswordPolicy(output.value);
  const unreadable = value.rules.length === 0 && value.stricterThanIdp === null;
  return unreadable ? failed('malformed', "the password policy can't be understood") : read(value);
}

export const passwordPolicy: Source<'passwordPolicy'> = {
  name: 'passwordPolicy',
  label: 'the password rules (pwpolicy)',
  read: readPasswordPolicy,
  reread: { kind: 'whenChanged', path: managedPreferences, atLatest: hourly },
  redaction: async () => (await import('./redacted.ts')).redaction,
  renderer: async () => (await import('./simulated.ts')).renderer,
};
