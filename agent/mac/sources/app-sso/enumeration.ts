/** What `app-sso` prints for an enumeration: `POUserStateNormal (0)`, `(null) (6)`, or a bare number. */
export interface Enumeration {
  readonly number: number | null;
  /** As printed, if it has the form of an Apple name; null for any other text, which may hold a user name. */
  readonly label: string | null;
}

const longest = 200;
const safeLabel = /^(?:[A-Za-z()]{1,60}|PO[A-Z][A-Za-z0-9]{1,57})$/;
const nameAndNumber = /^(.*?) ?\((-?\d{1,9})\)$/s;
const bareNumber = /^-?\d{1,9}$/;

const notUnderstood: Enumeration = { number: null, label: null };

/** A number without a name is printed as `(null)`. What the two mean: login-type.ts, shared/user-state.ts. */
export function parseEnumeration(value: string | number): Enumeration {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? { number: value, label: null } : notUnderstood;
  }
  const text = value.trim();
  if (text.length > longest) return notUnderstood;
  if (bareNumber.test(text)) return { number: Number(text), label: null };
  const found = nameAndNumber.exec(text);
  if (found === null) return notUnderstood;
  const [, name = '', digits = ''] = found;
  return { number: Number(digits), label: safeLabel.test(name) ? name : null };
}

const safePolicy = /^(?:[A-Za-z]{1,60}|\(null\))(?:, ?(?:[A-Za-z]{1,60}|\(null\))){0,9} \(\d{1,9}\)$/;

/**
 * A policy bit mask as printed, `AttemptAuthentication, AllowOfflineGracePeriod (5)`; null for any other
 * text.
 */
export function parsePolicy(value: string): string | null {
  return safePolicy.test(value) ? value : null;
}
