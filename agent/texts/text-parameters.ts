import { beginsWithRestart } from '../causes/restart-first.ts';
import type { UserTextParameters } from './language-texts.ts';

/**
 * The values on which a user text depends: the minimum length, when the length is the stricter rule, and
 * whether a restart comes first.
 */
export function textParameters(evidence: Readonly<Record<string, unknown>> | null): UserTextParameters {
  const stricter: unknown = evidence?.stricter;
  const length = evidence?.minLength;
  return {
    ...(Array.isArray(stricter) && stricter.includes('minLength') && typeof length === 'number'
      ? { minimumLength: length }
      : {}),
    ...(beginsWithRestart(evidence) ? { restartFirst: true } : {}),
  };
}
