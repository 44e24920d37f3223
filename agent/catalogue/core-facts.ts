import { day, hour, minute, second } from '../shared/time.ts';
import type { Cadence, CoreFacts } from './schema.ts';

/**
 * The facts of every known issue that the resident agent needs, without the prose: it loads this file and no other of
 * the catalogue but the user's words. The ids are a contract (docs/contracts.md).
 *
 * Cadences: a reminder comes rarely at first, closer together as something is about to break, and rarely again once it
 * has; a person who was told six times does not need a seventh. Quiet times, Focus, the daily maximum and the person's
 * own silences come on top of it (notify/notification-policy.ts).
 */

const password: CoreFacts['methods'] = ['password'];
const everyMethod: CoreFacts['methods'] = ['password', 'secureEnclaveKey', 'smartCard'];
const macos13Methods: CoreFacts['methods'] = ['password', 'secureEnclaveKey'];
const anyMacos = { from: '13', below: null };
const onlyMacos13 = { from: '13', below: '14' };
const sinceMacos14 = { from: '14', below: null };
const usersAndGroups = 'x-apple.systempreferences:com.apple.Users-Groups-Settings.extension';

function after(first: number, ...repeats: number[]): Cadence {
  return {
    firstAfterSeconds: first / second,
    repeatAfterSeconds: repeats.map((repeat) => repeat / second),
    maximum: repeats.length + 1,
  };
}

const neverNotified: Cadence = { firstAfterSeconds: 0, repeatAfterSeconds: [], maximum: 0 };

const issues = {
  'password-change-prompt-pending': {
    severity: 'medium',
    methods: password,
    macos: anyMacos,
    reliability: 'likely',
    // macOS asks by itself first: a word after 15 minutes of use, another after an hour, then over the week.
    cadence: after(15 * minute, 45 * minute, day, 2 * day, 4 * day),
    possibleCauseOf: [],
    settingsLink: null,
  },
  'password-change-window-overdue': {
    severity: 'high',
    methods: password,
    macos: anyMacos,
    reliability: 'likely',
    // Tokens of Entra live 14 days: days 0, 2, 6, 10, 12 and 13, and once more after they are gone.
    cadence: after(0, 2 * day, 4 * day, 4 * day, 2 * day, day, 7 * day),
    possibleCauseOf: [],
    settingsLink: null,
  },
  'registration-needs-repair': {
    severity: 'high',
    methods: everyMethod,
    macos: sinceMacos14,
    reliability: 'definite',
    cadence: after(5 * minute, day, 3 * day, 7 * day, 7 * day),
    possibleCauseOf: [],
    settingsLink: usersAndGroups,
  },
  'deregister-reregister-macos13': {
    severity: 'high',
    methods: macos13Methods,
    macos: onlyMacos13,
    reliability: 'definite',
    cadence: after(5 * minute, day, 3 * day, 7 * day, 7 * day),
    possibleCauseOf: [],
    settingsLink: null,
  },
  'wpj-key-not-removed-after-migration': {
    severity: 'medium',
    methods: everyMethod,
    macos: anyMacos,
    reliability: 'likely',
    // An admin's matter in the first place.
    cadence: after(hour, 7 * day, 14 * day),
    possibleCauseOf: [],
    settingsLink: null,
  },
  'passcode-policy-complexity-mismatch': {
    severity: 'high',
    methods: password,
    macos: anyMacos,
    reliability: 'definite',
    cadence: after(15 * minute, day, 3 * day, 7 * day),
    possibleCauseOf: ['password-change-prompt-pending', 'password-change-window-overdue'],
    settingsLink: null,
  },
  'registration-long-running-macos14': {
    severity: 'medium',
    methods: everyMethod,
    macos: sinceMacos14,
    reliability: 'likely',
    cadence: after(0, day, 3 * day, 7 * day),
    possibleCauseOf: [],
    settingsLink: usersAndGroups,
  },
  'registration-long-running-macos13': {
    severity: 'low',
    methods: macos13Methods,
    macos: onlyMacos13,
    reliability: 'heuristic',
    cadence: after(0, day, 7 * day),
    possibleCauseOf: [],
    settingsLink: null,
  },
  'registration-prompt-closed': {
    severity: 'medium',
    methods: everyMethod,
    macos: anyMacos,
    reliability: 'heuristic',
    cadence: neverNotified,
    possibleCauseOf: [
      'psso-not-registered',
      'registration-long-running-macos14',
      'registration-long-running-macos13',
      'registration-needs-repair',
      'deregister-reregister-macos13',
    ],
    settingsLink: null,
  },
  'insufficient-join-permissions-silent': {
    severity: 'high',
    methods: everyMethod,
    macos: anyMacos,
    reliability: 'heuristic',
    cadence: neverNotified,
    possibleCauseOf: [
      'psso-not-registered',
      'registration-long-running-macos14',
      'registration-long-running-macos13',
      'registration-needs-repair',
      'deregister-reregister-macos13',
    ],
    settingsLink: null,
  },
  'per-user-mfa-blocks-password-sync': {
    severity: 'high',
    methods: password,
    macos: anyMacos,
    reliability: 'heuristic',
    cadence: neverNotified,
    possibleCauseOf: [
      'psso-not-registered',
      'registration-long-running-macos14',
      'registration-long-running-macos13',
      'registration-needs-repair',
      'deregister-reregister-macos13',
      'password-change-window-overdue',
      'password-change-prompt-pending',
    ],
    settingsLink: null,
  },
  'psso-not-registered': {
    severity: 'medium',
    methods: everyMethod,
    macos: anyMacos,
    reliability: 'definite',
    // The profile may have come a moment ago, and macOS asks by itself.
    cadence: after(15 * minute, day, 2 * day, 4 * day, 7 * day),
    possibleCauseOf: [],
    settingsLink: null,
  },
  'sso-tokens-expired': {
    severity: 'high',
    methods: everyMethod,
    macos: anyMacos,
    reliability: 'definite',
    cadence: after(5 * minute, day, 2 * day, 4 * day, 7 * day),
    possibleCauseOf: [],
    settingsLink: null,
  },
  'sso-tokens-missing': {
    severity: 'high',
    methods: everyMethod,
    macos: anyMacos,
    reliability: 'definite',
    cadence: after(5 * minute, day, 2 * day, 4 * day, 7 * day),
    possibleCauseOf: [],
    settingsLink: null,
  },
} as const satisfies Readonly<Record<string, CoreFacts>>;

export type IssueId = keyof typeof issues;

/** Nothing on the Mac proves these: they are named to an admin as possible causes, and never to the user. */
export type PossibleCause =
  | 'registration-prompt-closed'
  | 'insufficient-join-permissions-silent'
  | 'per-user-mfa-blocks-password-sync';

/** An issue that a user may hear of, and so has words in every language. */
export type NotifiableIssue = Exclude<IssueId, PossibleCause>;

export const coreFacts: Readonly<Record<IssueId, CoreFacts>> = issues;

export function isIssueId(id: string): id is IssueId {
  return Object.hasOwn(issues, id);
}

export const issueIds: readonly IssueId[] = Object.keys(issues).filter(isIssueId);

export function isNotifiable(id: IssueId): id is NotifiableIssue {
  return coreFacts[id].cadence.maximum > 0;
}

/** Null for an id that the catalogue doesn't know. */
export function coreOf(issue: string): CoreFacts | null {
  return isIssueId(issue) ? coreFacts[issue] : null;
}

/** An issue that the catalogue doesn't know (one of another version's database, say) is never told. */
export function cadenceOf(issue: string): Cadence {
  return coreOf(issue)?.cadence ?? neverNotified;
}
