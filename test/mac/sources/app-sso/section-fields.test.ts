import { describe, expect, it } from 'vitest';
import { parseAppSso } from '../../../../agent/mac/sources/app-sso/parse-app-sso.ts';
import {
  certificate,
  device,
  deviceId,
  personalCertificate,
  print,
  user,
  without,
} from './printed-app-sso.ts';

describe('the method', () => {
  it('is the user’s own when there is one, else the device’s', () => {
    const moving = { ...device, loginType: 'POLoginTypeUserSecureEnclaveKey (2)' };
    expect(parseAppSso(print({ device: moving }))).toMatchObject({
      method: 'password',
      device: { method: 'secureEnclaveKey' },
    });
    expect(parseAppSso(print({ device: moving, user: without(user, 'loginType') })).method).toBe(
      'secureEnclaveKey',
    );
    expect(parseAppSso(print({ device: moving, user: null })).method).toBe('secureEnclaveKey');
  });

  it.each([
    ['POLoginTypeNone (0)', 'none', 'POLoginTypeNone'],
    ['POLoginTypeSmartCard (3)', 'smartCard', 'POLoginTypeSmartCard'],
    ['POLoginTypeAccessKey (4)', 'accessKey', 'POLoginTypeAccessKey'],
    ['POLoginTypeOpenID (5)', 'openId', 'POLoginTypeOpenID'],
    ['POLoginTypeOpenID (2)', 'openId', 'POLoginTypeOpenID'],
    ['POLoginTypePasskey2 (2)', 'unknown', 'POLoginTypePasskey2'],
    ['(null) (107)', 'unknown', '(null)'],
    [2, 'secureEnclaveKey', null],
    ['Robin Example (1)', 'password', null],
  ])('of %s is %s', (loginType, method, methodLabel) => {
    const answer = parseAppSso(print({ user: { ...user, loginType } }));
    expect(answer).toMatchObject({ method, user: { method, methodLabel } });
  });
});

it('that is not known is a warning, which names no value', () => {
  const answer = parseAppSso(print({ device: { ...device, loginType: 'POLoginTypeNewer (9)' } }));
  expect(answer.warnings).toEqual([
    'device section: loginType is a sign-in method that is not known',
    'the sign-in methods of the device and the user differ',
  ]);
});

describe('the extension', () => {
  it.each([
    ['com.microsoft.CompanyPortalMac.ssoextension', 'entra', 'com.microsoft.CompanyPortalMac.ssoextension'],
    ['com.okta.mobile.auth-service-extension', 'okta', 'com.okta.mobile.auth-service-extension'],
    ['org.example.sso', 'other', 'org.example.sso'],
    ['robin@example.org', null, null],
    ['', null, null],
  ])('%s belongs to %s', (extensionIdentifier, identityProvider, printed) => {
    const answer = parseAppSso(print({ device: { ...device, extensionIdentifier } }));
    expect(answer).toMatchObject({ identityProvider, extensionIdentifier: printed });
  });

  it('is null when the device section names none', () => {
    expect(parseAppSso(print({ device: without(device, 'extensionIdentifier') }))).toMatchObject({
      identityProvider: null,
      extensionIdentifier: null,
      warnings: [],
    });
  });
});

describe('the device ID', () => {
  it.each([
    ['a text that is none', '<REDACTED>'],
    ['a broken one', certificate.slice(0, 200)],
    ['one that names a person', personalCertificate],
    ['an endless one', 'A'.repeat(200_000)],
  ])('is null, with a warning, for %s', (_, deviceSigningCertificate) => {
    const answer = parseAppSso(print({ device: { ...device, deviceSigningCertificate } }));
    expect(answer).toMatchObject({ status: 'registered', device: { deviceId: null } });
    expect(answer.warnings).toEqual([
      'device section: deviceSigningCertificate is not in a form that is known',
    ]);
    expect(JSON.stringify(answer)).not.toContain('Robin');
  });

  it('is null without a warning where no certificate is printed', () => {
    const body = without(device, 'deviceSigningCertificate');
    expect(parseAppSso(print({ device: body }))).toMatchObject({ device: { deviceId: null }, warnings: [] });
  });

  it('is read again after another certificate', () => {
    parseAppSso(print({ device: { ...device, deviceSigningCertificate: personalCertificate } }));
    expect(parseAppSso(print()).device?.deviceId).toBe(deviceId);
  });
});

describe('the tokens', () => {
  const expiration = (line: string, time?: string) =>
    parseAppSso(
      print({
        ...(time === undefined ? {} : { time }),
        tokens: ['Received:', '2026-02-03T07:55:00Z', 'Expiration:', line],
      }),
    ).tokens;

  it.each([
    ['2026-02-17T07:54:59Z (Not Expired)', false],
    ['2026-02-17T07:54:59Z (Expired)', true],
    ['2026-02-17T07:54:59Z (not expired)', false],
    // What is not known proves nothing: macOS makes the remark from the date too.
    ['2026-02-17T07:54:59Z (Nicht abgelaufen)', false],
    ['2026-02-03T07:59:00Z (Abgelaufen)', true],
    ['2026-02-17T07:54:59Z', false],
    ['2026-02-03T08:00:00Z', true],
    ['2026-02-17T07:54:59Z (Not Exp', false],
  ])('that end at %s are expired: %s', (line, expired) => {
    expect(expiration(line)).toMatchObject({ receivedAt: '2026-02-03T07:55:00Z', expired });
  });

  it('have a warning for a remark that is not known, and for no other', () => {
    const warningsOf = (line: string) =>
      parseAppSso(print({ tokens: ['Received:', '2026-02-03T07:55:00Z', 'Expiration:', line] })).warnings;
    expect(warningsOf('2026-02-17T07:54:59Z (Unbekannt)')).toEqual([
      'token section: Expiration has a remark that is not known',
    ]);
    expect(warningsOf('2026-02-03T07:54:59Z (Expired)')).toEqual([]);
    expect(expiration('2026-02-17T07:54:59Z (Unbekannt)', 'some day')?.expired).toBeNull();
  });

  it('are neither expired nor valid when there is nothing to tell by', () => {
    expect(expiration('2026-02-17T07:54:59Z', 'some day')?.expired).toBeNull();
    expect(expiration('soon')).toEqual({
      receivedAt: '2026-02-03T07:55:00Z',
      expiresAt: null,
      expired: null,
    });
  });

  it('may have one date only', () => {
    expect(parseAppSso(print({ tokens: ['Received:', '2026-02-03T07:55:00Z'] })).tokens).toEqual({
      receivedAt: '2026-02-03T07:55:00Z',
      expiresAt: null,
      expired: null,
    });
    expect(
      parseAppSso(print({ tokens: ['Expiration:', '2026-02-17T07:54:59Z (Not Expired)'] })).tokens,
    ).toEqual({
      receivedAt: null,
      expiresAt: '2026-02-17T07:54:59Z',
      expired: false,
    });
  });

  it('are null without their section, and where macOS says that there are none', () => {
    const none = ['(null)', 'Received:\n(null)\nExpiration:\n(null)', 'Received:\n(null)'];
    for (const tokens of [null, ...none.map((text) => [text])])
      expect(parseAppSso(print({ tokens })).tokens).toBeNull();
  });

  it('keep their values with any text below them', () => {
    for (const below of ['(null)', 'something else'])
      expect(
        parseAppSso(print({ tokens: ['Received:', '2026-02-03T07:55:00Z', below] })).tokens?.receivedAt,
      ).toBe('2026-02-03T07:55:00Z');
  });

  it('without the time of receipt are something to ask about', () => {
    const tokens = ['Expiration:', '2026-02-17T07:54:59Z (Not Expired)'];
    expect(parseAppSso(print({ tokens })).warnings).toEqual([
      'token section: it does not say when they were received',
    ]);
  });

  it('are not null where nothing of their section can be read: it does not say that there are none', () => {
    const inLine = ['Received: 2026-02-03T07:55:00Z', 'Expiration: 2026-02-17T07:54:59Z (Not Expired)'];
    for (const tokens of [[], ['Rec'], ['Received:'], ['Received:', '2. Maerz 2026'], inLine]) {
      const answer = parseAppSso(print({ tokens }));
      expect(answer.tokens).toEqual({ receivedAt: null, expiresAt: null, expired: null });
      expect(answer.warnings).toContain('token section: it has no date that can be read');
    }
  });
});

describe('Kerberos', () => {
  it('gives every realm, and no principal', () => {
    const kerberosStatus = [
      { realm: 'KERBEROS.MICROSOFTONLINE.COM', importSuccessful: true, upn: 'robin@example.org' },
      { realm: 'AD.EXAMPLE.ORG', importSuccessful: false, failedToConnect: true, ticketKeyPath: 'tgt_ad' },
      { realm: 'robin@example.org' },
      'AD.EXAMPLE.ORG',
    ];
    const answer = parseAppSso(print({ user: { ...user, kerberosStatus } }));
    expect(answer.kerberos).toEqual([
      {
        realm: 'KERBEROS.MICROSOFTONLINE.COM',
        importSuccessful: true,
        failedToConnect: null,
        exchangeRequired: null,
        ticketKeyPath: null,
      },
      {
        realm: 'AD.EXAMPLE.ORG',
        importSuccessful: false,
        failedToConnect: true,
        exchangeRequired: null,
        ticketKeyPath: 'tgt_ad',
      },
    ]);
    expect(answer.warnings).toEqual(['user section: kerberosStatus has 2 entries that were passed over']);
  });

  it('is empty when the key is missing or empty', () => {
    expect(parseAppSso(print({ user: { ...user, kerberosStatus: [] } })).kerberos).toEqual([]);
    expect(parseAppSso(print({ user: without(user, 'kerberosStatus') })).kerberos).toEqual([]);
  });
});

describe('a key of another type', () => {
  it.each([
    'loginFrequency',
    'sharedDeviceKeys',
    'authGracePeriodStart',
    'fileVaultPolicy',
    'loginType',
    'nonPlatformSSOAccounts',
  ])('is null with a warning, and harms nothing else: %s', (key) => {
    const answer = parseAppSso(print({ device: { ...device, [key]: { robin: 'example' } } }));
    expect(answer.status).toBe('registered');
    expect(answer.warnings).toEqual([`device section: ${key} is not of the expected type`]);
    expect(JSON.stringify(answer)).not.toContain('robin');
  });
});
