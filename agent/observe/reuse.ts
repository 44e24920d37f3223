import type { Files } from '../mac/files.ts';
import type { Reading } from '../types/reading.ts';
import { type EpochMs, hour } from '../types/time.ts';

/** However unlikely a change is, it is looked for this often. */
const longest = hour;

/** An update of macOS may change what anything says. */
const macosItself = '/System/Library/CoreServices/SystemVersion.plist';

interface Known<T> {
  readonly stamp: string;
  readonly reading: Reading<T>;
  readonly said: string;
  readonly askedAt: EpochMs;
  /** It was said twice in a row, as news has to be before it is believed. */
  readonly confirmed: boolean;
}

/** Asks a source, or answers what it said before. */
export type Reused<T> = (now: EpochMs, read: () => Promise<Reading<T>>) => Promise<Reading<T>>;

/**
 * A source that is asked again only when the file or folder it depends on is another, or after an hour: most processes that a look
 * would start would say what they said for weeks. What failed is always asked again, and so is what was said only once. A file that
 * can't be looked at, or isn't there, is no reason to skip anything.
 */
export function reuseUnlessChanged<T>(files: Files, path: string): Reused<T> {
  let known: Known<T> | null = null;
  return async (now, read) => {
    const stamp = await stampOf(files, path);
    const before = known !== null && known.stamp === stamp ? known : null;
    const age = before === null ? 0 : now - before.askedAt;
    if (before?.confirmed === true && age >= 0 && age < longest) return before.reading;
    const reading = await read();
    if (!reading.ok || stamp === null) known = null;
    else {
      const said = JSON.stringify(reading.value);
      known = { stamp, reading, said, askedAt: now, confirmed: before?.said === said };
    }
    return reading;
  };
}

async function stampOf(files: Files, path: string): Promise<string | null> {
  const [macos, own] = [await files.stamp(macosItself), await files.stamp(path)];
  return macos === null || own === null ? null : `${macos} ${own}`;
}
