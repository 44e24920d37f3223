import * as z from 'zod/mini';
import type { Evidence } from './evidence.ts';

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

/** The causes in the evidence of an issue, the best first. An entry of another shape is left out. */
export function statedCauses(evidence: Evidence | null): StatedCause[] {
  const listed: unknown = evidence?.causes;
  if (!Array.isArray(listed)) return [];
  return listed.flatMap((one: unknown) => {
    const parsed = z.safeParse(statedCause, one);
    return parsed.success ? [parsed.data] : [];
  });
}

/** `Most likely: …` for a definite or likely cause, `Possible: …` for another one. */
export function causeLine({ grade, sentence }: StatedCause): string {
  return `${grade === 'possible' ? 'Possible' : 'Most likely'}: ${sentence}`;
}
