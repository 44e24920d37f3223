import { entryOf } from '../issues/catalogue.ts';
import { type EpochMs, second, toIso } from '../shared/time.ts';
import type { Digest } from './digest.ts';
import type { FleetSummary } from './fleet-output.ts';
import { ValueCounts } from './value-counts.ts';

interface IssueCount {
  /** Of the newest episode of the last Mac by name. */
  severity: string;
  macsOpen: number;
  macsEver: number;
  episodes: number;
  firstOpenedAt: EpochMs;
  /** The earliest of the open episodes; infinite: none is open. */
  openSince: EpochMs;
  readonly durations: ValueCounts;
}

/** The issues of a fleet, one Mac after the other. */
export class IssueCounts {
  readonly #counts = new Map<string, IssueCount>();

  add({ issues }: Digest): void {
    for (const { issue, severity, openedAt, resolvedAt } of issues) {
      const count = this.#of(issue);
      count.severity = severity;
      count.episodes++;
      count.firstOpenedAt = Math.min(count.firstOpenedAt, openedAt);
      if (resolvedAt === null) count.openSince = Math.min(count.openSince, openedAt);
      else count.durations.add(Math.max(0, Math.round((resolvedAt - openedAt) / second)));
    }
    for (const issue of new Set(issues.map(({ issue }) => issue))) this.#of(issue).macsEver++;
    const open = issues.filter(({ resolvedAt }) => resolvedAt === null);
    for (const issue of new Set(open.map(({ issue }) => issue))) this.#of(issue).macsOpen++;
  }

  /** The issues that most Macs have come first. */
  all(): FleetSummary['issues'] {
    return [...this.#counts]
      .map(([issue, of]) => ({
        issue,
        title: entryOf(issue)?.title ?? issue,
        severity: of.severity,
        macsOpen: of.macsOpen,
        macsEver: of.macsEver,
        episodes: of.episodes,
        firstOpenedAt: toIso(of.firstOpenedAt),
        openSince: of.macsOpen === 0 ? null : toIso(of.openSince),
        medianOpenSeconds: of.durations.percentiles()?.p50 ?? null,
      }))
      .sort(
        (one, other) =>
          other.macsOpen - one.macsOpen ||
          other.macsEver - one.macsEver ||
          (one.issue < other.issue ? -1 : 1),
      );
  }

  #of(issue: string): IssueCount {
    const known = this.#counts.get(issue);
    if (known !== undefined) return known;
    const count: IssueCount = {
      severity: '',
      macsOpen: 0,
      macsEver: 0,
      episodes: 0,
      firstOpenedAt: Number.POSITIVE_INFINITY,
      openSince: Number.POSITIVE_INFINITY,
      durations: new ValueCounts(),
    };
    this.#counts.set(issue, count);
    return count;
  }
}
