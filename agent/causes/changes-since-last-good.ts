import type { DetectorInput } from '../detect/detector.ts';
import type { Change } from '../detect/memory.ts';
import { type EpochMs, hour, minute } from '../shared/time.ts';

/** When an issue began, and the counter of active time then. */
export interface Begin {
  readonly at: EpochMs;
  readonly activeTime: number;
}

/** A change, and its distance to the begin of an issue in milliseconds. */
export interface ChangeBefore extends Change {
  readonly wall: number;
  /** Of active time; null: a memory of an older version does not know it. */
  readonly active: number | null;
}

/** The window reaches back to the last confirmed good moment, and never less far than either of these. */
const leastWall = 24 * hour;
const leastActive = 8 * hour;
/** A poll reads `app-sso` before it knows that it has to read the other sources. */
const readLater = 15 * minute;

/** The first sighting of the issue; without one it begins in this poll. */
export function beginOf(issue: string, { memory, now, activeFor }: DetectorInput): Begin {
  const activeTime = memory.activeTime ?? 0;
  const sighting = memory.sightings[issue];
  return sighting === undefined
    ? { at: now, activeTime }
    : {
        at: Math.min(sighting.firstAt, now),
        activeTime: Math.max(0, activeTime - activeFor - sighting.active),
      };
}

/** When the sign-in was last confirmed good before `begin`: the newest tokens. Null: unknown. */
export function lastGoodBefore({ memory }: Pick<DetectorInput, 'memory'>, { at }: Begin): EpochMs | null {
  const known = [memory.lastTokensAt, memory.lastConfirmedGoodAt].filter((one) => one != null);
  const before = known.filter((one) => one <= at);
  return before.length === 0 ? null : Math.max(...before);
}

/** What changed on this Mac since the last confirmed good moment before `begin`. The newest is first. */
export function changesSinceLastGood(input: Pick<DetectorInput, 'memory'>, begin: Begin): ChangeBefore[] {
  const lastGood = lastGoodBefore(input, begin);
  return [...input.memory.changes, ...passwordToClassify(input)]
    .map((change) => ({
      ...change,
      wall: Math.max(0, begin.at - change.at),
      active: change.activeTime === undefined ? null : Math.max(0, begin.activeTime - change.activeTime),
    }))
    .filter(
      ({ at, wall, active }) =>
        at <= begin.at + readLater &&
        (wall <= leastWall ||
          (active !== null && active <= leastActive) ||
          (lastGood !== null && at >= lastGood)),
    )
    .sort((one, other) => other.at - one.at || (one.kind < other.kind ? -1 : one.kind > other.kind ? 1 : 0));
}

/** A local password that was just set, and that no refresh explains yet. */
function passwordToClassify({ memory }: Pick<DetectorInput, 'memory'>): Change[] {
  const waiting = memory.unexplainedPassword;
  if (waiting === null) return [];
  return [
    {
      kind: 'local-password-changed',
      at: waiting.setAt,
      from: null,
      to: null,
      ...(memory.activeTime === undefined ? {} : { activeTime: memory.activeTime }),
    },
  ];
}
