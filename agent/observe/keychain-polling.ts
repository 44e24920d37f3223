import type { Clock } from '../shared/clock.ts';
import { leftByOtherDevices } from '../shared/left-by-other-devices.ts';
import type { AppSso, WorkplaceJoin } from '../shared/observation.ts';
import { failed, type Reading } from '../shared/reading.ts';
import { day, type EpochMs, hour, minute, second } from '../shared/time.ts';
import { type Stamps, stampOf } from './stamps-of-poll.ts';

/** Times, not numbers of polls: polls are frequent while an issue is open. */
const notAfterStart = minute;
const usually = 30 * minute;
/** When another result is likely. A tick may come a few seconds early. */
const soon = 5 * minute - 10 * second;
/** A second read within seconds of the first confirms nothing. The shortest interval of polls is 30 s. */
const confirmAfter = 20 * second;
const followFor = hour;
/** A result that differs on every read is not confirmed without end. */
const mostReadsInARow = 3;

/**
 * - `unread`: not read in this run.
 * - `confirming`: the last result was a change. The next poll reads again.
 * - `following`: another device left something. For an hour its removal is expected.
 * - `settled`: no change is expected.
 */
type State =
  | { readonly name: 'unread' }
  /** `reads`: how many there were in a row. */
  | ({ readonly name: 'confirming'; readonly reads: number } & Known)
  | ({ readonly name: 'following' } & Known & { readonly leftSince: EpochMs })
  | ({ readonly name: 'settled' } & Known);

interface Known {
  /** What was read last. */
  readonly lastRead: Reading<WorkplaceJoin>;
  /** What the poll gets: the same, but a removal counts only when it was read twice. */
  readonly reading: Reading<WorkplaceJoin>;
  readonly readAt: EpochMs;
  /** The change stamp of the keychain's file; null: not accessible. */
  readonly stamp: string | null;
  /** Of the last registration that was complete. */
  readonly deviceId: string | null;
  /** When a leftover of another device was first found, by the last successful read; null: none was found. */
  readonly leftSince: EpochMs | null;
}

/** What a poll knows before it reads the keychain. */
type Present = Pick<Known, 'stamp' | 'deviceId'> & { readonly now: EpochMs };

/** Returns the leftovers in the login keychain; calls `read` when a read is due. `appSso` is of this poll. */
export type KeychainPolling = (
  poll: { readonly appSso: Reading<AppSso>; readonly stamps: Stamps },
  read: () => Promise<Reading<WorkplaceJoin>>,
) => Promise<Reading<WorkplaceJoin>>;

/**
 * Decides when the login keychain is read.
 *
 * The login keychain holds what a user would miss most. Frequent access was blamed for damaged keychains,
 * also by the makers of the programs: each minute, each five minutes, and above all within seconds of a login
 * (osquery#7780, #8830, #8840; the exact cause is not known). A run begins with a login, so the first minute
 * has no read. Then it is read once, and again
 *
 * - after a day;
 * - after half an hour, when its file has changed or the last read failed;
 * - after five minutes, when another device is registered, or while the leftover of another device is
 *   followed;
 * - by the next poll, to confirm a change: something is left, is gone, or can't be read.
 *
 * `keychain`: the files whose change stamps show that it may have changed.
 */
export function keychainPolling(
  { clock }: { readonly clock: Pick<Clock, 'now' | 'monotonic'> },
  keychain: readonly string[],
): KeychainPolling {
  let state: State = { name: 'unread' };
  const startedAt = clock.monotonic();
  return async ({ appSso, stamps }, read) => {
    if (state.name === 'unread' && clock.monotonic() - startedAt < notAfterStart)
      return failed('off', 'the login keychain is not read in the first minute of a run');
    const known = state.name === 'unread' ? null : state;
    const present = {
      now: clock.now(),
      stamp: await stampOf(stamps, keychain),
      deviceId: registeredDevice(appSso) ?? known?.deviceId ?? null,
    };
    if (state.name !== 'unread' && !isDue(state, present)) return state.reading;
    state = nextState(state, await read(), present);
    return state.reading;
  };
}

function isDue(state: Exclude<State, { name: 'unread' }>, { now, stamp, deviceId }: Present): boolean {
  // After a clock change back, the time of the last read is unknown.
  const past = (time: number) => !within(time, state.readAt, now);
  if (state.name === 'confirming') return past(confirmAfter);
  if (past(day)) return true;
  if (deviceId !== state.deviceId) return past(soon);
  const mayHaveChanged = stamp === null || stamp !== state.stamp || !state.lastRead.ok;
  const followed = state.name === 'following' && within(followFor, state.leftSince, now);
  return mayHaveChanged && past(followed ? soon : usually);
}

function nextState(
  before: State,
  lastRead: Reading<WorkplaceJoin>,
  { now, stamp, deviceId }: Present,
): Exclude<State, { name: 'unread' }> {
  const known = before.name === 'unread' ? null : before;
  const leftSince = leftSinceOf(lastRead, deviceId, now, known?.leftSince ?? null);
  const next = { lastRead, reading: lastRead, readAt: now, stamp, deviceId, leftSince };
  const nothingLeft = lastRead.ok && lastRead.value.leftovers.length === 0;
  const isChanged =
    (!nothingLeft || (known !== null && known.leftSince !== null)) &&
    (known === null || resultOf(known.lastRead) !== resultOf(lastRead));
  const reads = before.name === 'confirming' ? before.reads + 1 : 1;
  if (isChanged && reads < mostReadsInARow) {
    const reading = nothingLeft && known !== null ? known.reading : lastRead;
    return { ...next, name: 'confirming', reads, reading };
  }
  return leftSince === null ? { ...next, name: 'settled' } : { ...next, name: 'following', leftSince };
}

/** Equal for two readings with the same result. */
function resultOf(reading: Reading<WorkplaceJoin>): string {
  return JSON.stringify(reading.ok ? reading.value : reading.reason);
}

function within(time: number, since: EpochMs, now: EpochMs): boolean {
  return now >= since && now - since < time;
}

/** What can't be read now may still be there. */
function leftSinceOf(
  reading: Reading<WorkplaceJoin>,
  deviceId: string | null,
  now: EpochMs,
  before: EpochMs | null,
): EpochMs | null {
  if (!reading.ok) return before;
  return othersLeft(reading.value, deviceId) ? (before ?? now) : null;
}

/** Without a registration to compare with, every leftover counts. */
function othersLeft(left: WorkplaceJoin, deviceId: string | null): boolean {
  return (deviceId === null ? left.leftovers : leftByOtherDevices(left, deviceId)).length > 0;
}

/** Null: none, or not known now. */
function registeredDevice(appSso: Reading<AppSso>): string | null {
  const device = appSso.ok ? appSso.value.device : null;
  return device?.registrationCompleted === true ? device.deviceId : null;
}
