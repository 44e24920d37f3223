import { causeTitle } from '../history/cause-title.ts';
import { day, type EpochMs } from '../shared/time.ts';
import type { Digest } from './digest.ts';
import type { FleetSummary } from './fleet-output.ts';

type Breaks = FleetSummary['breaks'];
type Issues = Digest['issues'];

interface Counts {
  macs: number;
  macsWithBreak: number;
  breaks: number;
}

/**
 * The breaks from `since` on, their stated causes, and the changes in the day before, one Mac after the
 * other. A break is the opening of an issue. Of the changes no cause is claimed: `shareOfAnyDay` is the base
 * rate for comparison.
 */
export class BreakCounts {
  readonly #since: EpochMs;
  #count = 0;
  #macs = 0;
  #macDays = 0;
  #daysWithBreak = 0;
  readonly #byMacos = new Map<string, Counts>();
  readonly #byCompanyPortal = new Map<string, Counts>();
  readonly #byCause = new Map<string, Omit<Breaks['byCause'][number], 'title'>>();
  readonly #afterChanges = new Map<string, Breaks['afterChanges'][number]>();

  constructor(since: EpochMs | null) {
    this.#since = since ?? Number.NEGATIVE_INFINITY;
  }

  add({ issues: all, firstAt, lastAt, macosSeen, companyPortalSeen, changes }: Digest): void {
    const issues = all.filter(({ openedAt }) => openedAt >= this.#since);
    this.#count += issues.length;
    this.#macs += issues.length > 0 ? 1 : 0;
    this.#macDays += Math.max(0, (lastAt ?? 0) - (firstAt ?? Number.POSITIVE_INFINITY)) / day;
    this.#daysWithBreak += new Set(issues.map(({ openedAt }) => Math.floor(openedAt / day))).size;
    addVersions(
      this.#byMacos,
      macosSeen,
      Map.groupBy(issues, ({ macos }) => macos),
    );
    addVersions(
      this.#byCompanyPortal,
      companyPortalSeen,
      Map.groupBy(issues, ({ companyPortal }) => companyPortal),
    );
    this.#addCauses(issues);
    this.#addChanges(changes, issues);
  }

  all(): Breaks {
    const macDays = this.#macDays;
    const share = Math.min(1, Math.round((this.#daysWithBreak / macDays) * 10_000) / 10_000);
    return {
      count: this.#count,
      macs: this.#macs,
      macDays: Math.round(macDays),
      byMacos: newestFirst(this.#byMacos),
      byCompanyPortal: newestFirst(this.#byCompanyPortal),
      byCause: [...this.#byCause.values()]
        .map(({ cause, grade, macs, breaks }) => ({ cause, title: causeTitle(cause), grade, macs, breaks }))
        .sort(
          (one, other) =>
            other.breaks - one.breaks ||
            other.macs - one.macs ||
            compareVersions(`${one.cause} ${one.grade}`, `${other.cause} ${other.grade}`),
        ),
      afterChanges: [...this.#afterChanges.values()].sort(
        (one, other) =>
          other.macsWithBreak - one.macsWithBreak ||
          other.macs - one.macs ||
          compareVersions(`${other.kind} ${other.to}`, `${one.kind} ${one.to}`),
      ),
      shareOfAnyDay: macDays < 1 ? 0 : share,
    };
  }

  #addCauses(issues: Issues): void {
    const here = new Set<string>();
    for (const { cause, causeGrade: grade } of issues) {
      if (cause === '') continue;
      const key = JSON.stringify([cause, grade]);
      const row = this.#byCause.get(key) ?? { cause, grade, macs: 0, breaks: 0 };
      row.macs += here.has(key) ? 0 : 1;
      row.breaks += 1;
      here.add(key);
      this.#byCause.set(key, row);
    }
  }

  #addChanges(changes: Digest['changes'], issues: Issues): void {
    // A Mac counts once for each change, also when the change is repeated.
    const here = new Map<string, { kind: string; to: string; broke: boolean }>();
    for (const { at, kind, to } of changes) {
      const key = JSON.stringify([kind, to]);
      const broke = issues.some(({ openedAt }) => openedAt >= at && openedAt - at <= day);
      here.set(key, { kind, to, broke: broke || here.get(key)?.broke === true });
    }
    for (const [key, { kind, to, broke }] of here) {
      const row = this.#afterChanges.get(key) ?? { kind, to, macs: 0, macsWithBreak: 0 };
      row.macs += 1;
      row.macsWithBreak += broke ? 1 : 0;
      this.#afterChanges.set(key, row);
    }
  }
}

function addVersions(
  rows: Map<string, Counts>,
  seen: readonly string[],
  broken: ReadonlyMap<string, Issues>,
): void {
  for (const version of new Set([...seen, ...broken.keys()])) {
    if (version === '') continue;
    const row = rows.get(version) ?? { macs: 0, macsWithBreak: 0, breaks: 0 };
    const breaks = broken.get(version)?.length ?? 0;
    row.macs += 1;
    row.macsWithBreak += breaks > 0 ? 1 : 0;
    row.breaks += breaks;
    rows.set(version, row);
  }
}

function newestFirst(rows: ReadonlyMap<string, Counts>): Breaks['byMacos'] {
  return [...rows]
    .map(([version, row]) => ({ version, ...row }))
    .sort((one, other) => compareVersions(other.version, one.version));
}

function compareVersions(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}
