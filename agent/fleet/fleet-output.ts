import * as z from 'zod/mini';
import { freshnessWords } from '../assess/freshness.ts';
import { provenScenarios } from '../validation/proven.ts';
import { passwordChangesOutput } from './password-changes/password-changes-output.ts';
import { percentiles } from './percentiles.ts';

const count = z.int();
const instant = z.string();

/** Macs that had a version, and how many of them had a break with it. */
const ofVersion = z.object({ version: z.string(), macs: count, macsWithBreak: count, breaks: count });

/** A week from Monday, UTC. The last one can be incomplete. */
const week = z.object({
  /** The Monday, as a date. */
  week: z.string(),
  /** With a record in that week. */
  reporting: count,
  /**
   * Of these, without and with an open issue that breaks sign-in at the end of the week. Without one, a Mac
   * need not be well: the trend counts no headlines.
   */
  well: count,
  broken: count,
  /** Known before, and without a record in that week. */
  silent: count,
  issuesOpened: count,
  issuesClosed: count,
  /** The password sync lag of the token cycles that began in that week. */
  passwordLagSeconds: z.nullable(percentiles),
  lagSeconds: z.nullable(percentiles),
  /** The openings of issues by the version that was there, most first. */
  breaksByMacos: z.array(z.object({ version: z.string(), breaks: count })),
  breaksByCompanyPortal: z.array(z.object({ version: z.string(), breaks: count })),
});
export type FleetWeek = z.infer<typeof week>;

/** What `psso-monitor fleet --json` prints. Instants in ISO 8601, UTC; durations in seconds. */
export const fleetOutput = z.object({
  generatedAt: instant,
  /** The newest record of any Mac: the summary describes this time. Null: no database was read. */
  asOf: z.nullable(instant),
  /** `ended`: `asOf` is older than `silentAfterSeconds`, and no state is known now. */
  freshness: z.enum(freshnessWords),
  since: z.nullable(instant),
  files: z.object({
    found: count,
    read: count,
    /** Files and reasons. */
    skipped: z.array(z.object({ file: z.string(), reason: z.string() })),
    /** Files of the same Mac: the older file is not part of the summary. */
    duplicates: z.array(z.object({ mac: z.string(), sameAs: z.string() })),
    /** Files with one history id and different events, such as of a clone. Each is a row of its own. */
    branches: z.array(z.object({ mac: z.string(), branchOf: z.string() })),
  }),
  /** Two users of one Mac count once here; every other count is of users. */
  macs: count,
  users: count,
  /** Those that are not silent. */
  reporting: count,
  /** Of the Macs that report, at `asOf`; the words are those of `v_state`. */
  headlines: z.array(z.object({ headline: z.string(), text: z.string(), macs: count })),
  issues: z.array(
    z.object({
      issue: z.string(),
      title: z.string(),
      severity: z.string(),
      macsOpen: count,
      /** With an open or resolved episode. */
      macsEver: count,
      episodes: count,
      firstOpenedAt: instant,
      /** The earliest of the open episodes. */
      openSince: z.nullable(instant),
      medianOpenSeconds: z.nullable(count),
    }),
  ),
  /** The lag of token cycles, from the due time or the prompt to the refresh. */
  sync: z.object({
    cycles: count,
    outcomes: z.array(z.object({ outcome: z.string(), cycles: count })),
    lagSeconds: z.nullable(percentiles),
    activeLagSeconds: z.nullable(percentiles),
    /** Of these, the cycles in which the password changed: the password sync lag. */
    passwordLagSeconds: z.nullable(percentiles),
    activePasswordLagSeconds: z.nullable(percentiles),
  }),
  /** How many Macs have proven each scenario of a roll-out in the time asked for; see `validate`. */
  proven: z.array(z.object({ scenario: z.enum(provenScenarios), macs: count })),
  /** A break is the opening of an issue. */
  breaks: z.object({
    count,
    macs: count,
    macDays: count,
    byMacos: z.array(ofVersion),
    byCompanyPortal: z.array(ofVersion),
    /** The breaks by their best stated cause. A break without one is left out. */
    byCause: z.array(
      z.object({ cause: z.string(), title: z.string(), grade: z.string(), macs: count, breaks: count }),
    ),
    /**
     * Macs with a change, and how many of them had a break in the 24 hours after it. No cause is claimed:
     * `shareOfAnyDay`, the share of all days with a break, is for comparison.
     */
    afterChanges: z.array(z.object({ kind: z.string(), to: z.string(), macs: count, macsWithBreak: count })),
    shareOfAnyDay: z.number(),
  }),
  /** When changed passwords reached the Macs: with `--password-changes` only. */
  passwordChanges: z.optional(passwordChangesOutput),
  /** By week, the oldest first: with `--store` only. */
  weeks: z.optional(z.array(week)),
  /** Silent Macs have no record in this time before `asOf`. */
  silentAfterSeconds: count,
  silent: z.array(z.object({ mac: z.string(), lastRecordAt: instant, agentVersion: z.string() })),
  agents: z.array(z.object({ version: z.string(), macs: count })),
  /** Every Mac, by name. */
  list: z.array(
    z.object({
      mac: z.string(),
      /** `unknown` when the Mac has no record in `silentAfterSeconds` before now. */
      headline: z.string(),
      /** Its last known headline then; else null. */
      was: z.nullable(z.string()),
      freshness: z.enum(freshnessWords),
      /** When the present trouble, or else the state, began; null: unknown. */
      since: z.nullable(instant),
      openIssues: z.array(z.string()),
      /** The open issues whose newest notification was held back by a silence, as the Mac recorded it. */
      silenced: z.array(
        z.object({
          issue: z.string(),
          by: z.enum(['user', 'settings']),
          /** The end of the silence; null: none, or unknown. */
          until: z.nullable(instant),
        }),
      ),
      /** The best cause of the worst open issue, as one sentence with its grade; empty: none. */
      cause: z.string(),
      /** When the Mac last proved each scenario of a roll-out; null: it has not. */
      proven: z.object({
        registration: z.nullable(instant),
        'password-sync': z.nullable(instant),
        repair: z.nullable(instant),
        migration: z.nullable(instant),
      }),
      lastRecordAt: z.nullable(instant),
      macos: z.string(),
      companyPortal: z.string(),
      agentVersion: z.string(),
      /** Empty unless the setting `StoredIdentity` fills it. */
      user: z.string(),
      device: z.string(),
    }),
  ),
});
export type FleetSummary = z.infer<typeof fleetOutput>;
export type FleetMac = FleetSummary['list'][number];
/** A summary whose list is read one row after the other, and may be read again. */
export type ListedSummary = Omit<FleetSummary, 'list'> & { readonly list: Iterable<FleetMac> };
