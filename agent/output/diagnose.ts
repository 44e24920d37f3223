import * as z from 'zod/mini';

/** What `psso-monitor diagnose --yes --json` prints. */
export const diagnoseOutput = z.object({
  file: z.string(),
  bytes: z.int(),
  parts: z.array(
    z.object({
      file: z.string(),
      title: z.string(),
      /** Why it is not in the archive; null: it is. */
      missing: z.nullable(z.string()),
    }),
  ),
  /** What to do next, in order; a command with sudo is for an admin to run. */
  nextSteps: z.array(z.object({ what: z.string(), command: z.nullable(z.string()) })),
});
export type DiagnoseOutput = z.infer<typeof diagnoseOutput>;
