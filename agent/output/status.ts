import * as z from 'zod/mini';

/** What `psso-monitor status --json` prints. Instants in ISO 8601, UTC. */
export const statusOutput = z.object({
  /** As in `v_state`: `ok`, `needs-attention`, `not-registered`, `not-configured`, `exempt` or `unknown`. */
  headline: z.string(),
  headlineText: z.string(),
  /** Since when the headline is so; empty while that isn't known. */
  since: z.string(),
  /** The password window in one human sentence. */
  window: z.string(),
  /** Every key of `v_state`, and its value. */
  state: z.record(z.string(), z.string()),
  openIssues: z.array(
    z.object({ issue: z.string(), severity: z.string(), openedAt: z.string(), summary: z.string() }),
  ),
  agent: z.object({
    /** null: no agent is known to have run here. */
    running: z.nullable(z.boolean()),
    lastLookAt: z.nullable(z.string()),
    text: z.string(),
  }),
});
export type StatusOutput = z.infer<typeof statusOutput>;
