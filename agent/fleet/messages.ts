import * as z from 'zod/mini';
import { untrustedDatabaseReasons } from '../untrusted/untrusted-database-error.ts';
import { digest } from './digest.ts';

/** The first line that the reading process receives. */
export const readingTask = z.object({
  /** The path of the merged database; null: none is made. */
  merged: z.nullable(z.string()),
  /** A folder for copies; the caller removes it. */
  scratch: z.string(),
  since: z.nullable(z.int()),
  now: z.int(),
});
export type ReadingTask = z.infer<typeof readingTask>;

export const readingRequest = z.object({ mac: z.string(), path: z.string() });

/** A line of the reading process: one for each request, in the same order. */
export const readingAnswer = z.union([
  z.object({ mac: z.string(), digest }),
  z.object({ mac: z.string(), unwritable: z.string() }),
  z.object({ mac: z.string(), reason: z.enum(untrustedDatabaseReasons), detail: z.string() }),
]);
export type ReadingAnswer = z.infer<typeof readingAnswer>;
