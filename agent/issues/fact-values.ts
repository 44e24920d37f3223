import { second } from '../shared/time.ts';
import type { Cadence, Issue } from './issue.ts';

/** Values that the facts of several issues share. */

export const passwordOnly: Issue['methods'] = ['password'];
export const everyMethod: Issue['methods'] = ['password', 'secureEnclaveKey', 'smartCard'];
export const methodsOfMacos13: Issue['methods'] = ['password', 'secureEnclaveKey'];
export const anyMacos: Issue['macos'] = { from: '13', below: null };
export const onlyMacos13: Issue['macos'] = { from: '13', below: '14' };
export const sinceMacos14: Issue['macos'] = { from: '14', below: null };
export const onlyEntra: NonNullable<Issue['providers']> = ['entra'];
/** What a mistake in the profile explains. */
export const unfinishedRegistrations: Issue['possibleCauseOf'] = [
  'psso-not-registered',
  'registration-long-running-macos14',
  'registration-long-running-macos13',
];
/** What a missing precondition explains. */
export const registrations: Issue['possibleCauseOf'] = [
  ...unfinishedRegistrations,
  'registration-needs-repair',
  'deregister-reregister-macos13',
];
export const usersAndGroups = 'x-apple.systempreferences:com.apple.Users-Groups-Settings.extension';

/**
 * A cadence from times in milliseconds. Reminders come rarely at first, closer together before something
 * breaks, and rarely after that; after six notifications a seventh has no effect. Quiet hours, Focus, the
 * daily maximum and the silences of the user apply as well (notify/notification-policy.ts).
 */
export function after(first: number, ...repeats: number[]): Cadence {
  return {
    firstAfterSeconds: first / second,
    repeatAfterSeconds: repeats.map((repeat) => repeat / second),
    maximum: repeats.length + 1,
  };
}

export const neverNotified: Cadence = { firstAfterSeconds: 0, repeatAfterSeconds: [], maximum: 0 };

/**
 * What the issues of a Mac's configuration share. Only the admin can act on one: the user is never notified,
 * and no pane of System Settings remedies it. It can stay open for months.
 */
export const configurationIssue = {
  cadence: neverNotified,
  settingsLink: null,
  audience: 'admin',
  longLasting: true,
} as const satisfies Partial<Issue>;
