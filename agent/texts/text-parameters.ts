/** The values that a user text may contain: the minimum length, when the length is the stricter rule. */
export function textParameters(evidence: Readonly<Record<string, unknown>> | null): {
  minimumLength?: number;
} {
  const stricter: unknown = evidence?.stricter;
  const length = evidence?.minLength;
  return Array.isArray(stricter) && stricter.includes('minLength') && typeof length === 'number'
    ? { minimumLength: length }
    : {};
}
