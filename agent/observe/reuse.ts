import type { Files } from '../mac/files.ts';
import type { Reading } from '../types/reading.ts';
import { day, type EpochMs, hour } from '../types/time.ts';

/** However unlikely a change is, it is looked for this often: an hour, or as many looks as are usual in one. */
const hourly: HowLong = { time: hour, looks: 12 };

/** Where the file holds the answer itself. */
export const daily: HowLong = { time: day, looks: 24 * 12 };

interface HowLong {
  readonly time: number;
  readonly looks: number;
}

/** An update of macOS may change what anything says. */
export const macosItself = '/System/Library/CoreServices/SystemVersion.plist';

interface Known<T> {
  readonly stamp: string;
  readonly reading: Reading<T>;
  readonly said: string;
  readonly askedAt: EpochMs;
  readonly looks: number;
  /** It was said twice in a row, as news has to be before it is believed. */
  readonly confirmed: boolean;
}

/** When a look is, and how the files are then that its sources depend on. */
export interface LookMoment {
  readonly now: EpochMs;
  /** As `Files` has it; each file is asked about once, however many sources depend on it. */
  stamp(path: string): Promise<string | null>;
}

export function lookAt(files: Files, now: EpochMs): LookMoment {
  const asked = new Map<string, Promise<string | null>>();
  return {
    now,
    stamp(path) {
      const before = asked.get(path);
      if (before !== undefined) return before;
      const found = files.stamp(path);
      asked.set(path, found);
      return found;
    },
  };
}

/** Asks a source, or answers what it said before. */
export type Reused<T> = (look: LookMoment, read: () => Promise<Reading<T>>) => Promise<Reading<T>>;

/**
 * A source that is asked again only when the file or folder it depends on is another, or after `howLong`: most processes that a look
 * would start would say what they said for weeks. What failed is always asked again, and so is what was said only once. A file that
 * can't be looked at, or isn't there, is no reason to skip anything.
 */
export function reuseUnlessChanged<T>(path: string, howLong: HowLong = hourly): Reused<T> {
  let known: Known<T> | null = null;
  return async (look, read) => {
    const { now } = look;
    const stamp = await stampWithMacos(look, path);
    const before = known !== null && known.stamp === stamp ? known : null;
    if (before?.confirmed === true) {
      const age = now - before.askedAt;
      const looks = before.looks + 1;
      known = { ...before, looks };
      if (age >= 0 && age < howLong.time && looks < howLong.looks) return before.reading;
    }
    const reading = await read();
    if (!reading.ok || stamp === null) known = null;
    else {
      const said = JSON.stringify(reading.value);
      known = { stamp, reading, said, askedAt: now, looks: 0, confirmed: before?.said === said };
    }
    return reading;
  };
}

/** Of a file and of macOS together. Null: one of them can't be looked at. */
export async function stampWithMacos(look: LookMoment, path: string): Promise<string | null> {
  const macos = await look.stamp(macosItself);
  if (macos === null) return null;
  const own = await look.stamp(path);
  return own === null ? null : `${macos} ${own}`;
}
