import * as z from 'zod/mini';
import { suppressionReasons } from '../../notify/policy-memory.ts';
import { severities } from '../../shared/event.ts';

const at = z.string().check(z.describe('ISO 8601, UTC, on the virtual clock.'));

/** One line of the output of `psso-monitor replay --json`; the summary is the last. */
export const replayOutput = z.discriminatedUnion('type', [
  z.object({
    at,
    type: z.literal('event'),
    kind: z.string().check(z.describe('One of the kinds in docs/contracts.md; later versions may add some.')),
    issue: z.nullable(z.string()),
    severity: z.enum(severities),
    summary: z.string(),
    from: z.nullable(z.string()),
    to: z.nullable(z.string()),
    data: z.record(z.string(), z.unknown()).check(z.describe('The readings behind the event.')),
  }),
  z.object({
    at,
    type: z.literal('notification'),
    issue: z.string(),
    purpose: z.enum(['problem', 'reminder', 'solved']),
    shown: z.boolean(),
    suppressed: z
      .nullable(z.enum(suppressionReasons))
      .check(z.describe('Why the notification was suppressed; null: it was shown.')),
    title: z.string(),
    body: z.string(),
  }),
  z.object({
    type: z.literal('summary'),
    polls: z.int().check(z.describe('The number of polls.')),
    openIssues: z.array(z.string()).check(z.describe('The ids of the issues that are open at the end.')),
    shown: z.int().check(z.describe('The number of notifications that were shown.')),
  }),
]);
export type ReplayOutput = z.infer<typeof replayOutput>;
