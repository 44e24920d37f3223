import * as z from 'zod/mini';

/** What `psso-monitor silence --json` prints: what is silenced, after what the command did. */
export const silenceOutput = z.record(
  z.string().check(z.describe('The id of an issue.')),
  z.string().check(z.describe('Until when it is silent: ISO 8601, UTC.')),
);
export type SilenceOutput = z.infer<typeof silenceOutput>;
