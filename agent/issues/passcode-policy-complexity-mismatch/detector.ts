import type { DetectorInput } from '../../detect/detector.ts';
import { isConfigured } from '../../detect/facts.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import type { PasswordPolicy } from '../../shared/observation.ts';

/** The rule in words, with the value that is not stricter than the identity provider. */
function describeRule(rule: PasswordPolicy['rules'][number], idpMinimumLength: number): string {
  const by = rule.source === 'profile' ? 'set by a profile' : 'set on this Mac';
  switch (rule.kind) {
    case 'minLength':
      return `at least ${rule.value} characters (${by}; ${idpMinimumLength} would do)`;
    case 'history':
      return `none of the last ${rule.value} passwords (${by}; 1 would do)`;
    case 'maxAgeDays':
      return `a new password every ${rule.value} days (${by}; no local expiry would do)`;
    case 'alphanumeric':
      return `a letter and a digit (${by}; no such rule would do)`;
    case 'noRepeatsOrSequences':
      return `no repeated or consecutive characters (${by}; no such rule would do)`;
    case 'changeAtNextLogin':
      return `a change at the next login (${by})`;
    default:
      return `${rule.kind} ${rule.value} (${by}; 0 would do)`;
  }
}

export function detectStricterRules({ facts, observation, idpMinimumLength }: DetectorInput): Verdict {
  const policy = observation.passwordPolicy;
  if (facts === null || !policy.ok) return 'unknown';
  if (facts.method !== 'password' || !isConfigured(facts) || facts.device.exempt) return null;
  if (policy.value.stricterThanIdp !== true) return null;
  const { stricter, minLength } = policy.value;
  const rules = policy.value.rules.filter(
    (rule) => stricter.includes(rule.kind) && (rule.kind !== 'minLength' || rule.value === minLength),
  );
  return {
    severity: 'high',
    summary: `The Mac's password rules are stricter than the identity provider's: ${rules.map((rule) => describeRule(rule, idpMinimumLength)).join('; ')}.`,
    evidence: {
      stricter: [...stricter],
      minLength,
      idpMinimumLength,
      rules: rules.map((rule) => ({ kind: rule.kind, value: rule.value, source: rule.source })),
    },
    key: JSON.stringify(rules.map((rule) => [rule.kind, rule.value])),
  };
}
