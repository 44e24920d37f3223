import * as z from 'zod/mini';
import { catalogueEntry } from '../../issues/catalogue-schema.ts';
import { eventRow, issueRow } from '../../store/row-shapes.ts';

const userText = z.object({
  title: z.string(),
  body: z.string(),
  steps: z.array(z.string()).check(z.describe('What the user can do, in order.')),
  solved: z.string().check(z.describe('What the user reads when it is over.')),
  solvedTitle: z.string(),
});

/** What `psso-monitor explain ISSUE --json` prints. */
export const explainOutput = z.object({
  entry: catalogueEntry.check(z.describe('What the catalogue says of the issue.')),
  userText: z
    .nullable(userText)
    .check(z.describe("In the user's language; null: a user is never told of this one.")),
  episodes: z.array(issueRow).check(z.describe('When this Mac had it, the open ones first.')),
  evidence: z
    .nullable(z.record(z.string(), z.unknown()))
    .check(z.describe('What was seen when it opened or last changed; null: it was never seen here.')),
  possibleCauses: z
    .array(z.string())
    .check(z.describe('Ids of what may be behind it, the most fitting first; none is proven.')),
  history: z.array(eventRow).check(z.describe('Its last 20 events, the oldest first.')),
});
export type ExplainOutput = z.infer<typeof explainOutput>;
