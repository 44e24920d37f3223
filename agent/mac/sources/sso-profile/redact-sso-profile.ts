import { build } from 'plist';
import type { TokenVariable } from '../../../shared/observation.ts';
import { signInPolicies } from '../../../shared/sign-in-policy.ts';
import { dictionaryOf } from '../../parse/dictionary.ts';
import { dictionaryOfPlist } from '../../parse/plist-dictionary.ts';
import type { PlistValue } from '../../redact/plist-value.ts';
import type { Redactor } from '../../redact/redactor.ts';
import {
  bundleText,
  guidText,
  instantText,
  nameText,
  oneOf,
  replaced,
  type TextRule,
  teamText,
  urlText,
} from '../../redact/values.ts';
import { claim, product } from '../app-sso/redacted-fields.ts';
import { quotableMethod } from './profile-methods.ts';
import { variableOf } from './token-variable.ts';

/** An unreadable property list, in place of another one. */
export const unreadableProfile = `${replaced}\n`;

/**
 * The managed com.apple.extensiblesso payload as XML, with every key and value that says how Platform SSO is
 * set up, and none that says for whom. Keys: Apple's device-management, com.apple.extensiblesso.yaml.
 */
export async function redactSsoProfile(bytes: Uint8Array, redactor: Redactor): Promise<string> {
  const payload = await dictionaryOfPlist(bytes);
  return payload === null ? unreadableProfile : `${build(dictionary(payload, redactor))}\n`;
}

const plain: TextRule = () => replaced;
const identifier: TextRule = (text, redactor) =>
  text === 'com.apple.extensiblesso'
    ? text
    : text.startsWith('com.')
      ? bundleText(text, redactor)
      : nameText(text, redactor);
/** A name of a method, or a misspelt one. */
const method: TextRule = (text) => quotableMethod(text) ?? replaced;
const mode = oneOf('None', 'Standard', 'Admin', 'Groups', 'Temporary');
const policies = oneOf(...signInPolicies);

const variables: Readonly<Record<TokenVariable, string>> = {
  doubleBraces: '{{DEVICEREGISTRATION}}',
  dollar: '$DEVICEREGISTRATION',
  percent: '%DEVICEREGISTRATION%',
  braces: '{DEVICEREGISTRATION}',
  placeholder: 'YOUR_TOKEN_HERE',
};

/**
 * Whether a token exists, and the form of a variable that the MDM did not replace. Nothing else is read of
 * it.
 */
const registrationToken: TextRule = (text) => {
  if (text.trim() === '') return '';
  const variable = variableOf(text);
  return variable === null ? 'a-registration-token' : variables[variable];
};

/** `com.microsoft.,com.apple.` */
const prefixes: TextRule = (text, redactor) =>
  text
    .split(',')
    .map((prefix) => {
      const known = [
        'com.microsoft.',
        'com.apple.',
        'com.jamf.',
        'org.mozilla.firefox.',
        'com.google.Chrome.',
      ];
      return known.includes(prefix.trim()) || prefix.trim() === ''
        ? prefix.trim()
        : redactor.name(prefix.trim());
    })
    .join(',');

/**
 * The rule of a key's texts; switches and numbers of a known key stay, and so do the dictionaries and lists
 * in it.
 */
const keys: Readonly<Record<string, TextRule>> = {
  ...Object.fromEntries(
    (
      'PlatformSSO ExtensionData TokenToUserMapping PayloadContent PayloadVersion PayloadEnabled LoginFrequency ' +
      'UseSharedDeviceKeys EnableAuthorization EnableCreateUserAtLogin AllowDeviceIdentifiersInAttestation ' +
      'OfflineGracePeriod AuthenticationGracePeriod EnableRegistrationDuringSetup EnableCreateFirstUserDuringSetup ' +
      'NewUserAuthenticationMethods AllowWebLoginPasswordSync SynchronizeProfilePicture TemporarySessionQuickLogin AllowAccessTokenExpressMode ' +
      'browser_sso_interaction_enabled disable_explicit_app_prompt disable_explicit_app_prompt_and_autologin ' +
      'browser_sso_disable_mfa Enable_SSO_On_All_ManagedApps device_registration'
    )
      .split(' ')
      .map((key): [string, TextRule] => [key, plain]),
  ),
  ...Object.fromEntries(
    (
      'AdministratorGroups AuthorizationGroups AdditionalGroups NonPlatformSSOAccounts PayloadDisplayName ' +
      'PayloadDescription PayloadOrganization Hosts Realm DeniedBundleIdentifiers AppAllowList AppBlockList'
    )
      .split(' ')
      .map((key): [string, TextRule] => [key, nameText]),
  ),
  AuthenticationMethod: method,
  NewUserAuthorizationMode: mode,
  UserAuthorizationMode: mode,
  FileVaultPolicy: policies,
  LoginPolicy: policies,
  UnlockPolicy: policies,
  AccountDisplayName: product,
  AccountName: claim,
  FullName: claim,
  ExtensionIdentifier: (text, redactor) =>
    /^[\w.-]{1,200}$/.test(text) && bundleText(text, redactor) === replaced
      ? redactor.name(text)
      : bundleText(text, redactor),
  TeamIdentifier: teamText,
  Type: oneOf('Redirect', 'Credential'),
  ScreenLockedBehavior: oneOf('Cancel', 'DoNotHandle'),
  URLs: urlText,
  RegistrationToken: registrationToken,
  AppPrefixAllowList: prefixes,
  PayloadType: identifier,
  PayloadIdentifier: identifier,
  PayloadUUID: guidText,
  PayloadScope: oneOf('System', 'User'),
};

function dictionary(
  of: Readonly<Record<string, unknown>>,
  redactor: Redactor,
): { [key: string]: PlistValue } {
  return Object.fromEntries(
    Object.entries(of).map(([key, value]): [string, PlistValue] => {
      const rule = Object.hasOwn(keys, key) ? keys[key] : undefined;
      return rule === undefined ? [redactor.field(key), replaced] : [key, redactValue(value, rule, redactor)];
    }),
  );
}

function redactValue(value: unknown, rule: TextRule, redactor: Redactor): PlistValue {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : replaced;
  // A frequency that an author wrote as text is a number to the parser.
  if (typeof value === 'string')
    return rule === plain && /^\d{1,9}$/.test(value) ? value : rule(value, redactor);
  if (Array.isArray(value)) return value.map((item: unknown) => redactValue(item, rule, redactor));
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? replaced : instantText(value.toISOString(), redactor);
  const inner = dictionaryOf(value);
  return inner === null ? replaced : dictionary(inner, redactor);
}
