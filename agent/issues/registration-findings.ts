import type { DetectorInput } from '../detect/detector.ts';
import { type Facts, isConfigured, registrationOf } from '../detect/facts.ts';
import type { Finding, Verdict } from '../detect/issue-lifecycle.ts';
import { minute } from '../shared/time.ts';
import { userStateText } from '../shared/user-state-text.ts';
import { causesOfUnfinishedRegistration } from './possible-causes.ts';
import { profileEvidence } from './profile-mistakes.ts';

/** What the issues of the registration share. */

/**
 * State 2: needs registration; 5: the key is invalid. Numbers from a public decompile
 * (docs/password-window.md).
 */
const brokenStates: readonly (number | null)[] = [2, 5];
/** A new user of the password, the smart card or the Secure Enclave key, who has never registered. */
const newUserStates: readonly (number | null)[] = [4, 6, 7];

/**
 * Whether an earlier registration is no longer usable, or the user's state reports that it is broken. State 2
 * of a user who has never registered asks for the first registration.
 */
function broken(facts: Facts, everRegistered: boolean): boolean {
  if (!isConfigured(facts) || facts.device.exempt) return false;
  const { user } = facts;
  if (user !== null && brokenStates.includes(user.state)) return everRegistered || !isFirstSetUp(facts);
  if (facts.registration === 'device' && user !== null && newUserStates.includes(user.state)) return false;
  return everRegistered && facts.registration !== 'complete';
}

/** Whether macOS has a record of the user, who has never signed in with it. */
function isFirstSetUp({ user }: Facts): boolean {
  return user?.neverSignedIn === true;
}

/** Whether Platform SSO is configured, and neither registered nor broken. */
export function missing(facts: Facts, everRegistered: boolean): boolean {
  return (
    isConfigured(facts) &&
    !facts.device.exempt &&
    facts.registration !== 'complete' &&
    !broken(facts, everRegistered)
  );
}

/** The registration in words, for a summary. */
export function describeRegistration(facts: Facts): string {
  if (registrationOf(facts) === 'none') return 'the device is not registered';
  if (facts.user === null) return 'the device is registered and the user is not';
  const state = `the user's state is ${userStateText(facts.user.state, facts.user.name)}`;
  return isFirstSetUp(facts) ? `the user has never signed in; ${state}` : state;
}

export function findingOf(input: DetectorInput, facts: Facts, summary: string): Finding {
  const registration = registrationOf(facts);
  const userPresent = facts.user !== null;
  const userState = facts.user?.state ?? null;
  const profile = profileEvidence(input);
  return {
    severity: 'high',
    summary: `${summary}${profile.summary}`,
    evidence: {
      registration,
      userPresent,
      userState,
      ...(isFirstSetUp(facts) ? { neverSignedIn: true } : {}),
      method: facts.method,
      macos: input.observation.macos.ok ? input.observation.macos.value : null,
      ...(profile.messages.length > 0 ? { profileMistakes: profile.messages } : {}),
      possibleCauses: [...profile.causes, ...causesOfUnfinishedRegistration(input)],
    },
    key: [registration, userPresent, userState, ...profile.causes].join(' '),
  };
}

/** macOS 14 brought the Repair button. An unknown version counts as 14 or later. */
export function hasRepair(input: DetectorInput): boolean {
  return input.macosMajor === null || input.macosMajor >= 14;
}

/** The verdict of the two issues of a broken registration. `applies`: the macOS version fits. */
export function brokenVerdict(input: DetectorInput, applies: boolean, remedy: string): Verdict {
  const { facts, memory } = input;
  if (facts === null) return 'unknown';
  if (!applies || !broken(facts, memory.everRegistered)) return null;
  return findingOf(input, facts, `The registration needs repair: ${describeRegistration(facts)}. ${remedy}`);
}

/**
 * The verdict of the two issues of a registration that does not complete in `after` milliseconds of active
 * time.
 */
export function longRunningVerdict(
  input: DetectorInput,
  applies: boolean,
  after: number,
  severity: 'medium' | 'low',
): Verdict {
  const { facts, memory } = input;
  if (facts === null) return 'unknown';
  // A lost registration needs repair instead. A second user of a registered Mac may need no registration.
  if (!applies || facts.registration !== 'none' || !missing(facts, memory.everRegistered)) return null;
  return {
    ...findingOf(
      input,
      facts,
      `Registration has not completed in ${Math.round(after / minute)} minutes of use: ${describeRegistration(facts)}.`,
    ),
    severity,
    confirmAfterActive: after,
  };
}
