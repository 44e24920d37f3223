import type { UserTextParameters } from './language-texts.ts';

/** The values of an issue's evidence on which its user text depends. */
export function textParameters(evidence: Readonly<Record<string, unknown>> | null): UserTextParameters {
  const stricter: unknown = evidence?.stricter;
  const length = evidence?.minLength;
  const lengthIsStricter = Array.isArray(stricter) && stricter.includes('minLength');
  return {
    ...(lengthIsStricter && typeof length === 'number' ? { minimumLength: length } : {}),
    ...(evidence?.registration === 'device' ? { deviceRegistered: true } : {}),
    ...(typeof evidence?.localPasswordSetAt === 'string' ? { changedHere: true } : {}),
  };
}
