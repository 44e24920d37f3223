import * as z from 'zod/mini';

/** What `psso-monitor version --json` prints. */
export const versionOutput = z.object({
  version: z.string(),
  node: z.string().check(z.describe('The version of Node that it runs on.')),
});
export type VersionOutput = z.infer<typeof versionOutput>;
