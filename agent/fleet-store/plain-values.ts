import * as z from 'zod/mini';

/*
 * A report reads the records of thousands of histories, each with hundreds of values. With a schema for each
 * value, the checks took a third of the time of a record, so these schemas check a list or object at once.
 */

/** A list of numbers. */
export const numbers = z.custom<readonly number[]>(
  (value) => Array.isArray(value) && value.every((one) => typeof one === 'number'),
);

/** An object of texts with any keys. */
export const texts = z.custom<Readonly<Record<string, string>>>(
  (value) => isObject(value) && Object.values(value).every((one) => typeof one === 'string'),
);

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
