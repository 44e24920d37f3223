import * as z from 'zod/mini';

/** The output of `psso-monitor version --json`. */
export const versionOutput = z.object({
  version: z.string(),
  node: z.string().check(z.describe('The version of Node.')),
});
export type VersionOutput = z.infer<typeof versionOutput>;
