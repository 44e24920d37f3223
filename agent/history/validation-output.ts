import * as z from 'zod/mini';

const validationResults = ['proven', 'failed', 'not-seen', 'not-possible', 'unknown'] as const;

const instant = z.nullable(z.string());

const step = z.object({
  id: z.enum([
    'preconditions',
    'registration',
    'password-sync',
    'repair',
    'migration',
    'extension-and-autofill',
    'notification',
    'agent',
  ]),
  title: z.string(),
  result: z
    .enum(validationResults)
    .check(
      z.describe(
        'proven: an event or the state shows it. failed: an issue says that it does not work. not-seen: it has not happened yet. not-possible: this Mac can not show it. unknown: the history ended, or a reading is missing.',
      ),
    ),
  at: instant.check(z.describe('When it was proven or failed, ISO 8601, UTC; null: no such time.')),
  sentence: z.string(),
  judgedBy: z.array(z.string()).check(z.describe('The views, events and issues that it was judged by.')),
  issue: z.nullable(z.string()).check(z.describe('The issue of a failure.')),
  remedy: z.array(z.string()).check(z.describe('What to do about a failure, the first step first.')),
});
export type ValidationStep = z.infer<typeof step>;

/** The output of `psso-monitor validate --json`. */
export const validationOutput = z.object({
  judgedAt: z.string().check(z.describe('ISO 8601, UTC.')),
  since: instant.check(z.describe('Older events prove nothing; null: the whole history counts.')),
  method: z.string(),
  macos: z.string().check(z.describe('Empty: unknown.')),
  companyPortal: z.string().check(z.describe('A version, "not installed", or empty: unknown.')),
  agentVersion: z.string(),
  steps: z.array(step),
});
export type ValidationOutput = z.infer<typeof validationOutput>;
