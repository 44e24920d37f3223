import {
  methodMistake,
  type ProfileMistake,
  payloadMistakes,
  tokenMistake,
} from '../issues/profile-mistakes.ts';
import type { Dictionary } from '../mac/parse/dictionary.ts';
import { parseSsoProfile } from '../mac/sources/sso-profile/parse-sso-profile.ts';
import { newestMacos, quotableMethod } from '../mac/sources/sso-profile/profile-methods.ts';
import type { SsoProfile } from '../shared/observation.ts';

type PayloadProblem = Pick<ProfileMistake, 'key' | 'message'> & { readonly issue: string };

export const ssoPayloadType = 'com.apple.extensiblesso';

const kerberos = 'com.apple.AppSSOKerberos.KerberosExtension';

/** Whether a dictionary without a PayloadType is the managed com.apple.extensiblesso property list. */
export function isManagedSsoProfile(file: Dictionary): boolean {
  return ['ExtensionIdentifier', 'PlatformSSO', 'RegistrationToken'].some((key) => Object.hasOwn(file, key));
}

/** The mistakes of the single sign-on payloads of one profile, before it is deployed. */
export function checkSsoPayloads(payloads: readonly Dictionary[]): PayloadProblem[] {
  const parsed = payloads.flatMap((payload) => {
    const profile = parseSsoProfile(payload);
    return profile === null || profile.extensionIdentifier === kerberos ? [] : [{ payload, profile }];
  });
  return [
    ...parsed.flatMap(({ payload, profile }) => mistakesOf(payload, profile)),
    ...conflicts(parsed.map(({ profile }) => profile)),
  ].map(({ issue, key, message }) => ({ issue, key, message }));
}

function mistakesOf(payload: Dictionary, profile: SsoProfile): ProfileMistake[] {
  const found = [...tokenMistake(profile, false), ...payloadMistakes(profile, newestMacos, false)];
  // A payload of type Credential can stand beside the one with PlatformSSO.
  if (!profile.platformSso && profile.type !== 'credential')
    return [without(profile), ...found.filter(({ key }) => key !== 'AuthenticationMethod')];
  if (!profile.platformSso) return found.filter(({ key }) => key !== 'AuthenticationMethod');
  const top = payload.AuthenticationMethod;
  if (top === undefined || profile.methodAtTopLevel) return found;
  const ofMacos13 = methodMistake(quotableMethod(top), 13);
  return ofMacos13 === null
    ? found
    : [...found, { ...ofMacos13, message: `For macOS 13, at the top level: ${ofMacos13.message}` }];
}

function without({ extensionIdentifier }: SsoProfile): ProfileMistake {
  return {
    issue: 'sso-payload-conflict-10002',
    key: 'PlatformSSO',
    message: `The payload for ${extensionIdentifier ?? 'an unnamed extension'} has no PlatformSSO. It sets up single sign-on without Platform SSO; beside a profile with PlatformSSO for the same extension, no Mac can register (error 10002).`,
    stops: true,
  };
}

/** Two payloads of one type for one extension. */
function conflicts(profiles: readonly SsoProfile[]): ProfileMistake[] {
  const names = profiles.flatMap(({ extensionIdentifier, type }) =>
    extensionIdentifier === null || type === 'credential' ? [] : [extensionIdentifier],
  );
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...twice].map((name) => ({
    issue: 'sso-payload-conflict-10002',
    key: 'ExtensionIdentifier',
    message: `The profile has more than one single sign-on payload for ${name}. No Mac can register with both (error 10002).`,
    stops: true,
  }));
}
