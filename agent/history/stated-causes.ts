import * as z from 'zod/mini';
import type { CatalogueEntry } from '../issues/catalogue-schema.ts';
import { stopsRegistration } from '../issues/notification-rules.ts';
import type { IdentityProvider } from '../shared/identity-provider.ts';
import { type Evidence, possibleCausesGiven, possibleCausesIn } from './evidence.ts';

const grades = ['definite', 'likely', 'possible'] as const;

export const statedCause = z.object({
  /** The id of a known issue. */
  id: z.string(),
  grade: z.enum(grades),
  /** What happened before the break, in one sentence. */
  sentence: z.string(),
  /** When the change happened, ISO 8601, UTC; null: the cause is no change on this Mac. */
  changeAt: z.nullable(z.string()),
  /** What to try before the other steps; null: nothing. */
  remedyFirst: z.nullable(z.string()),
});
export type StatedCause = z.infer<typeof statedCause>;

/**
 * The causes in the evidence of an issue, the best first: the changes before it, then the possible causes of
 * the catalogue with their titles. An entry of another shape is left out.
 */
export function statedCauses(evidence: Evidence | null, provider: IdentityProvider): StatedCause[] {
  const listed: unknown = evidence?.causes;
  const fromChanges = (Array.isArray(listed) ? listed : []).flatMap((one: unknown) => {
    const parsed = z.safeParse(statedCause, one);
    return parsed.success ? [parsed.data] : [];
  });
  return ranked(fromChanges, possibleCausesIn(evidence, provider) ?? []);
}

/** The stated causes; without any in the evidence, the possible causes of the catalogue. */
export function causesOf(
  issue: string,
  evidence: Evidence | null,
  provider: IdentityProvider,
): StatedCause[] {
  const stated = statedCauses(evidence, provider);
  return possibleCausesIn(evidence, provider) === null
    ? ranked(stated, possibleCausesGiven(issue, evidence, provider))
    : stated;
}

function ranked(stated: readonly StatedCause[], possible: readonly CatalogueEntry[]): StatedCause[] {
  const ids = new Set(stated.map(({ id }) => id));
  const others = possible.filter(({ id }) => !ids.has(id)).map(fromCatalogue);
  // The sort is stable: within a grade, the order stays.
  return [...stated, ...others].sort((one, other) => grades.indexOf(one.grade) - grades.indexOf(other.grade));
}

/** A mistake in the profile is read on this Mac. Nothing on a Mac proves the other possible causes. */
function fromCatalogue({ id, title }: CatalogueEntry): StatedCause {
  const grade = stopsRegistration(id) ? 'likely' : 'possible';
  return { id, grade, sentence: `${title}.`, changeAt: null, remedyFirst: null };
}

/** `Most likely: …` for a definite or likely cause, `Possible: …` for another one. */
export function causeLine({
  grade,
  sentence,
}: {
  readonly grade: string;
  readonly sentence: string;
}): string {
  return `${grade === 'possible' ? 'Possible' : 'Most likely'}: ${sentence}`;
}
