import type { IdentityProvider } from '../shared/identity-provider.ts';
import type { UserTextParameters } from './language-texts.ts';

/**
 * The values that a user text may contain: the names of the identity provider, and the minimum length when
 * the length is the stricter rule.
 */
export function textParameters(
  evidence: Readonly<Record<string, unknown>> | null,
  provider: IdentityProvider,
): UserTextParameters {
  const stricter: unknown = evidence?.stricter;
  const length = evidence?.minLength;
  return Array.isArray(stricter) && stricter.includes('minLength') && typeof length === 'number'
    ? { provider, minimumLength: length }
    : { provider };
}
