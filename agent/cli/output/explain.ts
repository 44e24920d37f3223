import * as z from 'zod/mini';
import { freshnessWords } from '../../assess/freshness.ts';
import { statedCause } from '../../history/stated-causes.ts';
import { catalogueEntry } from '../../issues/catalogue-schema.ts';
import { eventRow, issueRow } from '../../store/row-shapes.ts';

const userText = z.object({
  title: z.string(),
  body: z.string(),
  steps: z.array(z.string()).check(z.describe('What the user can do, first to last.')),
  solved: z.string().check(z.describe('The text of the notification after the end of the issue.')),
  solvedTitle: z.string(),
});

/** The output of `psso-monitor explain ISSUE --json`. */
export const explainOutput = z.object({
  entry: catalogueEntry.check(z.describe('The catalogue entry of the issue.')),
  freshness: z
    .nullable(z.enum(freshnessWords))
    .check(z.describe('Whether the history is current; null: there is no history.')),
  headline: z.nullable(z.string()).check(z.describe('As in `status --json`; null: there is no history.')),
  was: z
    .nullable(z.string())
    .check(z.describe('The last known headline of a history that is silent or ended; else null.')),
  userText: z
    .nullable(userText)
    .check(z.describe('The text for the user; null: there is no notification for this issue.')),
  episodes: z.array(issueRow).check(z.describe('The episodes on this Mac, open ones first.')),
  silencedUntil: z
    .nullable(z.string())
    .check(z.describe('The user silenced the issue until then; null: not silenced.')),
  evidence: z
    .nullable(z.record(z.string(), z.unknown()))
    .check(z.describe('The evidence of the last opening or update; null: the issue was never recorded.')),
  causes: z
    .array(statedCause)
    .check(z.describe('What may have caused it: changes on this Mac, then possible causes; the best first.')),
  possibleCauses: z
    .array(z.string())
    .check(z.describe('Ids of possible causes, the most likely first; none is proven.')),
  history: z.array(eventRow).check(z.describe('The last 20 events of the issue, the oldest first.')),
});
export type ExplainOutput = z.infer<typeof explainOutput>;
