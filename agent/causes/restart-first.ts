/** The remedy that comes before all others; the user's text then begins with it. */
export const restartFirst = 'Restart the Mac.';

/** Whether the best cause in the evidence of an issue brings this remedy first. */
export function beginsWithRestart(evidence: Readonly<Record<string, unknown>> | null): boolean {
  const causes: unknown = evidence?.causes;
  const first: unknown = Array.isArray(causes) ? causes[0] : null;
  if (typeof first !== 'object' || first === null || !('remedyFirst' in first)) return false;
  return typeof first.remedyFirst === 'string' && first.remedyFirst.startsWith(restartFirst);
}
