import * as z from 'zod/mini';
import { emptyMemory, memory } from './detect/memory.ts';
import { emptyMannersMemory, mannersMemory } from './notify/manners.ts';

/** All that outlives a cycle: what was detected, and what the user was told. One JSON text in the database. */
export const remembered = z.object({
  detection: memory,
  manners: mannersMemory,
  /** The problems with the settings that were last told, so that each is told once. */
  settingsProblems: z.string(),
});
export type Remembered = z.infer<typeof remembered>;

export function nothingRemembered(): Remembered {
  return { detection: emptyMemory(), manners: emptyMannersMemory(), settingsProblems: '' };
}

/**
 * Reads what an earlier run, perhaps of another version, left. What can't be understood is not trusted in part: the
 * agent then starts from a baseline, and the history stays as it is.
 */
export function recall(text: string | null): { remembered: Remembered; understood: boolean } {
  if (text === null) return { remembered: nothingRemembered(), understood: true };
  try {
    const parsed = z.safeParse(remembered, JSON.parse(text));
    if (parsed.success) return { remembered: parsed.data, understood: true };
  } catch {
    // Not JSON: the same as JSON of another shape.
  }
  return { remembered: nothingRemembered(), understood: false };
}

/** Counters that move at every look. A look at which nothing else moved is not worth a write. */
const alwaysMoving: ReadonlySet<string> = new Set([
  'moment',
  'age',
  'unread',
  'stretches',
  'awake',
  'active',
  'waited',
  'count',
  'presentSince',
]);

/** Two memories with the same essence differ only in time passed. */
export function essenceOf(of: Remembered): string {
  return JSON.stringify(of, (key, value: unknown) => (alwaysMoving.has(key) ? undefined : value));
}
