import type * as z from 'zod/mini';
import { type Readings, type SourceName, sourceValues } from '../shared/observation.ts';
import { type Failed, failed } from '../shared/reading.ts';

const shapes: { readonly [K in SourceName]: z.ZodMiniType } = sourceValues;

/**
 * Validates what a reader returns; a value that does not validate becomes the failure `malformed`. Unknown
 * fields are dropped. Never rejects: a reader that throws is a defect, and the other sources are still read.
 */
export async function validated<K extends SourceName>(
  name: K,
  read: () => Promise<Readings[K] | Failed>,
): Promise<Readings[K] | Failed> {
  try {
    const reading = await read();
    if (!reading.ok) return reading;
    const result = shapes[name].safeParse(reading.value);
    return result.success
      ? { ...reading, value: result.data }
      : failed('malformed', `what was read of ${name} does not validate`);
  } catch (error) {
    const what = error instanceof Error ? error.name : 'unknown error';
    return failed('malformed', `reading ${name} failed: ${what}`);
  }
}
