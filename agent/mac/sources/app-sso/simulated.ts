import { identityProviderOf } from '../../../shared/identity-provider.ts';
import { appleJson } from '../../simulated/apple-json.ts';
import { certificate, deviceCertificate } from '../../simulated/certificate.ts';
import { digest, hexDigest, uuid } from '../../simulated/digest.ts';
import { description, isoSeconds } from '../../simulated/instants.ts';
import type { Kerberos, MacState, Psso } from '../../simulated/model.ts';
import { overridden, printed, type Renderer } from '../../simulated/renderer.ts';
import { loginSection, otherLoginSection } from './simulated-login.ts';

/** `app-sso platform -s`, byte for byte in the shape of published captures. */

const loginTypes = {
  none: 'POLoginTypeNone (0)',
  password: 'POLoginTypePassword (1)',
  secureEnclaveKey: 'POLoginTypeUserSecureEnclaveKey (2)',
  smartCard: 'POLoginTypeSmartCard (3)',
  // Names of the framework; their numbers are not documented.
  accessKey: 'POLoginTypeAccessKey (4)',
  openId: 'POLoginTypeOpenID (5)',
} as const;

const userStates: Readonly<Record<number, string>> = {
  0: 'POUserStateNormal',
  1: 'POUserStateNeedsNewKeys',
  2: 'POUserStateNeedsRegistration',
  5: 'POUserStateUserKeyInvalid',
};

/** Stands for the moment of the command until it is known: macOS prints it in every section. */
const created = '@created@';

function deviceSection(mac: MacState, psso: Psso): string {
  const major = Number.parseInt(mac.macos, 10);
  const blank = !psso.registered && !psso.userPresent;
  return appleJson({
    _deviceEncryptionKeyData: digest('encryption', psso.deviceId, psso.registrations),
    _deviceSigningKeyData: digest('signing', psso.deviceId, psso.registrations),
    ...(major >= 26 ? ofMacos26 : {}),
    allowDeviceIdentifiersInAttestation: false,
    authGracePeriodStart: isoSeconds(psso.configuredAt),
    authorizationEnabled: false,
    created,
    createUsersEnabled: false,
    deviceSigningCertificate: blank ? undefined : deviceCertificate(psso.deviceId),
    encryptionAlgorithm: 'ECDHE-A256GCM',
    extensionIdentifier: psso.extensionIdentifier,
    fileVaultPolicy:
      psso.fileVaultPolicy ??
      (major >= 15 ? (psso.method === 'password' ? 'AttemptAuthentication (1)' : 'None (0)') : undefined),
    lastEncryptionKeyChange: isoSeconds(psso.configuredAt),
    loginFrequency: 64800,
    loginPolicy: psso.loginPolicy ?? (major >= 15 ? 'None (0)' : undefined),
    loginType: loginTypes[psso.method],
    newUserAuthorizationMode: 'None',
    offlineGracePeriod: psso.offlineGracePeriod ?? '0 hours',
    pendingEncryptionAlgorithm: 'none',
    pendingSigningAlgorithm: 'none',
    protocolVersion: 1,
    registrationCompleted: psso.registered,
    requireAuthGracePeriod: psso.requireAuthGracePeriod ?? '0 hours',
    sdkVersionString: 15.2,
    sharedDeviceKeys: true,
    signingAlgorithm: 'ES256',
    tokenToUserMapping: { AccountName: 'preferred_username', FullName: 'name' },
    unlockPolicy: psso.unlockPolicy ?? (major >= 15 ? 'None (0)' : undefined),
    userAuthorizationMode: 'None',
    version: 1,
  });
}

const ofMacos26 = {
  _accessTokenTerminalIdentityKeySEP: false,
  _accessTokenTerminalIdentityKeySystem: false,
  allowAccessTokenExpressMode: false,
  createFirstUserDuringSetupEnabled: true,
  createUserLoginTypes: [1, 3],
  synchronizeProfilePicture: false,
  temporarySessionQuickLogin: false,
};

function kerberosEntry(mac: MacState, psso: Psso, entry: Kerberos) {
  const realm = entry.realm ?? 'KERBEROS.MICROSOFTONLINE.COM';
  return {
    cacheName: uuid('ticket cache', realm, psso.registrations),
    exchangeRequired: entry.exchangeRequired ?? false,
    failedToConnect: entry.failedToConnect ?? false,
    importSuccessful: entry.importSuccessful ?? true,
    realm,
    ticketKeyPath: entry.ticketKeyPath ?? 'tgt_cloud',
    // A literal backslash before the first @, as macOS prints it.
    upn: `${mac.user}\\@contoso.example@${realm}`,
  };
}

/** Never seen in a capture: the names are those of the framework's own strings. */
const ofSmartCard = {
  smartCardHash: hexDigest('smart card'),
  smartCardTokenId: 'com.apple.pivtoken:0123456789ABCDEF',
};

/**
 * With shared device keys a password unlocks by keys of the user's own; their certificates hold the user's
 * names.
 */
function unlockKeys({ user }: MacState, { registrations, extensionIdentifier }: Psso) {
  const upn = `${user}@contoso.example`;
  const issuer = identityProviderOf(extensionIdentifier) === 'entra' ? 'MS' : 'IdP';
  return {
    userDecryptionCertificate: certificate(`Platform SSO - ${user}`, registrations),
    userDecryptionContext: digest('decryption', registrations),
    userDecryptionKeyHash: hexDigest('decryption', registrations),
    userUnlockCertificate: certificate(
      `${issuer} Platform Key Access - ${upn} - [${uuid(upn)}]`,
      registrations,
    ),
    userUnlockData: digest('unlock', registrations),
    userUnlockHash: hexDigest('unlock', registrations),
  };
}

function userSection(mac: MacState, psso: Psso): string {
  const label = userStates[psso.state] ?? '(null)';
  const password = psso.method === 'password';
  const entra = identityProviderOf(psso.extensionIdentifier) === 'entra';
  // Entra gives a ticket without being asked.
  const kerberos = psso.kerberos.length > 0 || !entra ? psso.kerberos : [{}];
  return appleJson({
    _credential: password ? digest('credential', psso.registrations) : undefined,
    _sepKeyData: psso.method === 'secureEnclaveKey' ? digest('sep', psso.registrations) : undefined,
    created,
    kerberosStatus:
      kerberos.length === 0 ? undefined : kerberos.map((entry) => kerberosEntry(mac, psso, entry)),
    lastLoginDate: psso.lastLoginAt === null ? undefined : isoSeconds(psso.lastLoginAt),
    loginType: loginTypes[psso.method],
    pendingSigningAlgorithm: 'none',
    signingAlgorithm: 'ES256',
    ...(psso.method === 'smartCard' ? ofSmartCard : {}),
    state: `${label} (${psso.state})`,
    uniqueIdentifier: 'D2486A1E-8B8B-4459-8AF4-EC1B9D4A71C6',
    userLoginConfiguration: { created, loginUserName: `${mac.user.slice(0, 1)}***@contoso.example` },
    ...(password ? unlockKeys(mac, psso) : {}),
    version: 1,
  });
}

function loginSectionOf(mac: MacState, psso: Psso): string {
  return identityProviderOf(psso.extensionIdentifier) === 'entra'
    ? loginSection(mac, psso, created)
    : otherLoginSection(psso, created);
}

/** `now` is the Mac's wall clock at the moment of the command. */
export function renderAppSso(mac: MacState, now: number): string {
  return rendererOf(mac)(now);
}

/** Renders the sections once; only the time and the tokens depend on the moment. */
function rendererOf(mac: MacState): (now: number) => string {
  const { psso } = mac;
  const blank = psso === null || (!psso.registered && !psso.userPresent);
  const sections = [
    ['Device Configuration:', psso === null ? '(null)' : deviceSection(mac, psso)],
    ['Login Configuration:', blank ? '(null)' : loginSectionOf(mac, psso)],
    ['User Configuration:', psso?.userPresent ? userSection(mac, psso) : '(null)'],
  ];
  const body = sections.map(([header, content]) => `${header}\n ${content}\n\n`).join('');
  return (now) => {
    const dated = body.replaceAll(created, isoSeconds(now));
    return `Time: ${description(now)}\n\n${dated}${psso === null ? '' : tokens(psso, now)}`;
  };
}

function tokens(psso: Psso, now: number): string {
  if (!psso.userPresent || psso.receivedAt === null) return '';
  const { receivedAt, expiresAt } = psso;
  const expiry =
    expiresAt === null
      ? ''
      : `Expiration:\n${isoSeconds(expiresAt)} (${expiresAt > now ? 'Not Expired' : 'Expired'})\n`;
  return `SSO Tokens:\nReceived:\n${isoSeconds(receivedAt)}\n${expiry}\n`;
}

export const renderer: Renderer = {
  command: 'appSso',
  answer: (mac) =>
    overridden(mac.appSso, () => {
      const render = rendererOf(mac);
      return (now) => printed(render(now));
    }),
};
