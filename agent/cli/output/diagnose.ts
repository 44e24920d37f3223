import * as z from 'zod/mini';

const part = z.object({
  file: z.string(),
  title: z.string(),
  missing: z.nullable(z.string()).check(z.describe('Why it is not in the archive; null: it is.')),
});

const step = z.object({ what: z.string(), command: z.nullable(z.string()) });

/** What `psso-monitor diagnose --yes --json` prints. */
export const diagnoseOutput = z.object({
  file: z.string().check(z.describe('The archive that was made.')),
  bytes: z.int(),
  parts: z.array(part),
  nextSteps: z
    .array(step)
    .check(z.describe('What to do next, in order; a command with sudo is for an admin to run.')),
});
export type DiagnoseOutput = z.infer<typeof diagnoseOutput>;
