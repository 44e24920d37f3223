import * as z from 'zod/mini';
import { freshnessWords } from '../assess/freshness.ts';

const validationResults = ['passed', 'failed', 'skipped', 'not-seen', 'not-possible', 'unknown'] as const;

export const stepIds = [
  'preconditions',
  'registration',
  'password-sync',
  'repair',
  'migration',
  'extension',
  'autofill',
  'notification',
  'agent',
] as const;
export type StepId = (typeof stepIds)[number];

const instant = z.nullable(z.string());

const stage = z.object({
  id: z.enum(['prompt', 'typed', 'tokens', 'local-password']),
  title: z.string(),
  at: instant.check(z.describe('ISO 8601, UTC; null: not seen.')),
});
export type SyncStage = z.infer<typeof stage>;

export const validationStep = z.object({
  id: z.enum(stepIds),
  title: z.string(),
  result: z
    .enum(validationResults)
    .check(
      z.describe(
        'passed: an event or the state shows it. failed: an issue, a check or the time limit shows that it does not work. skipped: by choice. not-seen: it has not happened yet. not-possible: this Mac can not show it. unknown: the history ended, or a reading is missing.',
      ),
    ),
  at: instant.check(z.describe('When it passed or failed, ISO 8601, UTC; null: no such time.')),
  sentence: z.string(),
  judgedBy: z
    .array(z.string())
    .check(z.describe('The views, events, issues and checks that it was judged by.')),
  issue: z.nullable(z.string()).check(z.describe('The issue of a failure.')),
  cause: z.nullable(z.string()).check(z.describe('The best cause of a failure; null: none is known.')),
  remedy: z.array(z.string()).check(z.describe('What to do next, the first step first.')),
  stages: z
    .array(stage)
    .check(z.describe('What macOS did, in the order of a password change; only of password-sync.')),
});
export type ValidationStep = z.infer<typeof validationStep>;

/** The output of `psso-monitor validate --json`. */
export const validationOutput = z.object({
  judgedAt: z.string().check(z.describe('ISO 8601, UTC.')),
  judgedFrom: z
    .enum(['walk', 'history'])
    .check(
      z.describe('walk: the steps of a pilot Mac, taken up until they end. history: recorded events alone.'),
    ),
  result: z
    .enum(['passed', 'failed', 'incomplete'])
    .check(z.describe('incomplete: no step failed, and at least one was not seen or is unknown.')),
  since: instant.check(z.describe('Older events prove nothing; null: the whole history counts.')),
  startedAt: instant.check(z.describe('When the walk began; null: judged from history alone.')),
  headline: z.string().check(z.describe('As in `status --json`.')),
  headlineText: z.string(),
  freshness: z.enum(freshnessWords),
  lastPollAt: instant,
  agentRuns: z.boolean().check(z.describe('Whether an agent runs for this history.')),
  identityProvider: z.string(),
  method: z.string(),
  macos: z.string().check(z.describe('Empty: unknown.')),
  companyPortal: z.string().check(z.describe('A version, "not installed", or empty: unknown.')),
  agentVersion: z.string(),
  steps: z.array(validationStep),
});
export type ValidationOutput = z.infer<typeof validationOutput>;
