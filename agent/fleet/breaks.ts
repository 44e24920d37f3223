import { causeTitle } from '../history/cause-title.ts';
import { day, type EpochMs } from '../shared/time.ts';
import type { Digest } from './digest.ts';
import type { FleetSummary } from './fleet-output.ts';

type Breaks = FleetSummary['breaks'];

/**
 * The breaks from `since` on, their stated causes, and the changes in the day before. A break is the opening
 * of an issue. Of the changes no cause is claimed: `shareOfAnyDay` is the base rate for comparison.
 */
export function breaksOf(given: readonly Digest[], since: EpochMs | null): Breaks {
  const macs = given.map((of) => ({
    ...of,
    issues: of.issues.filter(({ openedAt }) => openedAt >= (since ?? -Infinity)),
  }));
  const all = macs.map((of) => ({ of, at: of.issues.map(({ openedAt }) => openedAt).sort((a, b) => a - b) }));
  const observed = all.map(({ of }) => Math.max(0, (of.lastAt ?? 0) - (of.firstAt ?? Infinity)) / day);
  const macDays = observed.reduce((sum, days) => sum + days, 0);
  const daysWithBreak = all.reduce(
    (sum, { at }) => sum + new Set(at.map((one) => Math.floor(one / day))).size,
    0,
  );
  return {
    count: all.reduce((sum, { at }) => sum + at.length, 0),
    macs: all.filter(({ at }) => at.length > 0).length,
    macDays: Math.round(macDays),
    byMacos: byVersion(macs, 'macos', 'macosSeen'),
    byCompanyPortal: byVersion(macs, 'companyPortal', 'companyPortalSeen'),
    byCause: byCause(macs),
    afterChanges: afterChanges(all),
    shareOfAnyDay: macDays < 1 ? 0 : Math.min(1, Math.round((daysWithBreak / macDays) * 10_000) / 10_000),
  };
}

function byVersion(
  macs: readonly Digest[],
  of: 'macos' | 'companyPortal',
  seen: 'macosSeen' | 'companyPortalSeen',
): Breaks['byMacos'] {
  const rows = new Map<string, { macs: number; macsWithBreak: number; breaks: number }>();
  for (const mac of macs) {
    const broken = Map.groupBy(mac.issues, (issue) => issue[of]);
    for (const version of new Set([...mac[seen], ...broken.keys()])) {
      if (version === '') continue;
      const row = rows.get(version) ?? { macs: 0, macsWithBreak: 0, breaks: 0 };
      const breaks = broken.get(version)?.length ?? 0;
      row.macs += 1;
      row.macsWithBreak += breaks > 0 ? 1 : 0;
      row.breaks += breaks;
      rows.set(version, row);
    }
  }
  return [...rows]
    .map(([version, row]) => ({ version, ...row }))
    .sort((one, other) => compareVersions(other.version, one.version));
}

function byCause(macs: readonly Digest[]): Breaks['byCause'] {
  const breaks = macs.flatMap(({ issues }, mac) => issues.map((issue) => ({ mac, ...issue })));
  const stated = breaks.filter(({ cause }) => cause !== '');
  return [...Map.groupBy(stated, ({ cause, causeGrade }) => JSON.stringify([cause, causeGrade])).values()]
    .map((all) => {
      const [{ cause, causeGrade: grade } = { cause: '', causeGrade: '' }] = all;
      const title = causeTitle(cause);
      return { cause, title, grade, macs: new Set(all.map(({ mac }) => mac)).size, breaks: all.length };
    })
    .sort(
      (one, other) =>
        other.breaks - one.breaks ||
        other.macs - one.macs ||
        compareVersions(`${one.cause} ${one.grade}`, `${other.cause} ${other.grade}`),
    );
}

function compareVersions(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}

function afterChanges(all: readonly { of: Digest; at: readonly number[] }[]): Breaks['afterChanges'] {
  const rows = new Map<string, { kind: string; to: string; macs: number; macsWithBreak: number }>();
  for (const { of, at } of all) {
    // A Mac counts once for each change, also when the change is repeated.
    const here = new Map<string, { kind: string; to: string; broke: boolean }>();
    for (const change of of.changes) {
      const key = JSON.stringify([change.kind, change.to]);
      const broke = at.some((moment) => moment >= change.at && moment - change.at <= day);
      const known = here.get(key);
      here.set(key, { kind: change.kind, to: change.to, broke: broke || known?.broke === true });
    }
    for (const [key, { kind, to, broke }] of here) {
      const row = rows.get(key) ?? { kind, to, macs: 0, macsWithBreak: 0 };
      row.macs += 1;
      row.macsWithBreak += broke ? 1 : 0;
      rows.set(key, row);
    }
  }
  return [...rows.values()].sort(
    (one, other) =>
      other.macsWithBreak - one.macsWithBreak ||
      other.macs - one.macs ||
      compareVersions(`${other.kind} ${other.to}`, `${one.kind} ${one.to}`),
  );
}
