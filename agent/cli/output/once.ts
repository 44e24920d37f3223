import * as z from 'zod/mini';
import { severities } from '../../shared/event.ts';
import { observation } from '../../shared/observation.ts';

const event = z.object({
  at: z.string().check(z.describe('ISO 8601, UTC.')),
  kind: z.string().check(z.describe('One of the kinds in docs/contracts.md; later versions may add some.')),
  issue: z.nullable(z.string()).check(z.describe('The issue it belongs to; null: none.')),
  severity: z.enum(severities),
  summary: z.string().check(z.describe('One sentence for the admin.')),
  data: z.record(z.string(), z.unknown()).check(z.describe('What was seen.')),
});

/** What `psso-monitor once --json` prints. */
export const onceOutput = z.object({
  observation: observation.check(
    z.describe('What was read, source by source; a source has a value, or the reason why it has none.'),
  ),
  state: z
    .record(z.string(), z.string())
    .check(z.describe('The keys of the view v_state, and what they are now.')),
  events: z.array(event).check(z.describe('What this look recorded, in order.')),
  openIssues: z.array(z.string()).check(z.describe('The ids of the issues that are open.')),
});
export type OnceOutput = z.infer<typeof onceOutput>;
