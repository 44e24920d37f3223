import { isComparable } from './idp-password-policy.ts';
import type { Observation, PasswordPolicy } from './observation.ts';

/**
 * The policies of the Mac and those of the account: a new password has to fit both. null: those of the Mac
 * were not read. `stricterThanIdp` is null while those of the account are not read and no other is stricter.
 */
export function effectivePasswordPolicy({
  passwordPolicy,
  account,
}: Pick<Observation, 'passwordPolicy' | 'account'>): PasswordPolicy | null {
  if (!passwordPolicy.ok) return null;
  const { value: policy } = passwordPolicy;
  const own = account.ok ? account.value.ownPasswordPolicy : undefined;
  const unread = !account.ok;
  if (own === undefined)
    return unread && policy.stricterThanIdp === false ? { ...policy, stricterThanIdp: null } : policy;
  const lengths = [policy.minLength, own.minLength].filter((length) => length !== null);
  const verdicts = [policy.stricterThanIdp, own.stricterThanIdp];
  return {
    rules: [...policy.rules, ...own.rules],
    minLength: lengths.length === 0 ? null : Math.max(...lengths),
    stricterThanIdp: verdicts.includes(true) ? true : verdicts.includes(null) ? null : false,
    stricter: [...new Set([...policy.stricter, ...own.stricter])],
    unknownRules: [...policy.unknownRules, ...own.unknownRules],
    warnings: [...policy.warnings, ...own.warnings],
  };
}

/** The rules that can't be compared with what the identity provider guarantees, by their names. */
export function rulesNotCompared({ rules, unknownRules }: PasswordPolicy): string[] {
  const numberless = rules.filter((rule) => rule.kind !== 'custom' && !isComparable(rule));
  return [...new Set([...unknownRules, ...numberless.map(({ identifier, kind }) => identifier ?? kind)])];
}

/** One sentence for the admin. */
export function notComparedText(names: readonly string[]): string {
  const subject = names.length === 1 ? 'A password rule' : 'Password rules';
  const object = names.length === 1 ? 'It' : 'They';
  return `${subject} can't be compared with the identity provider's: ${names.join(', ')}. ${object} may refuse a work password.`;
}
