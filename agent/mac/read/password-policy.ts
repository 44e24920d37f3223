import { compareWithIdp } from '../../types/idp-password-policy.ts';
import type { PasswordPolicy } from '../../types/observation.ts';
import { failed, type Reading, read } from '../../types/reading.ts';
import { parsePasswordPolicy } from '../parse/password-policy.ts';
import type { ReaderDependencies } from './dependencies.ts';
import { outputOf } from './outcome.ts';
import { rememberLast } from './remember-last.ts';

const parse = rememberLast((text: string) => parsePasswordPolicy(text));

/** The rules that this Mac holds a local password to. */
export async function readPasswordPolicy({
  runner,
  idp,
}: ReaderDependencies): Promise<Reading<PasswordPolicy>> {
  const output = outputOf('pwpolicy', await runner.run('pwpolicy', ['-getaccountpolicies']));
  if (!output.ok) return output;
  const value = parse(output.value);
  const unreadable = value.rules.length === 0 && value.stricterThanIdp === null;
  if (unreadable) return failed('malformed', "the password policy can't be understood");
  return read(idp === undefined ? value : { ...value, ...compareWithIdp(value.rules, idp) });
}
