import type { Method, SsoProfile } from '../../../shared/observation.ts';
import { type SignInPolicy, signInPolicies } from '../../../shared/sign-in-policy.ts';
import { booleanOf, type Dictionary, dictionaryOf, numberOf } from '../../parse/dictionary.ts';
import { companyPortalExtensions } from '../company-portal/company-portal-extensions.ts';
import { changeDigest } from './change-digest.ts';
import { quotableMethod } from './profile-methods.ts';
import { variableOf } from './token-variable.ts';

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
  const platformSso = platformSsoOf(payload);
  const { method, methodName, atTopLevel } = methodOf(payload, platformSso);
  const identifier = payload.ExtensionIdentifier;
  const token = platformSso?.RegistrationToken ?? payload.RegistrationToken;
  const tokenVariable = typeof token === 'string' ? variableOf(token) : null;
  return {
    digest: digestOf(payload),
    extensionIdentifier:
      typeof identifier === 'string' && /^[\w.-]{1,200}$/.test(identifier) ? identifier : null,
    platformSso: platformSso !== null || atTopLevel,
    method,
    methodAtTopLevel: atTopLevel,
    registrationToken: isFilled(token) ? (tokenVariable === null ? 'present' : 'unresolved') : 'absent',
    tokenVariable,
    methodName,
    type: payload.Type === 'Redirect' ? 'redirect' : payload.Type === 'Credential' ? 'credential' : null,
    missingKeys: missingKeysOf(payload),
    wrongKeys: wrongKeysOf(payload),
    sharedDeviceKeys: booleanOf(platformSso?.UseSharedDeviceKeys),
    loginFrequencySeconds: numberOf(platformSso?.LoginFrequency),
    registrationDuringSetup: booleanOf(platformSso?.EnableRegistrationDuringSetup),
    biometricPolicy: biometricPolicyOf(payload),
    webLoginPasswordSync: booleanOf(platformSso?.AllowWebLoginPasswordSync),
    temporaryAccounts: hasTemporaryAccounts(platformSso),
    kerberosSyncsPassword: syncsPassword(payload),
    policies: {
      fileVault: policiesOf(platformSso?.FileVaultPolicy),
      login: policiesOf(platformSso?.LoginPolicy),
      unlock: policiesOf(platformSso?.UnlockPolicy),
    },
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

/** Nested keys can be flattened in managed preferences, as in `PlatformSSO:AuthenticationMethod`. */
export function platformSsoOf(payload: Dictionary): Dictionary | null {
  const nested = dictionaryOf(payload.PlatformSSO);
  if (nested !== null) return nested;
  const flat = Object.entries(payload).filter(([key]) => key.startsWith('PlatformSSO:'));
  return flat.length === 0
    ? null
    : Object.fromEntries(flat.map(([key, value]) => [key.slice('PlatformSSO:'.length), value]));
}

const microsoftTeam = 'UBF8T346G9';
const kerberosExtension = 'com.apple.AppSSOKerberos.KerberosExtension';

/** Apple requires ExtensionIdentifier, TeamIdentifier and Type, and URLs for a Redirect extension. */
function missingKeysOf({ Type: type, URLs: urls, ...payload }: Dictionary): string[] {
  const there = {
    ExtensionIdentifier: isFilled(payload.ExtensionIdentifier),
    TeamIdentifier: isFilled(payload.TeamIdentifier),
    Type: isFilled(type),
    URLs: type === 'Credential' || (Array.isArray(urls) && urls.length > 0),
  };
  return Object.entries(there).flatMap(([key, isThere]) => (isThere ? [] : [key]));
}

/** A Type that Apple does not know; for Microsoft's extension, what leads to its error 10001. */
function wrongKeysOf({
  ExtensionIdentifier: identifier,
  TeamIdentifier: team,
  Type: type,
}: Dictionary): string[] {
  const ofMicrosoft = isFilled(identifier) && /^com\.microsoft\.CompanyPortal/i.test(identifier);
  const wrong = {
    ExtensionIdentifier: ofMicrosoft && identifier !== companyPortalExtensions.sso,
    TeamIdentifier: ofMicrosoft && isFilled(team) && team !== microsoftTeam,
    Type: isFilled(type) && type !== 'Redirect' && (ofMicrosoft || type !== 'Credential'),
  };
  return Object.entries(wrong).flatMap(([key, isWrong]) => (isWrong ? [key] : []));
}

/** Microsoft's key: `enable_se_key_biometric_policy`, 0 or 1. Nested keys can be flattened here too. */
function biometricPolicyOf(payload: Dictionary): boolean | null {
  const name = 'enable_se_key_biometric_policy';
  return booleanOf(dictionaryOf(payload.ExtensionData)?.[name] ?? payload[`ExtensionData:${name}`]);
}

/** Apple: both keys are of Authenticated Guest Mode, since macOS 26. */
function hasTemporaryAccounts(platformSso: Dictionary | null): boolean {
  return (
    platformSso?.NewUserAuthorizationMode === 'Temporary' ||
    booleanOf(platformSso?.TemporarySessionQuickLogin) === true
  );
}

/** Whether this is the payload of Apple's Kerberos extension, and sets the local password. */
export function syncsPassword(value: unknown): boolean {
  const payload = dictionaryOf(value);
  if (payload === null || payload.ExtensionIdentifier !== kerberosExtension) return false;
  const name = 'syncLocalPassword';
  return booleanOf(dictionaryOf(payload.ExtensionData)?.[name] ?? payload[`ExtensionData:${name}`]) === true;
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/**
 * macOS 14 moved AuthenticationMethod from the payload into PlatformSSO; where both are, the new place
 * counts.
 */
function methodOf(
  payload: Dictionary,
  platformSso: Dictionary | null,
): { method: Method; methodName: string | null; atTopLevel: boolean } {
  const inside = platformSso?.AuthenticationMethod;
  const atTopLevel = inside === undefined && payload.AuthenticationMethod !== undefined;
  const value = atTopLevel ? payload.AuthenticationMethod : inside;
  return { method: methodNamed(value), methodName: quotableMethod(value), atTopLevel };
}

function methodNamed(value: unknown): Method {
  switch (value) {
    case 'Password':
      return 'password';
    case 'UserSecureEnclaveKey':
      return 'secureEnclaveKey';
    case 'SmartCard':
      return 'smartCard';
    case 'OpenID':
      return 'openId';
    case 'AccessKey':
      return 'accessKey';
    case undefined:
      return 'none';
    default:
      return 'unknown';
  }
}

function policiesOf(value: unknown): SignInPolicy[] {
  const names: readonly unknown[] = Array.isArray(value) ? value : [];
  return signInPolicies.filter((policy) => names.includes(policy));
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
