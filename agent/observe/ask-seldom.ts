import type { Clock } from '../types/clock.ts';
import { leftBehind } from '../types/left-behind.ts';
import type { AppSso, WorkplaceJoin } from '../types/observation.ts';
import { failed, type Reading } from '../types/reading.ts';
import { day, type EpochMs, hour, minute } from '../types/time.ts';
import { type LookMoment, stampWithMacos } from './reuse.ts';

/** Asks what Workplace Join left in the login keychain, or answers what was said before. `appSso` is this look's. */
export type AskSeldom = (
  look: LookMoment,
  appSso: Reading<AppSso>,
  read: () => Promise<Reading<WorkplaceJoin>>,
) => Promise<Reading<WorkplaceJoin>>;

/** By time alone, as all of these: looks are many while something is wrong. */
const afterStart = minute;
const usually = 30 * minute;
/** When another answer is likely. A tick may come a few seconds early. */
const soon = 5 * minute - 10_000;
const followedFor = hour;
/** News has to be said twice in a row before it is believed. Whatever says something else each time is no news. */
const mostInARow = 3;

interface Known {
  readonly reading: Reading<WorkplaceJoin>;
  /** What is answered: as it was read, but that something is gone is said when it was read twice. */
  readonly answer: Reading<WorkplaceJoin>;
  readonly said: string;
  readonly keychain: string | null;
  /** Of the last registration that was complete. */
  readonly deviceId: string | null;
  readonly askedAt: EpochMs;
  /** Whether another asking is owed at the next look, and how many there were in a row. */
  readonly toConfirm: boolean;
  readonly inARow: number;
  /** When something that another device left was found, as the last answer has it, however often there was none since. */
  readonly leftSince: EpochMs | null;
}

/**
 * The login keychain holds what a person would miss most, and a program that opened it again and again was blamed for damaged ones, by its makers too: each
 * minute, after five minutes, and above all within seconds of a login (osquery#7780, #8830, #8840; what exactly damages it is not known). So it is left alone for
 * the first minute of a run, which begins with a login; and it is asked only
 *
 * - once, and once a day;
 * - half an hour after the last time at the earliest, when it was written to, or could not be read;
 * - after five minutes already when another device is registered, and, for an hour, to see whether what another device left is gone.
 *
 * News (something is left, is gone, or can't be read) is asked for a second time at the next look; that it is gone is not said before.
 */
export function askSeldom(keychain: string, clock: Pick<Clock, 'monotonic'>): AskSeldom {
  let known: Known | null = null;
  const startedAt = clock.monotonic();
  return async (look, appSso, read) => {
    const { now } = look;
    const before = known;
    if (before === null && clock.monotonic() - startedAt < afterStart)
      return failed('off', 'the login keychain is not read in the first minute of a run');
    const deviceId = registeredDevice(appSso) ?? before?.deviceId ?? null;
    const stamp = await stampWithMacos(look, keychain);
    if (before !== null && !isDue(before, now, stamp, deviceId)) return before.answer;
    const reading = await read();
    const said = JSON.stringify(reading.ok ? reading.value : reading.reason);
    const nothingLeft = reading.ok && reading.value.leftovers.length === 0;
    const isNews = !nothingLeft || (before !== null && before.leftSince !== null);
    const inARow = before?.toConfirm === true ? before.inARow + 1 : 1;
    const toConfirm = isNews && before?.said !== said && inARow < mostInARow;
    const answer = before !== null && nothingLeft && toConfirm ? before.answer : reading;
    known = {
      ...{ reading, answer, said, keychain: stamp, deviceId, askedAt: now, inARow, toConfirm },
      leftSince: leftSince(reading, deviceId, now, before?.leftSince ?? null),
    };
    return answer;
  };
}

/** Whose it is can't be told without a registration to compare it with. */
function othersLeft(left: WorkplaceJoin, deviceId: string | null): boolean {
  return (deviceId === null ? left.leftovers : leftBehind(left, deviceId)).length > 0;
}

/** When what another device left was first found; what can't be read now may still be there. */
function leftSince(
  reading: Reading<WorkplaceJoin>,
  deviceId: string | null,
  now: EpochMs,
  before: EpochMs | null,
): EpochMs | null {
  if (!reading.ok) return before;
  return othersLeft(reading.value, deviceId) ? (before ?? now) : null;
}

/** Null: none, or not known now. */
function registeredDevice(appSso: Reading<AppSso>): string | null {
  const device = appSso.ok ? appSso.value.device : null;
  return device?.registrationCompleted === true ? device.deviceId : null;
}

function isDue(before: Known, now: EpochMs, keychain: string | null, deviceId: string | null): boolean {
  if (before.toConfirm) return true;
  const within = (time: number, since: EpochMs) => now >= since && now - since < time;
  const past = (time: number) => !within(time, before.askedAt);
  if (past(day)) return true;
  if (deviceId !== before.deviceId) return past(soon);
  const followed = before.leftSince !== null && within(followedFor, before.leftSince);
  const unknown = keychain === null || keychain !== before.keychain || !before.reading.ok;
  return unknown && past(followed ? soon : usually);
}
