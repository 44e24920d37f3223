import type { DetectorInput } from '../detect/detector.ts';
import { isConfigured, registrationOf } from '../detect/facts.ts';
import type { Verdict } from '../detect/issue-lifecycle.ts';
import { firstMacosWith, isKnownMethod, profileMethods } from '../mac/sources/sso-profile/profile-methods.ts';
import { nearestOf } from '../shared/nearest.ts';
import type { SsoProfile, TokenVariable } from '../shared/observation.ts';
import { minute } from '../shared/time.ts';
import { missingPreconditions } from './missing-preconditions.ts';

/** A mistake in a profile with Platform SSO. Its words hold no value but the name of a method. */
export interface ProfileMistake {
  readonly issue:
    | 'registration-token-wrong'
    | 'sso-payload-misconfigured-10001'
    | 'sso-payload-conflict-10002';
  /** The key of the payload. */
  readonly key: string;
  readonly message: string;
  /** Whether no device can register with it. Else it is evidence only. */
  readonly stops: boolean;
}

/** macOS gets this long to apply a new profile, or to remove an old one. */
export const appliedWithin = 15 * minute;

const variableForms: Readonly<Record<TokenVariable, string>> = {
  doubleBraces: 'a variable of the form {{NAME}}',
  dollar: 'a variable of the form $NAME',
  percent: 'a variable of the form %Name%',
  braces: 'a variable of the form {Name}',
  placeholder: 'a placeholder, such as YOUR_TOKEN_HERE',
};

const misconfigured = 'sso-payload-misconfigured-10001';

/** `installed`: the MDM had its chance to fill in the variable. */
export function tokenMistake({ tokenVariable }: SsoProfile, installed: boolean): ProfileMistake[] {
  if (tokenVariable === null) return [];
  const form = variableForms[tokenVariable];
  const message = installed
    ? `RegistrationToken is still ${form}: the MDM did not fill it in.`
    : `RegistrationToken is ${form}. No Mac can register unless your MDM fills it in; {{DEVICEREGISTRATION}} is a variable of Microsoft Intune.`;
  return [{ issue: 'registration-token-wrong', key: 'RegistrationToken', message, stops: true }];
}

/** `configured`: macOS says that Platform SSO is configured. */
export function payloadMistakes(
  profile: SsoProfile,
  macosMajor: number | null,
  configured: boolean,
): ProfileMistake[] {
  const mistakes = [methodMistake(profile.method === 'none' ? undefined : profile.methodName, macosMajor)];
  const { missingKeys, wrongKeys } = profile;
  if (wrongKeys.length > 0)
    mistakes.push({
      issue: misconfigured,
      key: wrongKeys[0] ?? '',
      message: `The payload has a wrong value of ${wrongKeys.join(', ')}.`,
      stops: true,
    });
  if (missingKeys.length > 0)
    mistakes.push({
      issue: misconfigured,
      key: missingKeys[0] ?? '',
      message: `The payload lacks ${missingKeys.join(', ')}.`,
      // Managed preferences can lack the other keys.
      stops: missingKeys.includes('ExtensionIdentifier') || missingKeys.includes('Type'),
    });
  // macOS 14 and later that say "configured" have read it.
  if (profile.methodAtTopLevel && (macosMajor === null || macosMajor >= 14))
    mistakes.push({
      issue: misconfigured,
      key: 'AuthenticationMethod',
      message:
        'AuthenticationMethod is at the top level only. macOS 13 reads it there; macOS 14 and later read it inside PlatformSSO.',
      stops: !configured,
    });
  return mistakes.filter((mistake) => mistake !== null);
}

/** `name` undefined: the payload has no method; null: a value that can't be repeated. */
export function methodMistake(
  name: string | null | undefined,
  macosMajor: number | null,
): ProfileMistake | null {
  const mistake = { issue: misconfigured, key: 'AuthenticationMethod', stops: true } as const;
  if (name === undefined) return { ...mistake, message: 'PlatformSSO has no AuthenticationMethod.' };
  if (isKnownMethod(name, macosMajor) !== false) return null;
  const first = firstMacosWith(name);
  if (first !== null)
    return { ...mistake, message: `AuthenticationMethod is ${name}, which needs macOS ${first} or later.` };
  const is = name === null ? 'has a value that' : `is ${name}, which`;
  const nearest = name === null ? null : nearestOf(name, profileMethods);
  const meant = nearest === null ? '' : ` Did you mean ${nearest}?`;
  return {
    ...mistake,
    message: `AuthenticationMethod ${is} macOS does not know. It knows Password, UserSecureEnclaveKey, SmartCard (macOS 14 and later) and OpenID (macOS 27 and later).${meant}`,
  };
}

const conflict: ProfileMistake = {
  issue: 'sso-payload-conflict-10002',
  key: 'PlatformSSO',
  message:
    'macOS says that Platform SSO is configured, but the managed profile for the same extension has no PlatformSSO: two profiles for one extension.',
  stops: true,
};

/** The mistakes in the profile while the registration is not complete; `unknown`: no valid reading. */
function presentMistakes({
  facts,
  memory,
  observation,
  macosMajor,
}: DetectorInput): ProfileMistake[] | 'unknown' {
  const { ssoProfile, appSso } = observation;
  if (facts === null || !ssoProfile.ok) return 'unknown';
  const profile = ssoProfile.value;
  if (profile === null || (isConfigured(facts) && facts.device.exempt)) return [];
  // A complete registration proves that macOS can use the profile. An unclear one proves neither.
  if (facts.registration === 'complete') return [];
  if (facts.registration === 'unclear') return 'unknown';
  // "Not configured" needs two equal readings.
  if (!isConfigured(facts) && memory.candidate !== null) return 'unknown';
  if (!profile.platformSso) {
    const { extensionIdentifier, type } = profile;
    const other = appSso.ok ? appSso.value.extensionIdentifier : null;
    // A Credential payload beside a Redirect payload of one extension is no conflict.
    const same = extensionIdentifier !== null && extensionIdentifier === other && type !== 'credential';
    return isConfigured(facts) && same ? [conflict] : [];
  }
  return [
    // The device registers with the token; a registered device no longer needs it.
    ...(registrationOf(facts) === 'none' ? tokenMistake(profile, true) : []),
    ...payloadMistakes(profile, macosMajor, isConfigured(facts)),
  ];
}

/**
 * What a finding about the registration says about the profile, and about missing preconditions: nothing when
 * none is seen.
 */
export function profileEvidence(input: DetectorInput): {
  readonly causes: string[];
  readonly messages: string[];
  /** The sentences of the mistakes that stop a registration, after a space; or empty. */
  readonly summary: string;
} {
  const found = presentMistakes(input);
  const mistakes = found === 'unknown' ? [] : found;
  const stopping = mistakes.filter(({ stops }) => stops);
  return {
    causes: [...missingPreconditions(input), ...new Set(stopping.map(({ issue }) => issue))],
    messages: mistakes.map(({ message }) => message),
    summary: stopping.map(({ message }) => ` ${message}`).join(''),
  };
}

/** The verdict of one issue of the profile. */
export function profileVerdict(input: DetectorInput, issue: ProfileMistake['issue']): Verdict {
  const found = presentMistakes(input);
  if (found === 'unknown') return 'unknown';
  const own = found.filter((mistake) => mistake.issue === issue);
  const stopping = own.filter(({ stops }) => stops).map(({ message }) => message);
  if (stopping.length === 0) return null;
  const { facts, observation, macosMajor } = input;
  const profile = observation.ssoProfile.ok ? observation.ssoProfile.value : null;
  return {
    severity: 'high',
    summary: stopping.join(' '),
    evidence: {
      profileMistakes: own.map(({ message }) => message),
      ...(issue === 'registration-token-wrong' ? { tokenVariable: profile?.tokenVariable ?? null } : {}),
      registration: facts === null ? null : registrationOf(facts),
      macos: macosMajor === null ? null : String(macosMajor),
    },
    key: stopping.join(' '),
    ...(facts !== null && !isConfigured(facts) ? { confirmAfter: appliedWithin } : {}),
  };
}
