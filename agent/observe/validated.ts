import type * as z from 'zod/mini';
import { observation, type SourceName, type Sources } from '../shared/observation.ts';
import { failed, type Reading } from '../shared/reading.ts';

const shapes: { readonly [K in SourceName]: z.ZodMiniType<Reading<Sources[K]>> } = observation.shape;

/**
 * The reading of a source as an observation may hold it: validated, and without whatever it has no field for. Never
 * rejects: a value that does not validate is a named failure, and so is a reader that throws, which is a mistake of
 * ours and no reason to lose the other sources of this poll.
 */
export async function validated<K extends SourceName>(
  name: K,
  read: () => Promise<Reading<Sources[K]>>,
): Promise<Reading<Sources[K]>> {
  try {
    const result = shapes[name].safeParse(await read());
    return result.success ? result.data : failed('malformed', `what was read of ${name} does not validate`);
  } catch (error) {
    const what = error instanceof Error ? error.name : 'unknown error';
    return failed('malformed', `reading ${name} failed: ${what}`);
  }
}
