import { compareWithIdp, entraFloor, type IdpPasswordPolicy } from '../../../shared/idp-password-policy.ts';
import type { PasswordPolicy } from '../../../shared/observation.ts';
import type { Dictionary } from '../../parse/dictionary.ts';
import { dictionaryOfXml } from '../../parse/plist-dictionary.ts';
import { findXmlPlist } from '../../parse/plist-xml.ts';
import { type Rule, rulesOf } from './password-rule.ts';

/** pwpolicy(8). Its manual's sample spells the first category differently from what the tool prints. */
export const policyCategories: ReadonlyMap<string, Rule['category']> = new Map([
  ['policyCategoryAuthentication', 'authentication'],
  ['policyCategoryPasswordAuthentication', 'authentication'],
  ['policyCategoryPasswordContent', 'content'],
  ['policyCategoryPasswordChange', 'change'],
]);

/**
 * What `pwpolicy -getaccountpolicies` prints: a banner line, then an XML property list. Shell prompts around
 * it do no harm. Rules are described and compared with what the identity provider guarantees, never
 * evaluated: no password is ever looked at. Unreadable text has no rules and `stricterThanIdp` null. Never
 * throws.
 */
export function parsePasswordPolicy(text: string, idp: IdpPasswordPolicy = entraFloor): PasswordPolicy {
  const found = findXmlPlist(text);
  if (found === null) {
    if (/<(?:\?xml|plist)/.test(text)) return unreadable('The password policy is cut off.');
    // macOS prints both for a Mac without rules; the second is a property list without its frame.
    if (/\bNo (?:global )?account policies\b/i.test(text) || /^[ \t]*<dict\s*\/>[ \t]*$/m.test(text))
      return policyOf([], [], [], idp);
    return unreadable(text.trim() === '' ? 'There is no text.' : 'There is no password policy in this text.');
  }
  const dictionary = dictionaryOfXml(found.xml);
  if (dictionary === null) return unreadable("The password policy can't be understood.");
  const second = findXmlPlist(text, found.end);
  if (second === null) return passwordPolicyIn(dictionary, [], idp);
  const policy = passwordPolicyIn(
    dictionary,
    ['There is a second property list after the first; only the first counts.'],
    idp,
  );
  // The second can be the policies of an account, which a password has to fit too.
  return policy.stricterThanIdp === false && second.xml !== found.xml
    ? { ...policy, stricterThanIdp: null }
    : policy;
}

/** Whether the dictionary has policies, such as the policy data of an account. */
export function hasPolicies(dictionary: Dictionary): boolean {
  return Object.keys(dictionary).some((name) => name.startsWith('policyCategory'));
}

/** The policies of a dictionary with the categories of pwpolicy(8). Other keys do not count. */
export function passwordPolicyIn(
  dictionary: Dictionary,
  found: readonly string[] = [],
  idp: IdpPasswordPolicy = entraFloor,
): PasswordPolicy {
  const warnings = [...found];
  const rules: Rule[] = [];
  const unknownRules: string[] = [];
  for (const [name, entries] of Object.entries(dictionary)) {
    if (!name.startsWith('policyCategory')) continue;
    const category = policyCategories.get(name);
    if (category === undefined) warnings.push('There is a category of rules that is not known.');
    if (!Array.isArray(entries)) {
      warnings.push('A category of rules is not a list.');
      unknownRules.push('a category that is not a list');
      rules.push({
        kind: 'custom',
        value: true,
        identifier: null,
        source: 'local',
        category: category ?? 'content',
      });
      continue;
    }
    for (const entry of entries) {
      const understood = rulesOf(entry, category ?? 'content');
      rules.push(...understood.rules);
      if (understood.unknown !== null) unknownRules.push(understood.unknown);
    }
  }
  return policyOf(rules, unknownRules, warnings, idp);
}

function policyOf(
  rules: Rule[],
  unknownRules: string[],
  warnings: string[],
  idp: IdpPasswordPolicy,
): PasswordPolicy {
  const lengths = rules.flatMap((rule) =>
    rule.kind === 'minLength' && typeof rule.value === 'number' ? [rule.value] : [],
  );
  const minLength = lengths.length > 0 ? lengths.reduce((a, b) => Math.max(a, b)) : null;
  return { rules, minLength, ...compareWithIdp(rules, idp), unknownRules, warnings };
}

function unreadable(warning: string): PasswordPolicy {
  return {
    rules: [],
    minLength: null,
    stricterThanIdp: null,
    stricter: [],
    unknownRules: [],
    warnings: [warning],
  };
}
