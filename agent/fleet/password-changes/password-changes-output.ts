import * as z from 'zod/mini';
import { percentiles } from '../percentiles.ts';

const count = z.int();
const instant = z.string();

/** Why it is not known whether a change reached a Mac, with the words for people. */
export const unknownReasons = {
  'user-unknown': 'no Mac has this user',
  'user-unclear': 'several users of the file can be the account of the Mac',
  silent: 'the Mac is silent',
  'no-record-since': 'the Mac has no record since the change',
  'history-begins-later': 'the history of the Mac begins after the change',
  'not-configured': 'Platform SSO is not configured on the Mac',
  'method-without-password': 'the sign-in method of the Mac does not use the work password',
  'method-not-understood': 'it is not known how the sign-in method of the Mac treats the password',
  'local-password-set': 'the local password was set on the Mac, without a token refresh near it',
} as const;
export type UnknownReason = keyof typeof unknownReasons;

/** What `fleet --password-changes FILE` adds. Nothing in it is a name from the file. */
export const passwordChangesOutput = z.object({
  file: z.object({
    /** `entra-csv`, `entra-json` or `csv`. */
    format: z.string(),
    entries: count,
    /** Left out: activities without success, activities that set no password, repeated entries. */
    failed: count,
    otherActivities: count,
    repeated: count,
    /** Left out: before the time of `--since`. */
    before: count,
  }),
  /** Of a user with two Macs a change counts twice; of a user without a Mac it counts once. */
  count,
  reached: z.object({
    count,
    within4Hours: count,
    /** With those within 4 hours. */
    withinADay: count,
  }),
  /** From the change to the receipt of the tokens of the password sync. */
  lagSeconds: z.nullable(percentiles),
  /** `late`: more than 4 hours after the change, at the last record of the Mac. */
  notYet: z.object({ count, late: count }),
  /** The password was changed again before the Mac took this one. */
  replaced: count,
  notKnown: z.object({
    count,
    reasons: z.array(z.object({ reason: z.string(), text: z.string(), count })),
  }),
  /** Macs without a stored user, which no change can be joined with. */
  macsWithoutUser: count,
  /** Macs whose stored user has the form of a digest, while no key was given. */
  macsWithDigest: count,
  /** The Macs that are late, the longest waiting first. */
  late: z.array(
    z.object({
      mac: z.string(),
      changedAt: instant,
      /** To the last record of the Mac. */
      waitingSeconds: count,
      /** The best cause of the worst open issue, as in `list`; empty: none is known. */
      cause: z.string(),
      /** What else the record says; empty: nothing. */
      note: z.string(),
    }),
  ),
  /** Every change, in the order of time. */
  list: z.array(
    z.object({
      /** The line in a CSV, or the number of the entry in a JSON list. */
      entry: count,
      /** Null: no Mac has the user, or it is unclear which. */
      mac: z.nullable(z.string()),
      changedAt: instant,
      /** `reached`, `not-yet`, `replaced` or `not-known`. */
      outcome: z.string(),
      /** Of `not-known`; else empty. */
      reason: z.string(),
      reachedAt: z.nullable(instant),
      lagSeconds: z.nullable(count),
    }),
  ),
});
export type PasswordChangesSummary = z.infer<typeof passwordChangesOutput>;
