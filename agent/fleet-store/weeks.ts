import type { Digest } from '../fleet/digest.ts';
import type { FleetWeek } from '../fleet/fleet-output.ts';
import { countIn, mostFirst } from '../fleet/statistics.ts';
import { ValueCounts } from '../fleet/value-counts.ts';
import { breaksSignIn } from '../issues/issues.ts';
import type { EpochMs } from '../shared/time.ts';
import { type HistoryRecord, isPossible, startOfWeek, weekOf } from './history-record.ts';
import { textAt } from './text-cells.ts';

interface Counts {
  reporting: number;
  broken: number;
  silent: number;
  opened: number;
  closed: number;
  readonly lags: ValueCounts;
  readonly passwordLags: ValueCounts;
  /** The breaks by version. */
  readonly macos: Map<string, number>;
  readonly companyPortal: Map<string, number>;
}

/** The trend of a fleet. Takes one history after the other, so that not all of them are in memory. */
export class Weeks {
  readonly #now: EpochMs;
  #newest = Number.NEGATIVE_INFINITY;
  readonly #counts = new Map<number, Counts>();

  constructor(now: EpochMs) {
    this.#now = now;
  }

  add(record: HistoryRecord, { issues }: Digest): void {
    const active = new Set(record.weeks);
    const [first] = record.weeks;
    if (first === undefined) return;
    const last = weekOf(this.#now);
    this.#newest = Math.max(this.#newest, record.weeks.at(-1) ?? this.#newest);
    const breaking = issues.filter(({ issue }) => breaksSignIn(issue));
    for (let number = first; number <= last; number++) {
      const counts = this.#of(number);
      if (!active.has(number)) {
        counts.silent++;
        continue;
      }
      counts.reporting++;
      const end = Math.min(startOfWeek(number + 1), this.#now);
      const isOpen = breaking.some(
        ({ openedAt, resolvedAt }) => openedAt < end && (resolvedAt === null || resolvedAt >= end),
      );
      if (isOpen) counts.broken++;
    }
    for (const { openedAt, resolvedAt, macos, companyPortal } of issues) {
      const opened = this.#of(weekOf(openedAt));
      opened.opened++;
      if (macos !== '') countIn(opened.macos, macos);
      if (companyPortal !== '') countIn(opened.companyPortal, companyPortal);
      if (resolvedAt !== null && isPossible(resolvedAt, this.#now)) this.#of(weekOf(resolvedAt)).closed++;
    }
    const { staleFrom, outcome, lag: lags } = record.windows;
    for (let cycle = 0; cycle < lags.length; cycle++) {
      const began = staleFrom[cycle] ?? 0;
      const lag = lags[cycle] ?? Number.NaN;
      // NaN is no lag.
      if (!(lag >= 0) || !isPossible(began, this.#now)) continue;
      const counts = this.#of(weekOf(began));
      counts.lags.add(lag);
      if (textAt(outcome, cycle) === 'password-synced') counts.passwordLags.add(lag);
    }
  }

  /** The weeks from `since` on, up to the newest record of any Mac: later ones are not known. Null: all. */
  all(since: EpochMs | null): FleetWeek[] {
    const from = since === null ? -Infinity : weekOf(since);
    const versions = (of: ReadonlyMap<string, number>) =>
      mostFirst(of).map(([version, breaks]) => ({ version, breaks }));
    return [...this.#counts]
      .filter(([number]) => number >= from && number <= this.#newest)
      .sort(([one], [other]) => one - other)
      .map(([number, of]) => ({
        week: new Date(startOfWeek(number)).toISOString().slice(0, 10),
        reporting: of.reporting,
        well: of.reporting - of.broken,
        broken: of.broken,
        silent: of.silent,
        issuesOpened: of.opened,
        issuesClosed: of.closed,
        passwordLagSeconds: of.passwordLags.percentiles(),
        lagSeconds: of.lags.percentiles(),
        breaksByMacos: versions(of.macos),
        breaksByCompanyPortal: versions(of.companyPortal),
      }));
  }

  #of(number: number): Counts {
    const known = this.#counts.get(number);
    if (known !== undefined) return known;
    const counts: Counts = {
      reporting: 0,
      broken: 0,
      silent: 0,
      opened: 0,
      closed: 0,
      lags: new ValueCounts(),
      passwordLags: new ValueCounts(),
      macos: new Map(),
      companyPortal: new Map(),
    };
    this.#counts.set(number, counts);
    return counts;
  }
}
