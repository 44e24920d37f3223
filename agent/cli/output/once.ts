import * as z from 'zod/mini';
import { severities } from '../../shared/event.ts';
import { observationShape } from '../../shared/observation-shape.ts';

const event = z.object({
  at: z.string().check(z.describe('ISO 8601, UTC.')),
  kind: z.string().check(z.describe('One of the kinds in docs/contracts.md; later versions may add some.')),
  issue: z.nullable(z.string()).check(z.describe('The issue of the event; null: none.')),
  severity: z.enum(severities),
  summary: z.string().check(z.describe('One sentence for the admin.')),
  data: z.record(z.string(), z.unknown()).check(z.describe('The readings behind the event.')),
});

/** The output of `psso-monitor once --json`. */
export const onceOutput = z.object({
  observation: observationShape.check(
    z.describe('The reading of each source: a value, or the reason of a failure.'),
  ),
  state: z.record(z.string(), z.string()).check(z.describe('The keys of v_state with their present values.')),
  events: z.array(event).check(z.describe('The events that this poll recorded, the oldest first.')),
  openIssues: z.array(z.string()).check(z.describe('The ids of the issues that are open.')),
});
export type OnceOutput = z.infer<typeof onceOutput>;
