import * as z from 'zod/mini';
import type { PasswordPolicy } from '../../../shared/observation.ts';
import type { Dictionary } from '../../parse/dictionary.ts';
import type { Demand } from './password-expression.ts';
import { count, recognisePredicate } from './password-predicate.ts';

export type Rule = PasswordPolicy['rules'][number];

const policyEntry = z.object({
  policyContent: z.string(),
  policyIdentifier: z.optional(z.string()),
  policyParameters: z.optional(z.record(z.string(), z.unknown())),
});

const profilePrefix = 'ProfilePayload:';

/**
 * The rules of one entry of a policy category; with a `custom` rule if it is not understood. `unknown` then
 * names it: its identifier, or a shortened text of the rule.
 */
export function rulesOf(
  value: unknown,
  category: Rule['category'],
): { readonly rules: readonly Rule[]; readonly unknown: string | null } {
  const checked = policyEntry.safeParse(value);
  if (!checked.success) {
    const rule: Rule = { kind: 'custom', value: true, identifier: null, source: 'local', category };
    return { rules: [rule], unknown: 'a rule that is not a policy dictionary' };
  }
  const { policyContent: content, policyIdentifier, policyParameters: parameters = {} } = checked.data;
  const identifier =
    policyIdentifier === undefined || policyIdentifier === '' ? null : plain(policyIdentifier, 200);
  const source = policyIdentifier?.startsWith(profilePrefix) === true ? 'profile' : 'local';
  const understood =
    recognisePredicate(content, parameters) ?? byPayloadKey(policyIdentifier ?? '', parameters);
  // The parameters name only a part of the demands of an expression that is not understood.
  const byName =
    category === 'content' && !isCustomExpression(policyIdentifier ?? '') ? byParameters(parameters) : [];
  const demands = understood ?? [...byName, { kind: 'custom', value: true } as const];
  const rules = demands.map((demand): Rule => ({ ...demand, identifier, source, category }));
  return { rules, unknown: understood === null ? (identifier ?? plain(content, 100)) : null };
}

/**
 * Safe to show in a terminal or a notification: no control characters, none that turn the text around, and no
 * address of a person, whom an admin may have named a rule after.
 */
function plain(text: string, longest: number): string {
  const clean = text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replace(/[^\s@]{1,64}@[^\s@]{1,255}/g, '<address>')
    .trim();
  return clean.length > longest ? `${clean.slice(0, longest - 1)}…` : clean;
}

/**
 * The last part of `ProfilePayload:<payload UUID>:<key>`: the key of the passcode payload that made the rule.
 */
function payloadKey(identifier: string): string | null {
  return identifier.startsWith(profilePrefix) ? (identifier.split(':')[2] ?? null) : null;
}

function isCustomExpression(identifier: string): boolean {
  return payloadKey(identifier) === 'customRegex';
}

/** The names are the passcode payload's own (com.apple.mobiledevice.passwordpolicy). */
function byPayloadKey(identifier: string, parameters: Dictionary): Demand[] | null {
  const numbered = (kind: Demand['kind'], name: string): Demand[] | null => {
    const value = count(parameters, name);
    return value === null ? null : [{ kind, value }];
  };
  switch (payloadKey(identifier)) {
    case 'minLength':
      return numbered('minLength', 'minimumLength');
    case 'allowSimple':
      return [{ kind: 'noRepeatsOrSequences', value: true }];
    case 'requireAlphanumeric':
      return [{ kind: 'alphanumeric', value: true }];
    case 'minComplexChars':
      return numbered('minSymbols', 'minimumSymbols');
    case 'pinHistory':
      return [{ kind: 'history', value: count(parameters, 'policyAttributePasswordHistoryDepth') ?? true }];
    case 'maxPINAgeInDays':
      return [{ kind: 'maxAgeDays', value: count(parameters, 'policyAttributeExpiresEveryNDays') ?? true }];
    case 'changeAtNextAuth':
      return [{ kind: 'changeAtNextLogin', value: true }];
    case 'maxFailedAttempts':
    case 'minutesUntilFailedLoginReset':
      return [
        {
          kind: 'maxFailedAttempts',
          value: count(parameters, 'policyAttributeMaximumFailedAuthentications') ?? true,
        },
      ];
    default:
      return null;
  }
}

/**
 * The parameter names that the macOS Security Compliance Project and the CIS benchmark give to their rules.
 */
const parameterKinds: readonly (readonly [string, Demand['kind']])[] = [
  ['minimumLength', 'minLength'],
  ['maximumLength', 'maxLength'],
  ['minimumAlphaCharacters', 'minLetters'],
  ['minimumAlphaCharactersUpperCase', 'minUppercase'],
  ['minimumAlphaCharactersLowerCase', 'minLowercase'],
  ['minimumNumericCharacters', 'minDigits'],
  ['minimumSymbols', 'minSymbols'],
  ['minimumSymbolCharacters', 'minSymbols'],
];

function byParameters(parameters: Dictionary): Demand[] {
  return parameterKinds.flatMap(([name, kind]): Demand[] => {
    const value = count(parameters, name);
    return value === null ? [] : [{ kind, value }];
  });
}
