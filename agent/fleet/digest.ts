import * as z from 'zod/mini';
import type { StateValues } from '../store/state-keys.ts';

/** What one database says that matters to a fleet: a few kilobytes of a year. Instants are milliseconds since 1970, UTC. */
export const digest = z.object({
  schemaVersion: z.int(),
  /** The first thing that was recorded in the time asked for, and the last thing ever; null when there is none. */
  firstAt: z.nullable(z.int()),
  lastAt: z.nullable(z.int()),
  agentVersion: z.string(),
  /** Of `v_state`. */
  state: z.record(z.string(), z.string()),
  /** Which runs of the agent wrote it: two files that share one are of the same Mac. */
  runs: z.array(z.string()),
  /** The number and the instant of some of its events. */
  marks: z.array(z.tuple([z.int(), z.int()])),
  issues: z.array(
    z.object({
      issue: z.string(),
      severity: z.string(),
      openedAt: z.int(),
      resolvedAt: z.nullable(z.int()),
      /** As it was when the issue opened; empty when that isn't known. */
      macos: z.string(),
      companyPortal: z.string(),
    }),
  ),
  /** Each outcome of a password window, and how often. */
  outcomes: z.record(z.string(), z.int()),
  lags: z.array(z.int()),
  activeLags: z.array(z.int()),
  macosSeen: z.array(z.string()),
  companyPortalSeen: z.array(z.string()),
  changes: z.array(z.object({ at: z.int(), kind: z.string(), to: z.string() })),
});
export type Digest = Omit<z.infer<typeof digest>, 'state'> & { readonly state: StateValues };
