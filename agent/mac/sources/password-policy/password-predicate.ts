import { type Dictionary, numberOf } from '../../parse/dictionary.ts';
import { type Demand, recogniseExpression } from './password-expression.ts';

/**
 * What the NSPredicate of one policy demands; null: a predicate not known. Attribute names are those of
 * pwpolicy(8). Every word of it must be known: a predicate that says more than was understood is not
 * understood.
 */
export function recognisePredicate(content: string, parameters: Dictionary): Demand[] | null {
  if (content.length > longestPredicate) return null;
  if (/\bpolicyAttributePassword\b/.test(content)) return expressions(content);
  const words: readonly string[] = content.match(/[A-Za-z_]\w*/g) ?? [];
  const attributes = new Set(words.filter((word) => !filler.test(word)));
  const known = predicates.find(
    ({ needs, allows }) =>
      needs.every((name) => attributes.has(name)) &&
      [...attributes].every((name) => needs.includes(name) || allows.includes(name)),
  );
  return known === undefined ? null : known.demands(parameters, content);
}

const longestPredicate = 2_000;
const filler = /^(?:and|or|none|of|in|days_to_seconds)$/i;
const comparison = /policyAttributePassword\s+matches\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/gi;

function expressions(content: string): Demand[] | null {
  // Nothing but "and" may stand between the comparisons: an "or" or a "not" turns a demand into something
  // else.
  if (content.replace(comparison, '').replace(/\band\b|&&|[()\s]/gi, '') !== '') return null;
  const demands: Demand[] = [];
  for (const match of content.matchAll(comparison)) {
    const recognised = recogniseExpression(match[1] ?? match[2] ?? '');
    if (recognised === null) return null;
    demands.push(...recognised);
  }
  return demands;
}

interface Predicate {
  readonly needs: readonly string[];
  readonly allows: readonly string[];
  readonly demands: (parameters: Dictionary, content: string) => Demand[] | null;
}

const predicates: readonly Predicate[] = [
  {
    needs: ['policyAttributePasswordHashes', 'policyAttributePasswordHistory'],
    allows: ['policyAttributePasswordHistoryDepth'],
    demands: (parameters) => [
      { kind: 'history', value: count(parameters, 'policyAttributePasswordHistoryDepth') ?? true },
    ],
  },
  ...['Sequential', 'Consecutive'].map(
    (which): Predicate => ({
      needs: [`policyAttribute${which}Characters`],
      allows: [
        'policyAttributeSequentialCharacters',
        'policyAttributeMaximumSequentialCharacters',
        'policyAttributeConsecutiveCharacters',
        'policyAttributeMaximumConsecutiveCharacters',
      ],
      demands: () => [{ kind: 'noRepeatsOrSequences', value: true }],
    }),
  ),
  {
    needs: ['policyAttributeLastPasswordChangeTime', 'policyAttributeMinimumLifetimeHours'],
    allows: ['policyAttributeCurrentTime'],
    demands: (parameters) => {
      const hours = count(parameters, 'policyAttributeMinimumLifetimeHours');
      return hours === null ? null : [{ kind: 'minAgeDays', value: hours / 24 }];
    },
  },
  {
    needs: ['policyAttributeLastPasswordChangeTime', 'policyAttributeExpiresEveryNDays'],
    allows: ['policyAttributeCurrentTime', 'policyAttributeDaysUntilExpiration'],
    demands: (parameters) => {
      const days = count(parameters, 'policyAttributeExpiresEveryNDays');
      return days === null ? null : [{ kind: 'maxAgeDays', value: days }];
    },
  },
  {
    needs: ['policyAttributeNewPasswordRequiredTime'],
    allows: ['policyAttributeLastPasswordChangeTime', 'policyAttributeCurrentTime'],
    demands: () => [{ kind: 'changeAtNextLogin', value: true }],
  },
  {
    needs: ['policyAttributeFailedAuthentications'],
    allows: [
      'policyAttributeMaximumFailedAuthentications',
      'policyAttributeCurrentTime',
      'policyAttributeLastFailedAuthenticationTime',
      'autoEnableInSeconds',
    ],
    demands: lockout,
  },
];

function lockout(parameters: Dictionary, content: string): Demand[] {
  const literal = /policyAttributeFailedAuthentications\s*<=?\s*(\d{1,6})/.exec(content)?.[1];
  const attempts = count(parameters, 'policyAttributeMaximumFailedAuthentications');
  const demands: Demand[] = [
    { kind: 'maxFailedAttempts', value: attempts ?? (literal === undefined ? true : Number(literal)) },
  ];
  const seconds = count(parameters, 'autoEnableInSeconds');
  if (seconds !== null) demands.push({ kind: 'lockoutSeconds', value: seconds });
  return demands;
}

/** A parameter that counts something; null when it is absent or no count. */
export function count(parameters: Dictionary, name: string): number | null {
  const value = numberOf(parameters[name]);
  return value !== null && value >= 0 ? value : null;
}
