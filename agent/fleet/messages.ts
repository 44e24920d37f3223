import * as z from 'zod/mini';
import { untrustedDatabaseReasons } from '../untrusted/untrusted-database-error.ts';
import { digest } from './digest.ts';

/** What the reading process is asked, a line each, the first line first. */
export const readingTask = z.object({
  /** Where all rows are to be put together; null: nowhere. */
  merged: z.nullable(z.string()),
  /** A folder for copies; who asks removes it. */
  scratch: z.string(),
  since: z.nullable(z.int()),
  now: z.int(),
});
export type ReadingTask = z.infer<typeof readingTask>;

export const readingRequest = z.object({ mac: z.string(), path: z.string() });
export type ReadingRequest = z.infer<typeof readingRequest>;

/** What it answers, a line for each request, in their order. */
export const readingAnswer = z.union([
  z.object({ mac: z.string(), digest }),
  z.object({ mac: z.string(), unwritable: z.string() }),
  z.object({ mac: z.string(), reason: z.enum(untrustedDatabaseReasons), detail: z.string() }),
]);
export type ReadingAnswer = z.infer<typeof readingAnswer>;
