import * as z from 'zod/mini';

/** What `psso-monitor doctor --json` prints. `ok` is false when a check fails; a warning leaves it true. */
export const doctorOutput = z.object({
  ok: z.boolean(),
  summary: z.string(),
  checks: z.array(
    z.object({
      id: z.string(),
      group: z.enum(['agent', 'history', 'settings', 'mac', 'notices', 'versions']),
      verdict: z.enum(['pass', 'warn', 'fail', 'could-not-run']),
      message: z.string(),
      /** What to do next; null: nothing. */
      next: z.nullable(z.string()),
    }),
  ),
});
export type DoctorOutput = z.infer<typeof doctorOutput>;
export type CheckResult = DoctorOutput['checks'][number];
