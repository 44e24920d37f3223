import * as z from 'zod/mini';
import type { StateValues } from '../store/state-keys.ts';
import { silencedIssue } from './silenced.ts';

/**
 * What one database contributes to the summary: a few kilobytes a year. Instants are milliseconds since 1970,
 * UTC.
 */
export const digest = z.object({
  schemaVersion: z.int(),
  /** The first event since the time asked for, and the last event of all; null: none. */
  firstAt: z.nullable(z.int()),
  lastAt: z.nullable(z.int()),
  /** The first event of all; null: none. */
  beganAt: z.nullable(z.int()),
  agentVersion: z.string(),
  /** When the headline took its value; null: unknown. */
  headlineSince: z.nullable(z.int()),
  /** Of `v_state`. */
  state: z.record(z.string(), z.string()),
  /** Runs of the agent: two files that share a run are of the same Mac. */
  runs: z.array(z.string()),
  /** The numbers and instants of some events. */
  marks: z.array(z.tuple([z.int(), z.int()])),
  issues: z.array(
    z.object({
      issue: z.string(),
      severity: z.string(),
      openedAt: z.int(),
      resolvedAt: z.nullable(z.int()),
      /** The version when the issue opened; empty: unknown. */
      macos: z.string(),
      companyPortal: z.string(),
      /** The best stated cause and its grade; empty: none. */
      cause: z.string(),
      causeGrade: z.string(),
      causeSentence: z.string(),
      /** The first possible cause in the evidence, by id; `none`: it lists none; empty: it has no list. */
      possibleCause: z.string(),
    }),
  ),
  /** The events that prove a scenario of a roll-out: kind and instant, the oldest first. */
  proofs: z.array(z.tuple([z.string(), z.int()])),
  /** When the newest password sync ended; null: none. */
  syncedAt: z.nullable(z.int()),
  /** When macOS received the tokens of each password sync. */
  passwordSyncs: z.array(z.int()),
  /** When the local password was set without a token refresh near it. */
  localPasswordSets: z.array(z.int()),
  /** When the registration took its value in `state`; null: unknown. */
  registrationSince: z.nullable(z.int()),
  silenced: z.array(silencedIssue),
  /** The number of token cycles by outcome. */
  outcomes: z.record(z.string(), z.int()),
  lags: z.array(z.int()),
  activeLags: z.array(z.int()),
  /** Of the cycles that ended with another password. */
  passwordLags: z.array(z.int()),
  activePasswordLags: z.array(z.int()),
  macosSeen: z.array(z.string()),
  companyPortalSeen: z.array(z.string()),
  changes: z.array(z.object({ at: z.int(), kind: z.string(), to: z.string() })),
});
export type Digest = Omit<z.infer<typeof digest>, 'state'> & { readonly state: StateValues };
