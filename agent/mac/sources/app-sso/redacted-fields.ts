import { signInPolicies } from '../../../shared/sign-in-policy.ts';
import { holdsGuid, isGuid } from '../../parse/guid.ts';
import type { Redactor } from '../../redact/redactor.ts';
import {
  bundleText,
  guidText,
  instantText,
  keyText,
  nameText,
  oneOf,
  oneOfOrName,
  principalText,
  replaced,
  type TextRule,
  urlText,
  versionText,
} from '../../redact/values.ts';
import { certificate } from '../../simulated/certificate.ts';
import { deviceIdOf } from './device-id.ts';
import { parseEnumeration } from './enumeration.ts';
import { secondsOfGracePeriod } from './grace-period.ts';
import { realmName } from './user-section.ts';

/** `holds`: an object or a list, whose own fields have rules. `plain`: a switch or a number. */
export type FieldRule = TextRule | 'holds' | 'plain';

/** `POUserStateNormal (0)`: the number counts; a name only when it is one of Apple's. */
const enumeration: TextRule = (text) => {
  const { number, label } = parseEnumeration(text);
  if (number === null) return replaced;
  if (label === null) return String(number);
  return `${/^(?:PO(?:LoginType|UserState)[A-Za-z]{1,40}|\(null\)|None)$/.test(label) ? label : 'Other'} (${number})`;
};

const policyNames: ReadonlySet<string> = new Set([
  'None',
  ...signInPolicies,
  'TouchIDOrWatchCurrentSet',
  'TouchIDOrWatchAny',
  'ReuseDuringUnlock',
  'PasswordFallback',
  '(null)',
]);

/** `AttemptAuthentication, AllowOfflineGracePeriod (5)`. */
const policy: TextRule = (text) => {
  const [, names = '', number = ''] = /^(.{1,300}) \((\d{1,9})\)$/.exec(text) ?? [];
  if (names === '' || !names.split(/, ?/).every((name) => /^(?:[A-Za-z]{1,60}|\(null\))$/.test(name)))
    return replaced;
  return `${names
    .split(/(, ?)/)
    .map((name, index) => (index % 2 === 1 || policyNames.has(name) ? name : 'Other'))
    .join('')} (${number})`;
};

/** Another spelling is replaced by the seconds, because a word in it can be anything. */
const duration: TextRule = (text) => {
  const seconds = secondsOfGracePeriod(text);
  if (/^\d{1,6} (?:second|minute|hour|day|week)s?$/.test(text)) return text;
  return seconds === null ? replaced : `${seconds} seconds`;
};

/** A registered device's certificate names the device, and only that is read of it. */
const deviceCertificate: TextRule = (text, redactor) => {
  const deviceId = deviceIdOf(text);
  return deviceId === null ? keyText(text, redactor) : certificate(redactor.guid(deviceId), 0);
};

/** The parser distinguishes realms. A name that it skips must stay one that it skips. */
const realm: TextRule = (text, redactor) => {
  return realmName.test(text) && !holdsGuid(text) ? redactor.realm(text) : replaced;
};

const ticketKey: TextRule = (text) =>
  /^(?:tgt_ad|tgt_cloud)$/.test(text) ? text : /^[A-Za-z_]{1,40}$/.test(text) ? 'tgt_other' : replaced;

const audience: TextRule = (text, redactor) => {
  if (text.includes('://')) return urlText(text, redactor);
  if (isGuid(text)) return redactor.guid(text);
  return /^[\w.-]+$/.test(text) ? redactor.domain(text) : replaced;
};

const algorithm = oneOf(
  'none',
  'ES256',
  'ES384',
  'Ed25519',
  'ECDHE-A256GCM',
  'ECDHE_A256GCM',
  'HPKE-P256-SHA256-A256GCM',
);
const authorization = oneOf('None', 'Standard', 'Admin', 'Groups', 'Temporary');
export const claim = oneOf(
  'preferred_username',
  'name',
  'email',
  'upn',
  'unique_name',
  'oid',
  'sub',
  'given_name',
  'family_name',
);
export const product = oneOfOrName('Microsoft Entra', 'Microsoft Entra ID', 'Okta');

/** Words of the protocol between the extension and macOS, as Entra's extension gives them. */
const word = oneOf(
  ...(
    'cn keyType messageBuffer realm sn clientKey request Nonce request_nonce previous_refresh_token JWT ngc true false ' +
    'federation_metadata_url urn:federation:MicrosoftOnline MSAL.OSX oid 0 1 2 3 4 1.0 2.0 3.0 4.0'
  ).split(' '),
  'aza urn:aad:tb:update:prt/.default profile offline_access openid',
  "account_type = 'Federated'",
  "error = 'invalid_grant' AND suberror != 'device_authentication_failed'",
);

/** Every field that may be printed, by its name. One that is not here loses its name and its value. */
const fields: Readonly<Record<string, FieldRule>> = {
  // Switches and numbers.
  ...Object.fromEntries(
    (
      'version registrationCompleted sharedDeviceKeys loginFrequency protocolVersion sdkVersionString createUsersEnabled ' +
      'authorizationEnabled allowDeviceIdentifiersInAttestation _accessTokenTerminalIdentityKeySEP ' +
      '_accessTokenTerminalIdentityKeySystem allowAccessTokenExpressMode createFirstUserDuringSetupEnabled ' +
      'createUserLoginTypes synchronizeProfilePicture temporarySessionQuickLogin temporaryAccountCredential ' +
      'federationType includePreviousRefreshTokenInLoginRequest importSuccessful exchangeRequired failedToConnect'
    )
      .split(' ')
      .map((name): [string, FieldRule] => [name, 'plain']),
  ),
  ...Object.fromEntries(
    'created authGracePeriodStart lastEncryptionKeyChange lastLoginDate lastCheckDate'
      .split(' ')
      .map((name): [string, FieldRule] => [name, instantText]),
  ),
  ...Object.fromEntries(
    (
      '_deviceSigningKeyData _deviceEncryptionKeyData _credential _sepKeyData sepKeyCertificate deviceContext ' +
      'deviceEncryptionCertificate userUnlockData userUnlockHash userUnlockCertificate userDecryptionCertificate ' +
      'userDecryptionContext userDecryptionKeyHash smartCardHash _setupContext _setupPINContext _setupWrapHash _loginContext'
    )
      .split(' ')
      .map((name): [string, FieldRule] => [name, keyText]),
  ),
  ...Object.fromEntries(
    (
      'issuer tokenEndpointURL keyEndpointURL jwksEndpointURL refreshEndpointURL nonceEndpointURL ' +
      'federationUserPreauthenticationURL federationMexURL'
    )
      .split(' ')
      .map((name): [string, FieldRule] => [name, urlText]),
  ),
  ...Object.fromEntries(
    (
      'kerberosStatus userLoginConfiguration tokenToUserMapping kerberosTicketMappings customAssertionRequestHeaderClaims ' +
      'customAssertionRequestBodyClaims customKeyExchangeRequestBodyClaims customKeyExchangeRequestHeaderClaims ' +
      'customKeyExchangeRequestValues customKeyRequestBodyClaims customKeyRequestHeaderClaims customKeyRequestValues ' +
      'customLoginRequestBodyClaims customLoginRequestHeaderClaims customLoginRequestValues customNonceRequestValues ' +
      'customRefreshRequestBodyClaims customRefreshRequestHeaderClaims customRefreshRequestValues'
    )
      .split(' ')
      .map((name): [string, FieldRule] => [name, 'holds']),
  ),
  ...Object.fromEntries(
    (
      'additionalScopes customRequestJWTParameterName federationMexURLKeypath federationPredicate federationRequestURN ' +
      'invalidCredentialPredicate nonceResponseKeypath previousRefreshTokenClaimName serverNonceClaimName ' +
      'uniqueIdentifierClaimName clientNameKeyName encryptionKeyTypeKeyName messageBufferKeyName realmKeyName ' +
      'serviceNameKeyName sessionKeyKeyName typ use client_info prt_protocol_version tgt x-client-SKU'
    )
      .split(' ')
      .map((name): [string, FieldRule] => [name, word]),
  ),
  ...Object.fromEntries(
    'administratorGroups authorizationGroups otherGroups nonPlatformSSOAccounts accessTokenReaderGroupIdentifier'
      .split(' ')
      .map((name): [string, FieldRule] => [name, nameText]),
  ),
  loginType: enumeration,
  state: enumeration,
  fileVaultPolicy: policy,
  loginPolicy: policy,
  unlockPolicy: policy,
  userSEPKeyBiometricPolicy: policy,
  offlineGracePeriod: duration,
  requireAuthGracePeriod: duration,
  deviceSigningCertificate: deviceCertificate,
  extensionIdentifier: bundleText,
  signingAlgorithm: algorithm,
  pendingSigningAlgorithm: algorithm,
  encryptionAlgorithm: algorithm,
  pendingEncryptionAlgorithm: algorithm,
  loginRequestEncryptionAlgorithm: algorithm,
  newUserAuthorizationMode: authorization,
  userAuthorizationMode: authorization,
  AccountName: claim,
  FullName: claim,
  accountDisplayName: product,
  defaultUserDomain: (text, redactor) => redactor.domain(text),
  clientID: guidText,
  audience,
  aud: audience,
  'x-client-brkrver': versionText,
  'x-client-OS': versionText,
  'x-client-Ver': versionText,
  uniqueIdentifier: guidText,
  loginUserName: principalText,
  upn: principalText,
  realm,
  cacheName: guidText,
  ticketKeyPath: ticketKey,
  smartCardTokenId: (text, redactor) =>
    `com.apple.pivtoken:${redactor.key(text.replace(/[^0-9A-Za-z]/g, '') || 'x')}`,
};

/** Null: no field of that name is known. */
export function ruleOfField(name: string): FieldRule | null {
  return Object.hasOwn(fields, name) ? (fields[name] ?? null) : null;
}

/** The replacement of a text. */
export function redactedText(rule: FieldRule | null, text: string, redactor: Redactor): string {
  return typeof rule === 'function' ? rule(text, redactor) : isGuid(text) ? redactor.guid(text) : replaced;
}

/** A number of unknown meaning may identify a user. `plain` and enumerations are known. */
export function keepsNumbers(rule: FieldRule | null): boolean {
  return rule === 'plain' || rule === enumeration;
}
