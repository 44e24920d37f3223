import type { SessionUser } from '../shared/session-user.ts';
import { day, hour } from '../shared/time.ts';

/**
 * The longest age of a cached reading: after this time, or this number of polls, the source is read again.
 */
export interface AtLatest {
  /** Milliseconds. */
  readonly time: number;
  readonly polls: number;
}
export const hourly: AtLatest = { time: hour, polls: 12 };
/** For a source whose file holds the value itself. */
export const daily: AtLatest = { time: day, polls: 24 * 12 };

/** The version of macOS. An update can change the output of every source. */
export const macosItself = '/System/Library/CoreServices/SystemVersion.plist';
/** MDM writes here: a passcode payload, a profile, the end of management. */
export const managedPreferences = '/Library/Managed Preferences';

export function loginKeychainOf(who: SessionUser): string {
  return `${who.home}/Library/Keychains/login.keychain-db`;
}

/** Which polls read a source again. The others use the last reading. */
export type RereadRule =
  /** Every poll, except a short one whose plan keeps the last reading. */
  | { readonly kind: 'eachPoll' }
  /** The same, but a short poll reads it when the change stamp of macOS or of this file differs. */
  | { readonly kind: 'eachPollOrChanged'; readonly path: (who: SessionUser) => string }
  /** When the change stamp of macOS or of this file or folder differs, or after `atLatest`. */
  | {
      readonly kind: 'whenChanged';
      readonly path: string;
      /** A second file, which most Macs do not have. */
      readonly alsoPath?: (who: SessionUser) => string;
      readonly atLatest: AtLatest;
    }
  /** By agent/observe/reread-rarely.ts, never in a short poll. The files may be missing. */
  | { readonly kind: 'rarely'; readonly paths: readonly string[] }
  /** By agent/observe/reread-on-trouble.ts: only while an issue asks for it, never in a short poll. */
  | { readonly kind: 'onTrouble' }
  /** By the keychain polling (agent/observe/keychain-polling.ts). */
  | { readonly kind: 'keychainPolling' };
