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
  heapBytes: z.number().check(z.describe('What the JavaScript engine holds, compressed by macOS or not.')),
  cpuSecondsPerHour: z
    .nullable(z.number())
    .check(
      z.describe(
        'Processor time of the agent itself in the last hour awake that was counted; null: not an hour yet.',
      ),
    ),
  rowsPerHour: z
    .nullable(z.number())
    .check(z.describe('Rows of the database inserted or changed, in the same hour.')),
  rowsWritten: z.number().check(z.describe('The same since the agent started.')),
  lastLookMilliseconds: z
    .number()
    .check(z.describe('How long the look took, with the commands it waited for.')),
  overLimits: z.array(z.string()).check(z.describe('Which of its limits it is over; empty: none.')),
});

const selfRestart = z.object({ at: z.string(), because: z.string() });

/** What `psso-monitor status --json` prints. Instants in ISO 8601, UTC. */
export const statusOutput = z.object({
  headline: z
    .string()
    .check(
      z.describe(
        'As in v_state: `ok`, `needs-attention`, `not-registered`, `not-configured`, `exempt` or `unknown`.',
      ),
    ),
  headlineText: z.string().check(z.describe('The same in words.')),
  since: z.string().check(z.describe("Since when the headline is so; empty while that isn't known.")),
  window: z.string().check(z.describe('The password window in one human sentence.')),
  state: z.record(z.string(), z.string()).check(z.describe('Every key of v_state, and its value.')),
  openIssues: z.array(openIssue),
  agent: z.object({
    running: z.nullable(z.boolean()).check(z.describe('null: no agent is known to have run here.')),
    lastLookAt: z.nullable(z.string()),
    text: z.string(),
    ownUse: z
      .nullable(ownUse)
      .check(z.describe('What the agent uses itself; null: not measured in this run.')),
    selfRestart: z
      .nullable(selfRestart)
      .check(z.describe('When and why it last restarted itself, since it was over a limit; null: never.')),
  }),
});
export type StatusOutput = z.infer<typeof statusOutput>;
