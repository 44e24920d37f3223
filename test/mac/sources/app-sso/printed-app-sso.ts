/**
 * What `app-sso platform -s` prints, made up after published outputs: a `Time:` line, three sections of JSON
 * as NSJSONSerialization prints it, and the token section. Every identity is invented.
 */
type Body = Record<string, unknown> | null;

export interface Printed {
  readonly time?: string | null;
  readonly device?: Body | 'missing';
  readonly login?: Body | 'missing';
  readonly user?: Body | 'missing';
  readonly tokens?: readonly string[] | null;
}

/**
 * A throw-away certificate; its common name is this device ID, below an organisational unit that looks like
 * one.
 */
export const deviceId = 'c0ffee00-1234-4abc-8def-0123456789ab';
export const certificate =
  'MIICEjCCAbmgAwIBAgIULprheoYV_iBQjvYcNLVfOL6Q0cAwCgYIKoZIzj0EAwIwXjEtMCsGA1UECwwkODJkYmFjYTQtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDAwMDAwMS0wKwYDVQQDDCRjMGZmZWUwMC0xMjM0LTRhYmMtOGRlZi0wMTIzNDU2Nzg5YWIwIBcNMjYxMTIzMDY1MDI1WhgPMjEyNjEwMzAwNjUwMjVaMF4xLTArBgNVBAsMJDgyZGJhY2E0LTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAwMDEtMCsGA1UEAwwkYzBmZmVlMDAtMTIzNC00YWJjLThkZWYtMDEyMzQ1Njc4OWFiMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE47xTRj_imSXVmUn-luXfiEwQ134PkJ5_9IP2VW8fQMNYw4FNBa3eXgFBY4FdaSfsGwVd0o6dzMwujQpZXvEoA6NTMFEwHQYDVR0OBBYEFFPYdPqun397jwFCuDJV1GQFNF38MB8GA1UdIwQYMBaAFFPYdPqun397jwFCuDJV1GQFNF38MA8GA1UdEwEB_wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgT__EEUCbcJ-63ZDPTfkuJh8134sVzId3hcvY-bDXJhUCIDwOBme8Yjgu-pv7BgsQUVvgmVQkJHFNzsiwJ0-ej3WE';
/** Another, whose common name is a person's: `Robin Example`. */
export const personalCertificate =
  'MIIBhzCCAS2gAwIBAgIUfs2v7e-1CwzQq7PJBbmr16mMaPYwCgYIKoZIzj0EAwIwGDEWMBQGA1UEAwwNUm9iaW4gRXhhbXBsZTAgFw0yNjExMjMwNjUwMjVaGA8yMTI2MTAzMDA2NTAyNVowGDEWMBQGA1UEAwwNUm9iaW4gRXhhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABIgqaYTy8xZlB6t4RcKcHfBh7ypo1_L8v8__8Q1gBUqYTgMStrwm682KRr9OS4hX9QwzhViXENmbauIpFBL3pbGjUzBRMB0GA1UdDgQWBBRYfMSYJ681D0nao2kdrs357_JJozAfBgNVHSMEGDAWgBRYfMSYJ681D0nao2kdrs357_JJozAPBgNVHRMBAf8EBTADAQH_MAoGCCqGSM49BAMCA0gAMEUCIDPip0UcEVvOM94LPnPTxXJmzDUkE_7uyowkb9I33YBAAiEApmGdLLH4jeCpmeJBh0W2mWxXpFUv9Pz3L2P92Tj9m3A';

export const device: Record<string, unknown> = {
  _deviceSigningKeyData: 'c2FtcGxlLWRldmljZS1zaWduaW5nLWtleS1kYXRhLTAwMDE=',
  authGracePeriodStart: '2026-02-03T07:50:10Z',
  created: '2026-02-03T08:00:00Z',
  deviceSigningCertificate: certificate,
  extensionIdentifier: 'com.microsoft.CompanyPortalMac.ssoextension',
  fileVaultPolicy: 'AttemptAuthentication (1)',
  lastEncryptionKeyChange: '2026-02-03T07:50:09Z',
  loginFrequency: 64800,
  loginPolicy: 'None (0)',
  loginType: 'POLoginTypePassword (1)',
  offlineGracePeriod: '48 hours',
  registrationCompleted: true,
  requireAuthGracePeriod: '0 hours',
  sdkVersionString: 15.199999999999999,
  sharedDeviceKeys: true,
  tokenToUserMapping: { AccountName: 'preferred_username', FullName: 'name' },
  unlockPolicy: 'AttemptAuthentication, AllowOfflineGracePeriod (5)',
  version: 1,
};

export const login: Record<string, unknown> = {
  accountDisplayName: 'Microsoft Entra',
  created: '2026-02-03T08:00:00Z',
  customLoginRequestValues: { 'x-client-brkrver': '3.16.2' },
  issuer: 'https://login.microsoftonline.com/0a0a0a0a-1111-4222-8333-444455556666/v2.0',
};

export const user: Record<string, unknown> = {
  _credential: 'c2FtcGxlLWNyZWRlbnRpYWwtZGlnZXN0LTAwMDAwMDAwMDE=',
  created: '2026-02-03T08:00:00Z',
  kerberosStatus: [
    {
      cacheName: '11111111-2222-4333-8444-555555555555',
      exchangeRequired: false,
      failedToConnect: false,
      importSuccessful: true,
      realm: 'KERBEROS.MICROSOFTONLINE.COM',
      ticketKeyPath: 'tgt_cloud',
      upn: 'robin\\@example.org@KERBEROS.MICROSOFTONLINE.COM',
    },
  ],
  lastLoginDate: '2026-02-03T07:55:00Z',
  loginType: 'POLoginTypePassword (1)',
  state: 'POUserStateNormal (0)',
  uniqueIdentifier: '99999999-8888-4777-8666-555555555555',
  userLoginConfiguration: { created: '2026-02-03T08:00:00Z', loginUserName: 'r***@example.org' },
  version: 1,
};

export const tokens = [
  'Received:',
  '2026-02-03T07:55:00Z',
  'Expiration:',
  '2026-02-17T07:54:59Z (Not Expired)',
];

/** Keys sorted, two spaces deeper each level, `"key" : value`: NSJSONSerialization's pretty printing. */
export function printJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(/^( *"(?:[^"\\]|\\.)*"): /gm, '$1 : ');
}

function printSection(header: string, body: Body | 'missing'): string {
  if (body === 'missing') return '';
  return `${header}\n ${body === null ? '(null)' : printJson(body)}\n\n`;
}

/** A registered Mac with the password method, but for what is given. */
export function print(parts: Printed = {}): string {
  const time = parts.time === undefined ? '2026-02-03 08:00:00 +0000' : parts.time;
  const tokenLines = parts.tokens === undefined ? tokens : parts.tokens;
  return [
    time === null ? '' : `Time: ${time}\n\n`,
    printSection('Device Configuration:', parts.device === undefined ? device : parts.device),
    printSection('Login Configuration:', parts.login === undefined ? login : parts.login),
    printSection('User Configuration:', parts.user === undefined ? user : parts.user),
    tokenLines === null ? '' : `SSO Tokens:\n${tokenLines.join('\n')}\n\n`,
  ].join('');
}

export const notConfigured = print({ device: null, login: null, user: null, tokens: null });

/** A body without one key: how a nil value is printed. */
export function without(body: Record<string, unknown>, key: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== key));
}
