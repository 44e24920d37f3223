import * as z from 'zod/mini';

const part = z.object({
  file: z.string(),
  title: z.string(),
  missing: z.nullable(z.string()).check(z.describe('Why the part is not in the archive; null: it is in it.')),
});

const step = z.object({ what: z.string(), command: z.nullable(z.string()) });

/** The output of `psso-monitor diagnose --yes --json`. */
export const diagnoseOutput = z.object({
  file: z.string().check(z.describe('The archive.')),
  bytes: z.int(),
  parts: z.array(part),
  nextSteps: z
    .array(step)
    .check(z.describe('The next steps, first to last; an admin runs a command with sudo.')),
});
export type DiagnoseOutput = z.infer<typeof diagnoseOutput>;
