import type { Files } from '../mac/files.ts';
import type { Clock } from '../shared/clock.ts';
import { leftByOtherDevices } from '../shared/left-behind.ts';
import type { AppSso, WorkplaceJoin } from '../shared/observation.ts';
import { failed, type Reading } from '../shared/reading.ts';
import { day, type EpochMs, hour, minute, second } from '../shared/time.ts';
import { stampOf } from './reread-when-changed.ts';

/** All by time alone: polls are many while something is wrong. */
const notAfterStart = minute;
const usually = 30 * minute;
/** When another result is likely. A tick may come a few seconds early. */
const soon = 5 * minute - 10 * second;
/** A second read within seconds of the first confirms nothing. The shortest interval of polls is 30 s. */
const confirmAfter = 20 * second;
const followFor = hour;
/** A keychain that says something else each time is not read for ever. */
const mostReadsInARow = 3;

/**
 * - `unread`: not read in this run.
 * - `confirming`: the last result is news. It is read again by the next poll.
 * - `following`: another device left something. For an hour its end is expected soon.
 * - `settled`: nothing is expected.
 */
type State =
  | { readonly name: 'unread' }
  /** `reads`: how many there were in a row. */
  | ({ readonly name: 'confirming'; readonly reads: number } & Known)
  | ({ readonly name: 'following' } & Known & { readonly leftSince: EpochMs })
  | ({ readonly name: 'settled' } & Known);

interface Known {
  /** What was read last. */
  readonly reading: Reading<WorkplaceJoin>;
  /** What the poll answers: the same, but that something is gone is answered when it was read twice. */
  readonly answer: Reading<WorkplaceJoin>;
  readonly readAt: EpochMs;
  /** Of the keychain's file; null: it could not be looked at. */
  readonly stamp: string | null;
  /** Of the last registration that was complete. */
  readonly deviceId: string | null;
  /** When something of another device was first found, as the last successful read has it; null: there was none. */
  readonly leftSince: EpochMs | null;
}

/** What a poll knows before it reads the keychain. */
type Present = Pick<Known, 'stamp' | 'deviceId'> & { readonly now: EpochMs };

/** Answers what Workplace Join left in the login keychain, and calls `read` when it is due. `appSso` is this poll's. */
export type KeychainPolling = (
  appSso: Reading<AppSso>,
  read: () => Promise<Reading<WorkplaceJoin>>,
) => Promise<Reading<WorkplaceJoin>>;

/**
 * Decides when the login keychain is read. It holds what a person would miss most, and programs that opened it again
 * and again were blamed for damaged ones, by their makers too: each minute, after five minutes, and above all within
 * seconds of a login (osquery#7780, #8830, #8840; what exactly damages it is not known). A run begins with a login, so
 * the keychain is not read in its first minute. Then it is read once, once a day, and
 *
 * - half an hour after the last read at the earliest, when its file has changed, or the last read failed;
 * - after five minutes already when another device is registered, and while something that another device left is
 *   followed;
 * - by the next poll, to confirm news: something is left, is gone, or can't be read.
 *
 * `keychain`: the files that tell by their stamps whether it may have changed.
 */
export function keychainPolling(
  { files, clock }: { files: Pick<Files, 'stamp'>; clock: Pick<Clock, 'now' | 'monotonic'> },
  keychain: readonly string[],
): KeychainPolling {
  let state: State = { name: 'unread' };
  const startedAt = clock.monotonic();
  return async (appSso, read) => {
    if (state.name === 'unread' && clock.monotonic() - startedAt < notAfterStart)
      return failed('off', 'the login keychain is not read in the first minute of a run');
    const known = state.name === 'unread' ? null : state;
    const present = {
      now: clock.now(),
      stamp: await stampOf(files, keychain),
      deviceId: registeredDevice(appSso) ?? known?.deviceId ?? null,
    };
    if (state.name !== 'unread' && !isDue(state, present)) return state.answer;
    state = nextState(state, await read(), present);
    return state.answer;
  };
}

function isDue(state: Exclude<State, { name: 'unread' }>, { now, stamp, deviceId }: Present): boolean {
  // A clock that was set back says nothing of how long ago the last read was.
  const past = (time: number) => !within(time, state.readAt, now);
  if (state.name === 'confirming') return past(confirmAfter);
  if (past(day)) return true;
  if (deviceId !== state.deviceId) return past(soon);
  const mayHaveChanged = stamp === null || stamp !== state.stamp || !state.reading.ok;
  const followed = state.name === 'following' && within(followFor, state.leftSince, now);
  return mayHaveChanged && past(followed ? soon : usually);
}

function nextState(
  before: State,
  reading: Reading<WorkplaceJoin>,
  { now, stamp, deviceId }: Present,
): Exclude<State, { name: 'unread' }> {
  const last = before.name === 'unread' ? null : before;
  const leftSince = leftSinceOf(reading, deviceId, now, last?.leftSince ?? null);
  const known = { reading, readAt: now, stamp, deviceId, leftSince };
  const nothingLeft = reading.ok && reading.value.leftovers.length === 0;
  const isNews =
    (!nothingLeft || (last !== null && last.leftSince !== null)) &&
    (last === null || said(last.reading) !== said(reading));
  const reads = before.name === 'confirming' ? before.reads + 1 : 1;
  if (isNews && reads < mostReadsInARow) {
    const answer = nothingLeft && last !== null ? last.answer : reading;
    return { name: 'confirming', reads, ...known, answer };
  }
  return leftSince === null
    ? { name: 'settled', ...known, answer: reading }
    : { name: 'following', ...known, leftSince, answer: reading };
}

function said(reading: Reading<WorkplaceJoin>): string {
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

/** Without a registration to compare with, nobody can tell whose it is. */
function othersLeft(left: WorkplaceJoin, deviceId: string | null): boolean {
  return (deviceId === null ? left.leftovers : leftByOtherDevices(left, deviceId)).length > 0;
}

/** Null: none, or not known now. */
function registeredDevice(appSso: Reading<AppSso>): string | null {
  const device = appSso.ok ? appSso.value.device : null;
  return device?.registrationCompleted === true ? device.deviceId : null;
}
