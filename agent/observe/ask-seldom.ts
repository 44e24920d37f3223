import { leftBehind } from '../types/left-behind.ts';
import type { AppSso, WorkplaceJoin } from '../types/observation.ts';
import { failed, type Reading } from '../types/reading.ts';
import { day, type EpochMs, minute } from '../types/time.ts';
import { type LookMoment, stampWithMacos } from './reuse.ts';

/** While there is nothing to follow. By the clock alone: looks are many while something is wrong. */
const halfHour = 30 * minute;

/** Asks what Workplace Join left in the login keychain, or answers what was said before. `appSso` is this look's. */
export type AskSeldom = (
  look: LookMoment,
  appSso: Reading<AppSso>,
  read: () => Promise<Reading<WorkplaceJoin>>,
) => Promise<Reading<WorkplaceJoin>>;

interface Known {
  readonly reading: Reading<WorkplaceJoin>;
  readonly said: string;
  readonly keychain: string | null;
  readonly registration: Registration | null;
  readonly askedAt: EpochMs;
  /** It was said twice in a row, as news has to be before it is believed. That nothing was left is no news. */
  readonly confirmed: boolean;
}

interface Registration {
  readonly key: string;
  readonly deviceId: string | null;
}

/**
 * The login keychain holds what a person would miss most, and a program that opened it again and again was blamed for damaged ones, by its makers too: each
 * minute, after five minutes, and above all within seconds of a login (osquery#7780, #8830, #8840; what exactly damages it is not known). So it is left alone at the
 * first look; and it is asked only
 *
 * - once, and again when another device is registered;
 * - when it was written to, half an hour after the last time at the earliest; at once only to see whether what another device left is gone;
 * - once a day.
 */
export function askSeldom(keychain: string): AskSeldom {
  let known: Known | 'first look' | null = 'first look';
  return async (look, appSso, read) => {
    if (known === 'first look') {
      known = null;
      return failed('off', 'the login keychain is not read at the first look of a run');
    }
    const { now } = look;
    const before = known;
    const registration = registrationOf(appSso) ?? before?.registration ?? null;
    const stamp = await stampWithMacos(look, keychain);
    if (before !== null && !isDue(before, now, stamp, registration)) return before.reading;
    const reading = await read();
    const said = JSON.stringify(reading.ok ? reading.value : reading.reason);
    const nothingLeft = reading.ok && reading.value.leftovers.length === 0;
    known = {
      ...{ reading, said, keychain: stamp, registration, askedAt: now },
      confirmed: nothingLeft || before?.said === said,
    };
    return reading;
  };
}

/** Null: nothing is known of it now. */
function registrationOf(appSso: Reading<AppSso>): Registration | null {
  if (!appSso.ok || appSso.value.status === 'unknown') return null;
  const { device } = appSso.value;
  const deviceId = device?.deviceId ?? null;
  return { key: JSON.stringify([device?.registrationCompleted, deviceId]), deviceId };
}

function isDue(
  before: Known,
  now: EpochMs,
  keychain: string | null,
  registration: Registration | null,
): boolean {
  if (!before.confirmed || registration?.key !== before.registration?.key) return true;
  const past = (time: number) => now - before.askedAt >= time || now < before.askedAt;
  const written = keychain === null || keychain !== before.keychain;
  const left = before.reading.ok ? before.reading.value : null;
  // Whose it is can't be told without a registration to compare it with.
  const toFollow =
    left !== null &&
    (registration === null ? left.leftovers : leftBehind(left, registration.deviceId)).length > 0;
  return past(day) || (written && (toFollow || past(halfHour)));
}
