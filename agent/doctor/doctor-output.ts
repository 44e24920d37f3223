import * as z from 'zod/mini';
import { freshnessWords } from '../assess/freshness.ts';

const check = z.object({
  id: z.string(),
  group: z.enum(['agent', 'history', 'settings', 'mac', 'notices', 'versions']),
  verdict: z
    .enum(['pass', 'warn', 'fail', 'could-not-run'])
    .check(z.describe('`could-not-run` is no failure: the state is unknown.')),
  message: z.string(),
  next: z.nullable(z.string()).check(z.describe('What to do next; null: nothing.')),
});

/** The output of `psso-monitor doctor --json`. */
export const doctorOutput = z.object({
  ok: z.boolean().check(z.describe('False when a check fails; a warning leaves it true.')),
  summary: z.string(),
  checks: z.array(check),
  signIn: z
    .nullable(
      z.object({
        headline: z.string(),
        was: z.nullable(z.string()),
        freshness: z.enum(freshnessWords),
        since: z.nullable(z.string()),
        text: z.string().check(z.describe('One line for people.')),
      }),
    )
    .check(z.describe('How sign-in is, as in `status --json`; null: no history can be read.')),
});
export type DoctorOutput = z.infer<typeof doctorOutput>;
export type CheckResult = DoctorOutput['checks'][number];
