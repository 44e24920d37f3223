import type { PasswordPolicy, RuleKind } from './observation.ts';

/**
 * What the identity provider guarantees of each password that it accepts. Local rules are compared with it.
 */
export interface IdpPasswordPolicy {
  readonly minimumLength: number;
  /** The longest password it accepts; null: no limit. */
  readonly maximumLength: number | null;
  /** How many of lower case, upper case, digit and symbol a password has at least: 0 to 4. */
  readonly classesRequired: number;
  readonly lowercaseRequired: boolean;
  readonly uppercaseRequired: boolean;
  readonly digitRequired: boolean;
  readonly symbolRequired: boolean;
  /** How many former passwords it refuses. */
  readonly remembered: number;
  /** Days after which it expires a password; null: never. */
  readonly expiresAfterDays: number | null;
}

/**
 * Microsoft Entra ID, cloud-only accounts: 8 to 256 characters, any three of four classes, only the last
 * password refused, no expiry by default. Source: learn.microsoft.com, concept-sspr-policy.
 * Education tenants and accounts synchronised from an on-premises directory have other rules.
 */
export const entraFloor: IdpPasswordPolicy = {
  minimumLength: 8,
  maximumLength: 256,
  classesRequired: 3,
  lowercaseRequired: false,
  uppercaseRequired: false,
  digitRequired: false,
  symbolRequired: false,
  remembered: 1,
  expiresAfterDays: null,
};

export type ComparableRule = Pick<PasswordPolicy['rules'][number], 'kind' | 'value'>;

/**
 * Finds the local rules that refuse a password that the identity provider accepts. `stricterThanIdp` is null
 * when no rule is known to be stricter and at least one cannot be compared.
 */
export function compareWithIdp(
  rules: readonly ComparableRule[],
  idp: IdpPasswordPolicy,
): Pick<PasswordPolicy, 'stricterThanIdp' | 'stricter'> {
  const stricter = new Set<RuleKind>();
  let comparable = true;
  for (const rule of rules) {
    const verdict = isStricter(rule, idp);
    if (verdict === null) comparable = false;
    else if (verdict) stricter.add(rule.kind);
  }
  return { stricterThanIdp: stricter.size > 0 ? true : comparable ? false : null, stricter: [...stricter] };
}

/** Whether the rule can be compared with what an identity provider guarantees. */
export function isComparable(rule: ComparableRule): boolean {
  return isStricter(rule, entraFloor) !== null;
}

function isStricter({ kind, value }: ComparableRule, idp: IdpPasswordPolicy): boolean | null {
  if (value === false) return false;
  const demand = value === true ? null : value;
  const more = (guaranteed: number) => (demand === null ? null : demand > guaranteed);
  switch (kind) {
    case 'minLength':
      return more(idp.minimumLength);
    case 'maxLength':
      return demand === null ? null : idp.maximumLength === null || demand < idp.maximumLength;
    case 'minSymbols':
      return more(guaranteedOf(idp, idp.symbolRequired));
    case 'minUppercase':
      return more(guaranteedOf(idp, idp.uppercaseRequired));
    case 'minLowercase':
      return more(guaranteedOf(idp, idp.lowercaseRequired));
    case 'minDigits':
      return more(guaranteedOf(idp, idp.digitRequired));
    case 'minLetters':
      return more(guaranteedLetters(idp));
    case 'alphanumeric':
      return guaranteedOf(idp, idp.digitRequired) < 1 || guaranteedLetters(idp) < 1;
    case 'noRepeatsOrSequences':
    case 'changeAtNextLogin':
      return true;
    case 'history':
      return more(idp.remembered);
    case 'maxAgeDays':
      return demand === null
        ? true
        : demand > 0 && (idp.expiresAfterDays === null || demand < idp.expiresAfterDays);
    case 'minAgeDays':
      // No identity provider guarantees a minimum age, and the Mac refuses a second sync within these days.
      return demand === null ? null : demand > 0;
    case 'maxFailedAttempts':
    case 'lockoutSeconds':
      return false;
    case 'custom':
      return null;
  }
}

function guaranteedOf(idp: IdpPasswordPolicy, required: boolean): number {
  return required || idp.classesRequired >= 4 ? 1 : 0;
}

/** Two of the four classes are letters: any three classes include one of them, all four include both. */
function guaranteedLetters(idp: IdpPasswordPolicy): number {
  const byClasses = Math.max(0, idp.classesRequired - 2);
  const byName = (idp.lowercaseRequired ? 1 : 0) + (idp.uppercaseRequired ? 1 : 0);
  return Math.max(byClasses, byName);
}
