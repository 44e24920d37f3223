import { freshnessOf } from '../assess/freshness.ts';
import { headlineFrom } from '../assess/headline.ts';
import { headlineTexts } from '../history/headline-texts.ts';
import { lastPollRecorded } from '../history/last-poll.ts';
import { type EpochMs, isoOrNull, second, toIso } from '../shared/time.ts';
import { type ProvenScenario, provenScenarios } from '../validation/proven.ts';
import { BreakCounts } from './break-counts.ts';
import type { Digest } from './digest.ts';
import { DiskRows } from './disk-rows.ts';
import type { FleetMac, FleetSummary, ListedSummary } from './fleet-output.ts';
import { isSilent } from './is-silent.ts';
import { IssueCounts } from './issue-counts.ts';
import { lastRecordOf, rowOfMac } from './mac-row.ts';
import { type GivenChanges, type MeasuredMac, measurePasswordChanges } from './password-changes/measure.ts';
import { countIn, mostFirst } from './statistics.ts';
import { SyncCounts } from './sync-counts.ts';

export interface FleetOptions {
  readonly now: EpochMs;
  readonly since: EpochMs | null;
  readonly silentAfterSeconds: number;
  /** Changed passwords whose lag is measured. */
  readonly passwordChanges?: GivenChanges | null;
}

/** What the reader of a fleet knows, beside its digests. */
export interface FleetReading {
  readonly files: FleetSummary['files'];
  /** Two users of one Mac count once. */
  readonly macs: number;
}

/**
 * Counts a fleet, one Mac after the other, in the order of their names. Of each Mac it keeps a row on the
 * disk, and with changed passwords, in memory, what they are compared with.
 */
export class FleetTally {
  readonly #options: FleetOptions;
  readonly #silentAfter: number;
  readonly #list = new DiskRows<FleetMac>();
  readonly #agents = new Map<string, number>();
  readonly #proven = new Map<ProvenScenario, number>();
  readonly #issues = new IssueCounts();
  readonly #sync = new SyncCounts();
  readonly #breaks: BreakCounts;
  readonly #measured: Omit<MeasuredMac, 'silent'>[] = [];
  #users = 0;
  #newest = 0;

  constructor(options: FleetOptions) {
    this.#options = options;
    this.#silentAfter = options.silentAfterSeconds * second;
    this.#breaks = new BreakCounts(options.since);
  }

  add(mac: string, digest: Digest): void {
    const { now, since, passwordChanges = null } = this.#options;
    const row = rowOfMac(mac, digest, { now, since, silentAfter: this.#silentAfter });
    const lastAt = lastRecordOf(digest, now);
    this.#list.add(row);
    this.#users++;
    this.#newest = Math.max(this.#newest, lastAt ?? 0);
    countIn(this.#agents, digest.agentVersion || 'unknown');
    for (const scenario of provenScenarios)
      if (row.proven[scenario] !== null) this.#proven.set(scenario, (this.#proven.get(scenario) ?? 0) + 1);
    this.#issues.add(digest);
    this.#sync.add(digest);
    this.#breaks.add(digest);
    if (passwordChanges === null) return;
    const { state, beganAt, passwordSyncs, localPasswordSets } = digest;
    const compared = { state, beganAt, passwordSyncs, localPasswordSets };
    this.#measured.push({ mac, digest: compared, lastAt, cause: row.cause });
  }

  summary({ files, macs }: FleetReading): ListedSummary {
    const { now, since, silentAfterSeconds, passwordChanges = null } = this.#options;
    const asOf = this.#newest === 0 ? null : this.#newest;
    const { headlines, silent } = this.#statesAt(asOf ?? now);
    const counts = mostFirst(headlines);
    return {
      generatedAt: toIso(now),
      asOf: isoOrNull(asOf),
      since: isoOrNull(since),
      files,
      freshness: freshnessOf(lastPollRecorded(asOf), now, this.#silentAfter),
      macs,
      users: this.#users,
      reporting: counts.reduce((sum, [, count]) => sum + count, 0),
      headlines: counts.map(([headline, count]) => ({
        headline,
        text: headlineTexts[headlineFrom(headline)],
        macs: count,
      })),
      issues: this.#issues.all(),
      sync: this.#sync.all(),
      proven: provenScenarios.map((scenario) => ({ scenario, macs: this.#proven.get(scenario) ?? 0 })),
      ...(passwordChanges === null
        ? {}
        : { passwordChanges: this.#passwordChanges(passwordChanges, silent) }),
      breaks: this.#breaks.all(),
      silentAfterSeconds,
      silent,
      agents: mostFirst(this.#agents).map(([version, count]) => ({ version, macs: count })),
      list: this.#list,
    };
  }

  /** Of the Macs that report at this instant, their headlines; and the silent ones, the longest first. */
  #statesAt(asOf: EpochMs): { headlines: Map<string, number>; silent: FleetSummary['silent'] } {
    const headlines = new Map<string, number>();
    const silent: FleetSummary['silent'] = [];
    const range = { asOf: toIso(asOf), silentAfterSeconds: this.#options.silentAfterSeconds };
    for (const row of this.#list) {
      const { mac, headline, was, lastRecordAt, agentVersion } = row;
      // A Mac without a record is not listed.
      if (lastRecordAt === null) continue;
      if (isSilent(row, range)) silent.push({ mac, lastRecordAt, agentVersion });
      else countIn(headlines, was ?? headline);
    }
    silent.sort((one, other) => Date.parse(one.lastRecordAt) - Date.parse(other.lastRecordAt));
    return { headlines, silent };
  }

  #passwordChanges(given: GivenChanges, silent: FleetSummary['silent']): FleetSummary['passwordChanges'] {
    const silentMacs = new Set(silent.map(({ mac }) => mac));
    const measured = this.#measured.map((of) => ({ ...of, silent: silentMacs.has(of.mac) }));
    return measurePasswordChanges(given, measured, this.#options.since);
  }
}
