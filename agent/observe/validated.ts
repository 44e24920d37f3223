import type * as z from 'zod/mini';
import { observation, type Readings, type SourceName } from '../shared/observation.ts';
import { type Failed, failed } from '../shared/reading.ts';

const shapes: { readonly [K in SourceName]: z.ZodMiniType<Readings[K]> } = observation.shape;

/**
 * Validates a reading; a value that does not validate becomes the failure `malformed`. Unknown fields are
 * dropped. Never rejects: a reader that throws is a defect, and the other sources are still read.
 */
export function validated<K extends SourceName>(
  name: K,
  read: () => Promise<Readings[K] | Failed>,
): Promise<Readings[K] | Failed> {
  return validatedBy<Readings[K]>(name, shapes[name], read);
}

async function validatedBy<R>(
  name: SourceName,
  shape: z.ZodMiniType<R>,
  read: () => Promise<R | Failed>,
): Promise<R | Failed> {
  try {
    const result = shape.safeParse(await read());
    if (result.success) return result.data;
    return failed('malformed', `what was read of ${name} does not validate`);
  } catch (error) {
    const what = error instanceof Error ? error.name : 'unknown error';
    return failed('malformed', `reading ${name} failed: ${what}`);
  }
}
