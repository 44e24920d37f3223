import { minute } from '../../shared/time.ts';
import { type Facts, stateText } from '../facts.ts';
import type { Finding, Verdict } from '../issue-lifecycle.ts';
import { causesOfUnfinishedRegistration, changesBefore } from './causes.ts';
import type { Detector, DetectorInput } from './detector.ts';

/** State 2: needs registration; 5: the key is invalid. Numbers from a public decompile (docs/password-window.md). */
const brokenStates: readonly (number | null)[] = [2, 5];
/** A new user of the password, the smart card, the Secure Enclave key: never registered, whoever was before. */
const newUserStates: readonly (number | null)[] = [4, 6, 7];

/** A registration that was there and is not usable any more, or whose state says so itself. */
function broken(facts: Facts, everRegistered: boolean): boolean {
  if (!facts.configured || facts.exempt) return false;
  if (facts.userPresent && brokenStates.includes(facts.userState)) return true;
  if (facts.registration === 'device' && newUserStates.includes(facts.userState)) return false;
  return everRegistered && facts.registration !== 'complete';
}

function missing(facts: Facts, everRegistered: boolean): boolean {
  return (
    facts.configured && !facts.exempt && facts.registration !== 'complete' && !broken(facts, everRegistered)
  );
}

function describe(facts: Facts): string {
  if (facts.registration === 'none') return 'the device is not registered';
  if (!facts.userPresent) return 'the device is registered and the user is not';
  return `the user's state is ${stateText(facts.userState)}`;
}

function findingOf(evidence: DetectorInput, facts: Facts, summary: string): Finding {
  return {
    severity: 'high',
    summary,
    evidence: {
      registration: facts.registration,
      userPresent: facts.userPresent,
      userState: facts.userState,
      method: facts.method,
      macos: evidence.observation.macos.ok ? evidence.observation.macos.value : null,
      possibleCauses: causesOfUnfinishedRegistration(evidence),
      changesBefore: changesBefore(evidence, evidence.now),
    },
    key: `${facts.registration} ${facts.userPresent} ${facts.userState}`,
  };
}

/** macOS 14 brought the Repair button. An unknown version is taken for a present one. */
function hasRepair(evidence: DetectorInput): boolean {
  return evidence.macosMajor === null || evidence.macosMajor >= 14;
}

function brokenVerdict(evidence: DetectorInput, applies: boolean, remedy: string): Verdict {
  const { facts, memory } = evidence;
  if (facts === null) return 'unknown';
  if (!applies || !broken(facts, memory.everRegistered)) return null;
  return findingOf(evidence, facts, `The registration needs repair: ${describe(facts)}. ${remedy}`);
}

export const registrationNeedsRepair: Detector = {
  issue: 'registration-needs-repair',
  detect: (evidence) =>
    brokenVerdict(evidence, hasRepair(evidence), 'macOS 14 and later repair it in Users & Groups.'),
};

export const deregisterReregisterMacos13: Detector = {
  issue: 'deregister-reregister-macos13',
  detect: (evidence) =>
    brokenVerdict(
      evidence,
      !hasRepair(evidence),
      'macOS 13 has no Repair: deregister and register in Company Portal.',
    ),
};

/** macOS may not have taken up yet what was installed a moment ago, and a profile goes in its own time. */
const takenUpWithin = 15 * minute;

/** The profile is there, and `app-sso` prints nothing but `(null)`: catalogue 4.12, where either of the two is enough. */
function profileWithoutEffect(evidence: DetectorInput, facts: Facts): Verdict {
  const { ssoProfile, companyPortal } = evidence.observation;
  // That macOS knows of nothing is believed when it was said twice, and what is open until then is another matter.
  if (!ssoProfile.ok || evidence.memory.candidate !== null) return 'unknown';
  if (ssoProfile.value?.platformSso !== true) return null;
  const portalMissing = companyPortal.ok && companyPortal.value === null;
  const named = ssoProfile.value.extensionIdentifier?.startsWith('com.microsoft.') === true;
  const finding = findingOf(
    evidence,
    facts,
    `A profile with Platform SSO is installed, but macOS says that Platform SSO is not configured.${portalMissing && named ? ' Company Portal is not installed.' : ''}`,
  );
  return {
    ...finding,
    severity: 'medium',
    // Those that the catalogue has come once macOS has begun to register.
    evidence: { ...finding.evidence, configured: false, possibleCauses: [] },
    key: portalMissing && named ? 'profile, no Company Portal' : 'profile',
    variant: 'profile without effect',
    confirmAfter: takenUpWithin,
  };
}

export const pssoNotRegistered: Detector = {
  issue: 'psso-not-registered',
  detect: (evidence) => {
    const { facts, memory } = evidence;
    if (facts === null) return 'unknown';
    if (!facts.configured) return profileWithoutEffect(evidence, facts);
    if (!missing(facts, memory.everRegistered)) return null;
    return {
      ...findingOf(evidence, facts, `Platform SSO is configured, but ${describe(facts)}.`),
      severity: 'medium',
    };
  },
};

/** Two cycles of the popup that macOS 14 shows about every 10 minutes; known-issues catalogue 4.7. */
const twoPopups = 25 * minute;
/** On macOS 13 a registration may take a few minutes by itself; the user is told after 30 (catalogue 4.8, notify/compose-notifications.ts). */
const usualOnMacos13 = 5 * minute;

function longRunning(
  evidence: DetectorInput,
  applies: boolean,
  after: number,
  severity: 'medium' | 'low',
): Verdict {
  const { facts, memory } = evidence;
  if (facts === null) return 'unknown';
  // Only a registration that never was: a lost one is a matter of repair. And a second user of a registered Mac
  // may not be meant to register at all.
  if (!applies || facts.registration !== 'none' || !missing(facts, memory.everRegistered)) return null;
  return {
    ...findingOf(
      evidence,
      facts,
      `Registration has not completed in ${Math.round(after / minute)} minutes of use: ${describe(facts)}.`,
    ),
    severity,
    confirmAfterActive: after,
  };
}

export const registrationLongRunningMacos14: Detector = {
  issue: 'registration-long-running-macos14',
  detect: (evidence) => longRunning(evidence, hasRepair(evidence), twoPopups, 'medium'),
};

export const registrationLongRunningMacos13: Detector = {
  issue: 'registration-long-running-macos13',
  detect: (evidence) => longRunning(evidence, !hasRepair(evidence), usualOnMacos13, 'low'),
};
