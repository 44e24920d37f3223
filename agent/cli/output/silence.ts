import * as z from 'zod/mini';

/** The output of `psso-monitor silence --json`: the silenced issues after the command. */
export const silenceOutput = z.record(
  z.string().check(z.describe('The id of an issue.')),
  z.string().check(z.describe('The end of the silence: ISO 8601, UTC.')),
);
export type SilenceOutput = z.infer<typeof silenceOutput>;
