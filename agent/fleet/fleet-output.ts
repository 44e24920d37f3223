import * as z from 'zod/mini';

const count = z.int();
const instant = z.string();

/** Seconds, by nearest rank; `n` is how many there were. */
export const percentiles = z.object({
  n: count,
  p50: count,
  p75: count,
  p90: count,
  p95: count,
  p99: count,
  most: count,
});
export type Percentiles = z.infer<typeof percentiles>;

/** Macs that were seen with a version, and how many of them had an issue open while they had it. */
const ofVersion = z.object({ version: z.string(), macs: count, macsWithBreak: count, breaks: count });

/** What `psso-monitor fleet --json` prints. Instants in ISO 8601, UTC; durations in seconds. */
export const fleetOutput = z.object({
  generatedAt: instant,
  /** The newest thing that any Mac recorded; null when nothing was read. The fleet is told of as it was then. */
  asOf: z.nullable(instant),
  since: z.nullable(instant),
  files: z.object({
    found: count,
    read: count,
    /** By name, with the reason. */
    skipped: z.array(z.object({ file: z.string(), reason: z.string() })),
    /** The same Mac once more: the older file is left out of everything else. */
    duplicates: z.array(z.object({ mac: z.string(), sameAs: z.string() })),
  }),
  macs: count,
  /** As in `v_state`: ok, needs-attention, not-registered, not-configured, exempt, unknown. */
  headlines: z.array(z.object({ headline: z.string(), text: z.string(), macs: count })),
  issues: z.array(
    z.object({
      issue: z.string(),
      title: z.string(),
      severity: z.string(),
      macsOpen: count,
      /** With an episode that is open or over. */
      macsEver: count,
      episodes: count,
      firstOpenedAt: instant,
      /** Of those that are open, the one that has been open the longest. */
      openSince: z.nullable(instant),
      medianOpenSeconds: z.nullable(count),
    }),
  ),
  /** How long passwords were waited for, from the due time or the prompt. */
  sync: z.object({
    cycles: count,
    outcomes: z.array(z.object({ outcome: z.string(), cycles: count })),
    lagSeconds: z.nullable(percentiles),
    activeLagSeconds: z.nullable(percentiles),
  }),
  /** A break is the moment at which an issue opened. */
  breaks: z.object({
    count,
    macs: count,
    macDays: count,
    byMacos: z.array(ofVersion),
    byCompanyPortal: z.array(ofVersion),
    /**
     * Macs on which something changed, and on how many of them something broke in the 24 hours after. No cause is claimed: the
     * share of any 24 hours with a break, for comparison, is `shareOfAnyDay`.
     */
    afterChanges: z.array(z.object({ kind: z.string(), to: z.string(), macs: count, macsWithBreak: count })),
    shareOfAnyDay: z.number(),
  }),
  /** Macs that recorded nothing for longer than this before `asOf`. */
  silentAfterSeconds: count,
  silent: z.array(z.object({ mac: z.string(), lastRecordAt: instant, agentVersion: z.string() })),
  agents: z.array(z.object({ version: z.string(), macs: count })),
  /** Every Mac, by name. */
  list: z.array(
    z.object({
      mac: z.string(),
      headline: z.string(),
      openIssues: z.array(z.string()),
      lastRecordAt: z.nullable(instant),
      macos: z.string(),
      companyPortal: z.string(),
      agentVersion: z.string(),
      /** Empty unless the admin chose `StoredIdentity`. */
      user: z.string(),
      device: z.string(),
    }),
  ),
});
export type FleetSummary = z.infer<typeof fleetOutput>;
