import { type Answer, answersOf, type Precondition, type Preconditions } from '../assess/preconditions.ts';
import { identityProviderOf } from '../shared/identity-provider.ts';
import { macosMajor } from '../shared/macos-major.ts';
import type { AppSso, Method, Observation } from '../shared/observation.ts';
import { knownValue } from '../shared/reading.ts';
import { fromIso } from '../shared/time.ts';
import {
  expiresAtOf,
  type Facts,
  isConfigured,
  isExpired,
  isKnownMethod,
  receivedAtOf,
  relationOf,
} from './facts.ts';
import type { Memory } from './memory.ts';
import { profileReplacedWithin } from './registration-memory.ts';
import { dueAge } from './token-cycle.ts';

/** Preconditions of a single source. `app-sso` is confirmed elsewhere (registration-state.ts). */
const observed = ['app-installed', 'mdm-enrolled', 'profile-installed', 'methods-agree'] as const;
type Observed = (typeof observed)[number];

/** Undefined: not read in this poll. */
type Readings = { readonly [P in Observed]: Answer | undefined };

/**
 * The answers that the memory keeps. A "no" needs two readings in a row: MDM replaces a profile by removing
 * it first.
 */
export function preconditionMemory(
  before: Memory,
  facts: Facts | null,
  observation: Observation,
): Pick<Memory, 'preconditions' | 'doubts'> {
  const readings = readingsOf(before, facts, observation);
  const kept: Partial<Record<Observed, Answer>> = {};
  const doubts: Observed[] = [];
  for (const precondition of observed) {
    const reading = readings[precondition];
    const last = before.preconditions?.[precondition];
    const wasDoubted = before.doubts?.includes(precondition) === true;
    const confirmed = reading !== 'no' || last === 'no' || wasDoubted;
    const answer = reading === undefined || !confirmed ? last : reading;
    if (answer !== undefined) kept[precondition] = answer;
    if (reading === undefined ? wasDoubted : !confirmed) doubts.push(precondition);
  }
  return { preconditions: kept, doubts };
}

function readingsOf(before: Memory, facts: Facts | null, observation: Observation): Readings {
  const { enrollment, ssoProfile } = observation;
  const appSso = knownValue(observation.appSso);
  const profile = knownValue(ssoProfile);
  const extension = appSso?.extensionIdentifier ?? profile?.extensionIdentifier ?? null;
  return {
    'app-installed': appInstalled(extension, observation),
    'mdm-enrolled': enrollment.ok ? yesOrNo(enrollment.value.enrolled) : undefined,
    'profile-installed': ssoProfile.ok
      ? profileInstalled(profile?.platformSso === true, before, facts, observation)
      : undefined,
    'methods-agree':
      appSso === null || appSso.status === 'unknown'
        ? undefined
        : methodsAgree(appSso, profile?.platformSso === true ? profile.method : null),
  };
}

/**
 * Company Portal contains Microsoft's extension, and Okta Verify Okta's, which can also be in another folder.
 * Nothing shows which app another extension belongs to.
 */
function appInstalled(
  extension: string | null,
  { companyPortal, oktaVerify }: Observation,
): Answer | undefined {
  const provider = identityProviderOf(extension);
  if (provider === 'okta') return oktaVerify.ok && oktaVerify.value !== null ? 'yes' : 'unknown';
  if (extension?.startsWith('com.microsoft.') !== true) return 'unknown';
  return companyPortal.ok ? yesOrNo(companyPortal.value !== null) : undefined;
}

/**
 * Beside a configured Platform SSO, a missing file is a removed profile only where a profile was read before.
 * macOS 27 takes Platform SSO from a declaration too, which has no such file.
 */
function profileInstalled(
  found: boolean,
  before: Memory,
  facts: Facts | null,
  { macos, at }: Observation,
): Answer | undefined {
  if (found) return 'yes';
  if (facts === null) return 'unknown';
  if (before.profileSeen === true && !isGoneForGood(before, at)) return undefined;
  if (!isConfigured(facts)) return 'no';
  const major = macosMajor(knownValue(macos) ?? before.macos);
  return before.profileSeen === true && major !== null && major < 27 ? 'no' : 'unknown';
}

/** MDM replaces a profile by removing it first. */
function isGoneForGood({ profileGoneSince }: Memory, at: string): boolean {
  return profileGoneSince != null && fromIso(at) - profileGoneSince >= profileReplacedWithin;
}

interface PrintedMethod {
  readonly method: Method;
  readonly methodLabel: string | null;
}

/** A section without a method and without a label prints none. */
function printed(section: PrintedMethod | null): Method | null {
  return section === null || (section.methodLabel === null && section.method === 'unknown')
    ? null
    : section.method;
}

function methodsAgree({ device, user }: AppSso, profile: Method | null): Answer {
  const own = [printed(device), printed(user)].filter((method) => method !== null);
  // What a method without a known name agrees with is not known.
  if (own.length === 0 || !own.every(isKnownMethod)) return 'unknown';
  const all = new Set(profile !== null && isKnownMethod(profile) ? [...own, profile] : own);
  return all.size === 1 ? 'yes' : 'no';
}

/** The answers without those of the open issues. */
export function preconditionsOf(memory: Memory): Preconditions {
  const { facts } = memory;
  const ofAppSso = facts === null ? null : answersOfFacts(facts, memory);
  return answersOf((precondition) => {
    const kept = isObserved(precondition) ? memory.preconditions?.[precondition] : ofAppSso?.[precondition];
    return kept ?? 'unknown';
  });
}

function isObserved(precondition: Precondition): precondition is Observed {
  return observed.some((one) => one === precondition);
}

function answersOfFacts(facts: Facts, memory: Memory): Record<Exclude<Precondition, Observed>, Answer> {
  const { cycle } = memory.window;
  return {
    'method-known': relationOf(facts) === 'unknown' ? 'unknown' : 'yes',
    'registration-complete':
      facts.registration === 'complete' ? 'yes' : facts.registration === 'unclear' ? 'unknown' : 'no',
    // State 1 is also set briefly at login, and offline: the prompt is an issue of its own.
    'user-state-normal': facts.user?.state === 0 ? 'yes' : 'unknown',
    'tokens-present': receivedAtOf(facts) === null ? 'unknown' : 'yes',
    'tokens-fresh': cycle !== null && receivedAtOf(facts) !== null && cycle.age <= dueAge ? 'yes' : 'unknown',
    'tokens-valid': isExpired(facts) ? 'no' : expiresAtOf(facts) === null ? 'unknown' : 'yes',
  };
}

function yesOrNo(value: boolean): Answer {
  return value ? 'yes' : 'no';
}
