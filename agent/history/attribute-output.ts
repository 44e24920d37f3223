import * as z from 'zod/mini';

/** What `psso-monitor attribute --json` prints: this Mac in the few words that inventories have room for. Instants in ISO 8601, UTC. */
export const attributeOutput = z.object({
  /**
   * As in `v_state`: `ok`, `needs-attention`, `not-registered`, `not-configured`, `exempt`, `unknown`; and `silent` where the agent has
   * not looked for a day, `none` where nobody has a history. Of several users, that of the one who is worst off.
   */
  headline: z.string(),
  since: z.string(),
  /** Ids, sorted. */
  openIssues: z.array(z.string()),
  lastConfirmedGood: z.string(),
  lastLook: z.string(),
  /** `running`: it looked within a day. `silent`, or `none`. */
  agent: z.enum(['running', 'silent', 'none']),
  agentVersion: z.string(),
  /** One line for people. */
  summary: z.string(),
});
export type AttributeOutput = z.infer<typeof attributeOutput>;
