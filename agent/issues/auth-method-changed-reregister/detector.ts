import type { DetectorInput } from '../../detect/detector.ts';
import { type ConfiguredFacts, isConfigured, isKnownMethod } from '../../detect/facts.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import type { Method, Observation } from '../../shared/observation.ts';
import { hour } from '../../shared/time.ts';

/** A working day of use. macOS prompts by itself, and a user may do it at the end of the day. */
const followedWithin = 8 * hour;

const methodTexts: Readonly<Record<Method, string>> = {
  password: 'the password',
  secureEnclaveKey: 'a Secure Enclave key',
  smartCard: 'a smart card',
  accessKey: 'an access key',
  openId: 'OpenID',
  none: 'no method',
  unknown: 'an unknown method',
};

interface Wanted {
  readonly method: Method;
  readonly by: 'device' | 'profile';
}

/** The method that the user has to follow; null: the user has it; `unknown`: a method is not known. */
function wantedMethod(
  { method, device }: ConfiguredFacts,
  ssoProfile: Observation['ssoProfile'],
): Wanted | null | 'unknown' {
  const profile = ssoProfile.ok ? ssoProfile.value : null;
  const asked: Wanted[] = [
    { method: device.method, by: 'device' },
    ...(profile?.platformSso === true ? [{ method: profile.method, by: 'profile' } as const] : []),
  ];
  const other = asked.find((one) => isKnownMethod(one.method) && one.method !== method);
  if (other !== undefined) return other;
  return ssoProfile.ok && asked.every((one) => one.method !== 'unknown') ? null : 'unknown';
}

export function detectMethodNotFollowed(input: DetectorInput): Verdict {
  const { facts } = input;
  if (facts === null) return 'unknown';
  if (!isConfigured(facts) || facts.device.exempt) return null;
  if (facts.user === null || !isKnownMethod(facts.method)) return 'unknown';
  const wanted = wantedMethod(facts, input.observation.ssoProfile);
  if (wanted === null || wanted === 'unknown') return wanted;
  // The registration is under way, or has an issue of its own.
  if (facts.registration !== 'complete') return 'unknown';
  const { method, by } = wanted;
  return {
    severity: 'medium',
    summary: `The user is registered with ${methodTexts[facts.method]}, and the ${by} asks for ${methodTexts[method]}: the user must register again.`,
    evidence: {
      registeredMethod: facts.method,
      wantedMethod: method,
      wantedBy: by,
    },
    key: `${facts.method} ${method}`,
    confirmAfterActive: followedWithin,
  };
}
