import { identityProviderOf } from '../../../shared/identity-provider.ts';
import { appleJson } from '../../simulated/apple-json.ts';
import { digest } from '../../simulated/digest.ts';
import type { MacState, Psso } from '../../simulated/model.ts';

const tenant = '3577df12-af6b-4aed-83fc-837c2a96fa77';

/**
 * What Entra's extension tells macOS of its endpoints: key for key that of a Mac registered with Company
 * Portal.
 */
export function loginSection(mac: MacState, psso: Psso, created: string): string {
  const client = {
    client_info: '1',
    prt_protocol_version: '4.0',
    tgt: 'true',
    'x-client-brkrver': '3.16.2',
    'x-client-OS': threeParts(mac.macos),
    'x-client-SKU': 'MSAL.OSX',
    'x-client-Ver': '2.8.2',
  };
  const jwt = { typ: 'JWT' };
  const base = `https://login.microsoftonline.com/${tenant}`;
  const keyEndpointURL = `${base}/getkeydata`;
  return appleJson({
    accountDisplayName: accountDisplayName(psso.extensionIdentifier),
    additionalScopes: 'aza urn:aad:tb:update:prt/.default profile offline_access openid',
    audience: 'login.microsoftonline.com',
    clientID: '29d9ed98-a469-4536-ade2-f981bc1d605e',
    created,
    customAssertionRequestHeaderClaims:
      psso.method === 'secureEnclaveKey' ? { ...jwt, use: 'ngc' } : undefined,
    customKeyExchangeRequestBodyClaims: { aud: keyEndpointURL },
    customKeyExchangeRequestHeaderClaims: jwt,
    customKeyExchangeRequestValues: client,
    customKeyRequestBodyClaims: { aud: keyEndpointURL },
    customKeyRequestHeaderClaims: jwt,
    customKeyRequestValues: client,
    customLoginRequestHeaderClaims: jwt,
    customLoginRequestValues: client,
    customNonceRequestValues: client,
    customRequestJWTParameterName: 'request',
    deviceContext: digest('context', psso.deviceId, psso.registrations),
    federationMexURLKeypath: 'federation_metadata_url',
    federationPredicate: "account_type = 'Federated'",
    federationRequestURN: 'urn:federation:MicrosoftOnline',
    federationType: 2,
    federationUserPreauthenticationURL:
      'https://login.windows.net/common/UserRealm?api-version=1.0&checkForMicrosoftAccount=false',
    includePreviousRefreshTokenInLoginRequest: true,
    invalidCredentialPredicate: "error = 'invalid_grant' AND suberror != 'device_authentication_failed'",
    issuer: `${base}/v2.0`,
    jwksEndpointURL: `${base}/discovery/v2.0/keys`,
    kerberosTicketMappings: [ticketMapping('tgt_cloud'), ticketMapping('tgt_ad')],
    keyEndpointURL,
    loginRequestEncryptionAlgorithm: 'ECDHE-A256GCM',
    nonceResponseKeypath: 'Nonce',
    previousRefreshTokenClaimName: 'previous_refresh_token',
    serverNonceClaimName: 'request_nonce',
    tokenEndpointURL: `${base}/oauth2/v2.0/token`,
    uniqueIdentifierClaimName: 'oid',
    userSEPKeyBiometricPolicy: 'None (0)',
  });
}

/** No capture of another identity provider is published: only the keys that macOS requires. */
export function otherLoginSection({ extensionIdentifier }: Psso, created: string): string {
  const base = 'https://login.idp.example';
  return appleJson({
    accountDisplayName: accountDisplayName(extensionIdentifier),
    clientID: '0oa1example',
    created,
    issuer: base,
    jwksEndpointURL: `${base}/oauth2/v1/keys`,
    tokenEndpointURL: `${base}/oauth2/v1/token`,
    uniqueIdentifierClaimName: 'sub',
  });
}

/** The name that System Settings shows. */
export function accountDisplayName(extensionIdentifier: string): string {
  const displayed = { entra: 'Microsoft Entra', okta: 'Okta', other: 'Work account' } as const;
  return displayed[identityProviderOf(extensionIdentifier) ?? 'other'];
}

function ticketMapping(ticketKeyPath: string) {
  return {
    clientNameKeyName: 'cn',
    encryptionKeyTypeKeyName: 'keyType',
    messageBufferKeyName: 'messageBuffer',
    realmKeyName: 'realm',
    serviceNameKeyName: 'sn',
    sessionKeyKeyName: 'clientKey',
    ticketKeyPath,
  };
}

/** `15.6` is sent to the identity provider as `15.6.0`. */
function threeParts(version: string): string {
  const [major = '0', minor = '0', patch = '0'] = version.split('.');
  return `${major}.${minor}.${patch}`;
}
