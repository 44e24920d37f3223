import * as z from 'zod/mini';
import { freshnessWords } from '../assess/freshness.ts';
import { answers } from '../assess/preconditions.ts';
import { statedCause } from './stated-causes.ts';

const openIssue = z.object({
  issue: z.string(),
  severity: z.string(),
  openedAt: z.string(),
  summary: z.string(),
  alsoNoticed: z.boolean().check(z.describe('Sign-in works, and only the admin can act on it.')),
  silencedUntil: z
    .nullable(z.string())
    .check(z.describe('The user silenced its notifications until then; null: not silenced.')),
});

const main = z.object({
  issue: z.string(),
  causes: z.array(statedCause).check(z.describe('The stated causes, the best one first.')),
  forAdmin: z.boolean().check(z.describe('Only the admin can act on it, and the user is not notified.')),
  doNow: z.array(z.string()).check(z.describe('The first steps.')),
  shown: z
    .nullable(z.object({ at: z.string(), title: z.string() }))
    .check(z.describe('The newest notification that the user was shown; null: none since it opened.')),
  suppressed: z
    .nullable(z.string())
    .check(z.describe('Why the newest notification was not shown, as in the event; null: it was shown.')),
  silencedUntil: z.nullable(z.string()),
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
        'As in v_state: `ok`, `needs-attention`, `not-registered`, `not-configured`, `exempt` or `unknown`. ' +
          '`unknown` also when the record is silent or ended.',
      ),
    ),
  was: z
    .nullable(z.string())
    .check(z.describe('The last known headline of a record that is silent or ended; else null.')),
  freshness: z
    .enum(freshnessWords)
    .check(
      z.describe(
        '`live`; `late`: no poll for longer than expected; `silent`: no poll for a day; `ended`: the same, and no agent is here.',
      ),
    ),
  headlineText: z.string().check(z.describe('The headline as a sentence.')),
  since: z.string().check(z.describe('When the present trouble, or else this state, began; empty: unknown.')),
  lastKnownAt: z.nullable(z.string()).check(z.describe('The last poll; null: none, or unknown.')),
  missing: z
    .array(z.string())
    .check(z.describe('What sign-in needs and does not have, when no open issue says it.')),
  notKnown: z.array(z.string()).check(z.describe('What decides and is not known, as sentences.')),
  next: z.string().check(z.describe('The next step, when no open issue names one; empty: none.')),
  main: z.nullable(main).check(z.describe('The open issue that matters most; null: no issue is open.')),
  window: z
    .string()
    .check(z.describe('The password window in one sentence; empty: the sign-in method is not understood.')),
  preconditions: z
    .record(z.string(), z.enum(answers))
    .check(z.describe('What sign-in needs, each yes, no or unknown.')),
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
