import * as z from 'zod/mini';

const openIssue = z.object({
  issue: z.string(),
  severity: z.string(),
  openedAt: z.string(),
  summary: z.string(),
});

const ownUse = z.object({
  measuredAt: z.string().check(z.describe('At most an hour ago while the agent runs and the Mac is awake.')),
  rssBytes: z.number().check(z.describe('Resident memory.')),
  heapBytes: z.number().check(z.describe('Memory of the JavaScript engine, also where macOS compressed it.')),
  cpuSecondsPerHour: z
    .nullable(z.number())
    .check(z.describe('Processor time of the agent in the last counted hour awake; null: not an hour yet.')),
  rowsPerHour: z
    .nullable(z.number())
    .check(z.describe('Rows of the database inserted or changed, in the same hour.')),
  rowsWritten: z.number().check(z.describe('The same since the agent started.')),
  lastLookMilliseconds: z.number().check(z.describe('Duration of the poll, with its commands.')),
  overLimits: z.array(z.string()).check(z.describe('The limits that the agent exceeds; empty: none.')),
});

const selfRestart = z.object({ at: z.string(), because: z.string() });

/** The output of `psso-monitor status --json`. Instants in ISO 8601, UTC. */
export const statusOutput = z.object({
  headline: z
    .string()
    .check(
      z.describe(
        'As in v_state: `ok`, `needs-attention`, `not-registered`, `not-configured`, `exempt` or `unknown`.',
      ),
    ),
  headlineText: z.string().check(z.describe('The headline as a sentence.')),
  since: z.string().check(z.describe('The start of this headline; empty: unknown.')),
  window: z.string().check(z.describe('The password window in one sentence.')),
  state: z.record(z.string(), z.string()).check(z.describe('Every key of v_state with its value.')),
  openIssues: z.array(openIssue),
  agent: z.object({
    running: z.nullable(z.boolean()).check(z.describe('null: no agent has run here.')),
    lastLookAt: z.nullable(z.string()),
    text: z.string(),
    ownUse: z.nullable(ownUse).check(z.describe('The own use of the agent; null: not measured in this run.')),
    selfRestart: z
      .nullable(selfRestart)
      .check(z.describe('When and why the agent last restarted itself over a limit; null: never.')),
  }),
});
export type StatusOutput = z.infer<typeof statusOutput>;
