import { type EpochMs, toIso } from '../../shared/time.ts';
import { percentilesOf } from '../statistics.ts';
import { type Arrival, arrivalsOf, daySeconds, soonSeconds } from './arrivals.ts';
import { createUserMatch, type UserDigest } from './match-users.ts';
import type { PasswordChange } from './password-change.ts';
import {
  type PasswordChangesSummary,
  type UnknownReason,
  unknownReasons,
} from './password-changes-output.ts';
import { type ComparedDigest, passwordHistoryOf, passwordNote } from './password-history.ts';
import type { PasswordChanges } from './read-changes.ts';

/** What `fleet --password-changes` was given. */
export interface GivenChanges extends PasswordChanges {
  readonly digest: UserDigest;
}

/** A Mac of the summary. */
export interface MeasuredMac {
  readonly mac: string;
  readonly digest: ComparedDigest;
  readonly lastAt: EpochMs | null;
  readonly silent: boolean;
  /** As in the list of the summary. */
  readonly cause: string;
}

interface Measured {
  readonly change: PasswordChange;
  /** Null: no Mac is known for the user. */
  readonly mac: MeasuredMac | null;
  readonly arrival: Arrival;
}

/** When changed passwords reached the Macs of their users. Pure. `since`: leaves out earlier changes. */
export function measurePasswordChanges(
  given: GivenChanges,
  macs: readonly MeasuredMac[],
  since: EpochMs | null,
): PasswordChangesSummary {
  const changes = given.changes.filter(({ at }) => since === null || at >= since);
  const all = measured(changes, given, macs);
  const reached = all.flatMap(({ arrival }) => (arrival.outcome === 'reached' ? [arrival.lagSeconds] : []));
  const waiting = all.flatMap(({ arrival }) =>
    arrival.outcome === 'not-yet' ? [arrival.waitingSeconds] : [],
  );
  const reasons = all.flatMap(({ arrival }) => (arrival.outcome === 'not-known' ? [arrival.reason] : []));
  const users = macs.map(({ digest }) => digest.state.user ?? '');
  return {
    file: {
      format: given.format,
      entries: given.entries,
      failed: given.failed,
      otherActivities: given.otherActivities,
      repeated: given.repeated,
      before: given.changes.length - changes.length,
    },
    count: all.length,
    reached: {
      count: reached.length,
      within4Hours: reached.filter((lag) => lag <= soonSeconds).length,
      withinADay: reached.filter((lag) => lag <= daySeconds).length,
    },
    lagSeconds: percentilesOf(reached),
    notYet: { count: waiting.length, late: waiting.filter(isLate).length },
    replaced: all.filter(({ arrival }) => arrival.outcome === 'replaced').length,
    notKnown: { count: reasons.length, reasons: reasonsOf(reasons) },
    macsWithoutUser: users.filter((user) => user === '').length,
    macsWithDigest: given.digest === null ? users.filter((user) => /^[0-9a-f]{32}$/.test(user)).length : 0,
    late: lateOf(all),
    list: all.map(rowOf),
  };
}

const isLate = (waitingSeconds: number) => waitingSeconds > soonSeconds;

function measured(
  changes: readonly PasswordChange[],
  { digest }: GivenChanges,
  macs: readonly MeasuredMac[],
): Measured[] {
  const byName = new Map(macs.map((mac) => [mac.mac, mac]));
  const users = macs.map((mac) => ({ mac: mac.mac, user: mac.digest.state.user ?? '' }));
  const matchOf = createUserMatch(users, changes, digest);
  const all: Measured[] = [];
  const ofMac = new Map<MeasuredMac, PasswordChange[]>();
  for (const change of changes) {
    const match = matchOf(change);
    if (match.kind !== 'macs') {
      const reason = match.kind === 'none' ? 'user-unknown' : 'user-unclear';
      all.push({ change, mac: null, arrival: { outcome: 'not-known', reason } });
      continue;
    }
    for (const mac of match.macs.flatMap((name) => byName.get(name) ?? [])) {
      const before = ofMac.get(mac);
      if (before === undefined) ofMac.set(mac, [change]);
      else before.push(change);
    }
  }
  for (const [mac, own] of ofMac) {
    const history = passwordHistoryOf(mac);
    const arrivals = arrivalsOf(
      own.map(({ at }) => at),
      history,
    );
    for (const [index, arrival] of arrivals.entries()) {
      const change = own[index];
      if (change !== undefined) all.push({ change, mac, arrival });
    }
  }
  return all.sort((one, other) => one.change.at - other.change.at || one.change.entry - other.change.entry);
}

function reasonsOf(reasons: readonly UnknownReason[]): PasswordChangesSummary['notKnown']['reasons'] {
  return [...Map.groupBy(reasons, (reason) => reason)]
    .map(([reason, all]) => ({ reason, text: unknownReasons[reason], count: all.length }))
    .sort((one, other) => other.count - one.count || (one.reason < other.reason ? -1 : 1));
}

function lateOf(all: readonly Measured[]): PasswordChangesSummary['late'] {
  return all
    .flatMap(({ change, mac, arrival }) => {
      if (mac === null || arrival.outcome !== 'not-yet' || !isLate(arrival.waitingSeconds)) return [];
      const { waitingSeconds } = arrival;
      const note = passwordNote(mac.digest.state, change.at);
      return [{ mac: mac.mac, changedAt: toIso(change.at), waitingSeconds, cause: mac.cause, note }];
    })
    .sort((one, other) => other.waitingSeconds - one.waitingSeconds || (one.mac < other.mac ? -1 : 1));
}

function rowOf({ change, mac, arrival }: Measured): PasswordChangesSummary['list'][number] {
  const reached = arrival.outcome === 'reached' ? arrival : null;
  return {
    entry: change.entry,
    mac: mac?.mac ?? null,
    changedAt: toIso(change.at),
    outcome: arrival.outcome,
    reason: arrival.outcome === 'not-known' ? arrival.reason : '',
    reachedAt: reached === null ? null : toIso(reached.reachedAt),
    lagSeconds: reached?.lagSeconds ?? null,
  };
}
