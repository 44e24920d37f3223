import type { DetectorInput } from '../../detect/detector.ts';
import { appliesWindow, isConfigured } from '../../detect/facts.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import {
  effectivePasswordPolicy,
  notComparedText,
  rulesNotCompared,
} from '../../shared/effective-password-policy.ts';
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

export function detectStricterRules({
  facts,
  observation,
  memory,
  idpMinimumLength,
}: DetectorInput): Verdict {
  const policy = effectivePasswordPolicy(observation);
  if (facts === null || policy === null) return 'unknown';
  if (!appliesWindow(facts) || !isConfigured(facts) || facts.device.exempt) return null;
  const names = rulesNotCompared(policy);
  if (policy.stricterThanIdp === null)
    return noLongerKnown(memory, names, policy.minLength, idpMinimumLength);
  if (!policy.stricterThanIdp) return null;
  const { stricter, minLength } = policy;
  const rules = policy.rules.filter(
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
      ...(names.length > 0 ? { rulesNotCompared: names } : {}),
    },
    key: JSON.stringify(rules.map((rule) => [rule.kind, rule.value])),
  };
}

/**
 * A rule that can't be compared neither opens the issue nor ends it. An open issue then says what is unknown,
 * and no longer names the rule that is gone.
 */
function noLongerKnown(
  { sightings }: DetectorInput['memory'],
  names: string[],
  minLength: number | null,
  idpMinimumLength: number,
): Verdict {
  if (names.length === 0 || sightings['passcode-policy-complexity-mismatch']?.openedAt == null)
    return 'unknown';
  return {
    severity: 'medium',
    summary: `Whether the Mac's password rules are still stricter is unknown. ${notComparedText(names)}`,
    evidence: { stricter: [], minLength, idpMinimumLength, rules: [], rulesNotCompared: names },
    key: JSON.stringify(['not compared', ...names]),
  };
}

/** Whether the evidence names a rule that is stricter, and not only rules that can't be compared. */
export function isKnownStricter({ stricter }: Readonly<Record<string, unknown>>): boolean {
  return Array.isArray(stricter) && stricter.length > 0;
}
