import type { Account } from '../../../shared/observation.ts';
import { failed, type Reading, read } from '../../../shared/reading.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { outputOf } from '../../read/outcome.ts';
import { loginKeychainOf } from '../../reread-rule.ts';
import type { Source } from '../../source.ts';
import { parseAccount } from './parse-account.ts';

/** When the account's password was last set here, and whether the account is linked to Platform SSO. */
async function readAccount({ runner, who }: ReaderDependencies): Promise<Reading<Account>> {
  const outcome = await runner.run('dscl', [
    '-plist',
    '.',
    '-read',
    `/Users/${who.name}`,
    'accountPolicyData',
    'AltSecurityIdentities',
    'AuthenticationAuthority',
  ]);
  const output = outputOf('dscl', outcome);
  if (!output.ok) return output;
  // Which stream dscl says "No such key" on is not documented.
  const absent = outcome.kind === 'exited' && /^No such key: \S*AltSecurityIdentities/m.exec(outcome.stderr);
  const value = parseAccount(absent ? `${output.value}\n${absent[0]}` : output.value);
  const says =
    value.createdAt !== null || value.passwordLastSetAt !== null || value.platformSsoLinked !== null;
  return says || value.warnings.length === 0
    ? read(value)
    : failed('malformed', "the account can't be understood");
}

export const account: Source<'account'> = {
  name: 'account',
  label: "the account's record (dscl)",
  read: readAccount,
  // macOS writes a new password to the login keychain as well.
  reread: { kind: 'eachPollOrChanged', path: loginKeychainOf },
  nameInRemarks: 'the account',
  redaction: async () => (await import('./redacted.ts')).redaction,
  renderer: async () => (await import('./simulated.ts')).renderer,
};
