import * as z from 'zod/mini';
import { freshnessWords } from '../assess/freshness.ts';

/** The output of `psso-monitor attribute --json`, for inventories. Instants in ISO 8601, UTC. */
export const attributeOutput = z.object({
  /**
   * A headline of `v_state`: `ok`, `needs-attention`, `not-registered`, `not-configured`, `exempt` or
   * `unknown`; or `silent`: no poll for a day; or `none`: no history. Of several users, the worst.
   */
  headline: z.string(),
  /** The last known headline of a `silent` history; else null. */
  was: z.nullable(z.string()),
  freshness: z.enum(freshnessWords),
  /** When the present trouble, or else the state, began; of a `silent` history the last poll. */
  since: z.string(),
  /** Ids, sorted. */
  openIssues: z.array(z.string()),
  lastConfirmedGood: z.string(),
  lastLook: z.string(),
  /** `running`: the agent polled within a day. */
  agent: z.enum(['running', 'silent', 'none']),
  agentVersion: z.string(),
  /** One line for people. */
  summary: z.string(),
});
export type AttributeOutput = z.infer<typeof attributeOutput>;
