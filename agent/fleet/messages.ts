import * as z from 'zod/mini';
import { untrustedDatabaseReasons } from '../untrusted/untrusted-database-error.ts';
import { digest } from './digest.ts';

/** The first line that the reading process receives. */
export const readingTask = z.object({
  /** The path of the merged database; null: none is made. */
  merged: z.nullable(z.string()),
  /** A folder for copies; the caller removes it. */
  scratch: z.string(),
  /** The paths of the requests are private copies, which nothing else changes while they are read. */
  areCopies: z.boolean(),
  since: z.nullable(z.int()),
  now: z.int(),
});
/** What the caller decides; the place of the reader decides whether it gets copies. */
export type ReadingTask = Omit<z.infer<typeof readingTask>, 'areCopies'>;

/** The end of the merged database: the Macs that it leaves out, and what the others have proven. */
const finishRequest = z.object({
  leftOut: z.array(z.string()),
  proven: z.array(z.object({ mac: z.string(), proven: z.record(z.string(), z.nullable(z.string())) })),
});
export type FinishRequest = z.infer<typeof finishRequest>;

/** A database to read, or the end. */
export const readingRequest = z.union([z.object({ mac: z.string(), path: z.string() }), finishRequest]);
export type ReadingRequest = z.infer<typeof readingRequest>;

/** An answer of the reading process: one for each request, in the same order. */
export const readingAnswer = z.union([
  z.object({ mac: z.string(), digest }),
  z.object({ finished: z.literal(true) }),
  z.object({ mac: z.string(), unwritable: z.string() }),
  z.object({ mac: z.string(), reason: z.enum(untrustedDatabaseReasons), detail: z.string() }),
]);
export type ReadingAnswer = z.infer<typeof readingAnswer>;
