import type * as z from 'zod/mini';
import { observation, type Readings, type SourceName } from '../shared/observation.ts';
import { failed } from '../shared/reading.ts';

const shapes: { readonly [K in SourceName]: z.ZodMiniType<Readings[K]> } = observation.shape;

/**
 * Validates a reading; a value that does not validate becomes the failure `malformed`. Unknown fields are
 * dropped. Never rejects: a reader that throws is a defect, and the other sources are still read.
 */
export async function validated<K extends SourceName>(
  name: K,
  read: () => Promise<Readings[K]>,
): Promise<Readings[K]> {
  try {
    const result = shapes[name].safeParse(await read());
    return result.success ? result.data : failed('malformed', `what was read of ${name} does not validate`);
  } catch (error) {
    const what = error instanceof Error ? error.name : 'unknown error';
    return failed('malformed', `reading ${name} failed: ${what}`);
  }
}
