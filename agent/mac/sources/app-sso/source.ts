import type { AppSso } from '../../../shared/observation.ts';
import { failed, type Reading, read } from '../../../shared/reading.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { outputOf } from '../../read/outcome.ts';
import type { Source } from '../../source.ts';
import { parseAppSso } from './parse-app-sso.ts';

/** The state of Platform SSO. The user section is the account's own only in its own session. */
async function readAppSso({ runner, who }: ReaderDependencies): Promise<Reading<AppSso>> {
  const output = outputOf('appSso', await runner.run('appSso', ['platform', '-s']));
  if (!output.ok) return output;
  const value = parseAppSso(output.value, { account: who.name });
  if (value.status !== 'unknown') return read(value);
  return failed(value.reason ?? 'malformed', "the answer of app-sso can't be understood");
}

export const appSso: Source<'appSso'> = {
  name: 'appSso',
  label: 'Platform SSO (app-sso platform -s)',
  read: readAppSso,
  reread: { kind: 'eachPoll' },
  redaction: async () => (await import('./redacted.ts')).redaction,
  renderer: async () => (await import('./simulated.ts')).renderer,
};
