import type { Method, SsoProfile } from '../../../shared/observation.ts';
import { booleanOf, type Dictionary, dictionaryOf, numberOf } from '../../parse/dictionary.ts';
import { changeDigest } from './change-digest.ts';

/**
 * The value of the managed com.apple.extensiblesso property list; null: it is empty, no payload is installed.
 * A configuration profile is taken too: of several such payloads the one with Platform SSO counts. Keys:
 * Apple's device-management, com.apple.extensiblesso.yaml. The registration token stays here. Throws
 * TypeError for a value that is no dictionary.
 */
export function parseSsoProfile(value: unknown): SsoProfile | null {
  const file = dictionaryOf(value);
  if (file === null) throw new TypeError('the payload is no dictionary');
  const payload = payloadOf(file);
  if (payload === null || Object.keys(payload).length === 0) return null;
  const platformSso = dictionaryOf(payload.PlatformSSO);
  const { method, atTopLevel } = methodOf(payload, platformSso);
  const identifier = payload.ExtensionIdentifier;
  return {
    digest: digestOf(payload),
    extensionIdentifier:
      typeof identifier === 'string' && /^[\w.-]{1,200}$/.test(identifier) ? identifier : null,
    platformSso: platformSso !== null || atTopLevel,
    method,
    methodAtTopLevel: atTopLevel,
    registrationToken: tokenOf(platformSso?.RegistrationToken ?? payload.RegistrationToken),
    sharedDeviceKeys: booleanOf(platformSso?.UseSharedDeviceKeys),
    loginFrequencySeconds: numberOf(platformSso?.LoginFrequency),
  };
}

function payloadOf(file: Dictionary): Dictionary | null {
  if (!Array.isArray(file.PayloadContent)) return file;
  const payloads = file.PayloadContent.flatMap((value: unknown) => {
    const payload = dictionaryOf(value);
    return payload?.PayloadType === 'com.apple.extensiblesso' ? [payload] : [];
  });
  return payloads.find((payload) => dictionaryOf(payload.PlatformSSO) !== null) ?? payloads[0] ?? null;
}

/**
 * macOS 14 moved AuthenticationMethod from the payload into PlatformSSO; where both are, the new place
 * counts.
 */
function methodOf(
  payload: Dictionary,
  platformSso: Dictionary | null,
): { method: Method; atTopLevel: boolean } {
  const inside = platformSso?.AuthenticationMethod;
  const atTopLevel = inside === undefined && payload.AuthenticationMethod !== undefined;
  switch (atTopLevel ? payload.AuthenticationMethod : inside) {
    case 'Password':
      return { method: 'password', atTopLevel };
    case 'UserSecureEnclaveKey':
      return { method: 'secureEnclaveKey', atTopLevel };
    case 'SmartCard':
      return { method: 'smartCard', atTopLevel };
    case undefined:
      return { method: 'none', atTopLevel };
    default:
      return { method: 'unknown', atTopLevel };
  }
}

/** The MDM replaces `{{DEVICEREGISTRATION}}`. Unreplaced, no device can register with it. */
function tokenOf(token: unknown): SsoProfile['registrationToken'] {
  if (typeof token !== 'string' || token.trim() === '') return 'absent';
  return token.includes('{{') ? 'unresolved' : 'present';
}

/** Enough to tell a change, too few and too mixed to hold a token. */
function digestOf(payload: Dictionary): string {
  return changeDigest(JSON.stringify(canonical(payload)));
}

/** The same value for any order of keys, binary or XML. */
function canonical(value: unknown): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : { date: value.toISOString() };
  if (value instanceof Uint8Array) return { data: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map(canonical);
  const dictionary = dictionaryOf(value);
  if (dictionary === null) return value;
  return Object.keys(dictionary)
    .sort()
    .map((key) => [key, canonical(dictionary[key])]);
}
