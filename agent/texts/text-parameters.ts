/** What a text for the user may name: the length that is asked for, when it is the length that is in the way. */
export function textParameters(evidence: Readonly<Record<string, unknown>> | null): {
  minimumLength?: number;
} {
  const stricter: unknown = evidence?.stricter;
  const length = evidence?.minLength;
  return Array.isArray(stricter) && stricter.includes('minLength') && typeof length === 'number'
    ? { minimumLength: length }
    : {};
}
