import { describe, expect, it } from 'vitest';
import { parseAppSso, unknownAppSso } from '../../agent/mac/parse/app-sso.ts';
import { appSso } from '../../agent/types/observation.ts';
import {
  certificate,
  device,
  deviceId,
  login,
  notConfigured,
  personalCertificate,
  print,
  printJson,
  user,
  without,
} from './printed-app-sso.ts';

describe('the status', () => {
  it('is notConfigured when the device section is null', () => {
    const answer = parseAppSso(notConfigured);
    expect(answer).toMatchObject({
      status: 'notConfigured',
      reason: null,
      device: null,
      user: null,
      tokens: null,
    });
    expect(answer.warnings).toEqual([]);
  });

  it.each([
    ['false', { ...device, registrationCompleted: false }],
    ['missing', without(device, 'registrationCompleted')],
    ['a text', { ...device, registrationCompleted: 'true' }],
  ])('is notRegistered when registrationCompleted is %s, whatever the user section says', (_, body) => {
    expect(parseAppSso(print({ device: body })).status).toBe('notRegistered');
    expect(parseAppSso(print({ device: body, user: null, tokens: null })).status).toBe('notRegistered');
  });

  it('is registered when the device is and the user state is 0', () => {
    const answer = parseAppSso(print());
    expect(answer).toEqual({
      status: 'registered',
      reason: null,
      observedAt: '2026-02-03T08:00:00Z',
      method: 'password',
      identityProvider: 'entra',
      extensionIdentifier: 'com.microsoft.CompanyPortalMac.ssoextension',
      device: {
        registrationCompleted: true,
        deviceId,
        method: 'password',
        methodLabel: 'POLoginTypePassword',
        loginFrequencySeconds: 64800,
        sharedDeviceKeys: true,
        configuredAt: '2026-02-03T07:50:10Z',
        lastEncryptionKeyChangeAt: '2026-02-03T07:50:09Z',
        fileVaultPolicy: 'AttemptAuthentication (1)',
        loginPolicy: 'None (0)',
        unlockPolicy: 'AttemptAuthentication, AllowOfflineGracePeriod (5)',
        exemptAccounts: null,
        accountExempt: null,
      },
      user: {
        state: 0,
        stateLabel: 'POUserStateNormal',
        method: 'password',
        methodLabel: 'POLoginTypePassword',
        lastLoginAt: '2026-02-03T07:55:00Z',
        hasCredential: true,
        hasLoginConfiguration: true,
      },
      tokens: { receivedAt: '2026-02-03T07:55:00Z', expiresAt: '2026-02-17T07:54:59Z', expired: false },
      kerberos: [
        {
          realm: 'KERBEROS.MICROSOFTONLINE.COM',
          importSuccessful: true,
          failedToConnect: false,
          exchangeRequired: false,
          ticketKeyPath: 'tgt_cloud',
        },
      ],
      warnings: [],
    });
    expect(appSso.parse(answer)).toEqual(answer);
  });

  it('needs attention when the device is registered and the user section is null', () => {
    expect(parseAppSso(print({ user: null, tokens: null }))).toMatchObject({
      status: 'needsAttention',
      reason: null,
      method: 'password',
      user: null,
    });
  });

  it.each([
    ['POUserStateNeedsRegistration (2)', 2, 'POUserStateNeedsRegistration'],
    ['(null) (6)', 6, '(null)'],
    ['POUserStateSomethingNew (41)', 41, 'POUserStateSomethingNew'],
    ['5', 5, null],
    [1, 1, null],
  ])('needs attention when the user state is %s', (state, number, stateLabel) => {
    const answer = parseAppSso(print({ user: { ...user, state }, tokens: null }));
    expect(answer).toMatchObject({ status: 'needsAttention', user: { state: number, stateLabel } });
  });

  it('goes by the number of the state and not by its name', () => {
    expect(parseAppSso(print({ user: { ...user, state: 'POUserStateNeedsRegistration (0)' } })).status).toBe(
      'registered',
    );
    expect(parseAppSso(print({ user: { ...user, state: 'POUserStateNormal (2)' } })).status).toBe(
      'needsAttention',
    );
  });

  it.each([
    ['absent', without(user, 'state')],
    ['a name alone', { ...user, state: 'POUserStateNormal' }],
    ['of another type', { ...user, state: { value: 0 } }],
    ['no whole number', { ...user, state: 0.5 }],
    ['empty', { ...user, state: '' }],
  ])('is unknown, neither healthy nor an alarm, when the state is %s', (_, body) => {
    const answer = parseAppSso(print({ user: body }));
    expect(answer).toMatchObject({ status: 'unknown', reason: 'malformed', user: { state: null } });
    expect(answer.warnings).not.toEqual([]);
  });
});

describe('what is no evidence', () => {
  it.each([[''], [' \n\t\r\n ']])('is unknown and empty for %j', (text) => {
    expect(parseAppSso(text)).toEqual(unknownAppSso('empty'));
  });

  it.each([
    [
      'an error of the framework',
      'Error Domain=com.apple.PlatformSSO Code=-1001 "Error deserializing device config." UserInfo={}',
    ],
    ['a shell that has no such command', 'zsh: command not found: app-sso'],
    ['no device section', print({ device: 'missing' })],
    [
      'an error in place of the device section',
      'Time: 2026-02-03 08:00:00 +0000\n\nDevice Configuration:\nError -1001\n',
    ],
    [
      'a device section that is no JSON',
      `Device Configuration:\n {\n  "registrationCompleted" : tru\n}\n\nUser Configuration:\n ${printJson(user)}\n`,
    ],
    ['a null user alone', 'User Configuration:\n (null)\n'],
  ])('is unknown and malformed for %s', (_, text) => {
    expect(parseAppSso(text)).toMatchObject({ status: 'unknown', reason: 'malformed', device: null });
    expect(parseAppSso(text).warnings).not.toEqual([]);
  });

  it('does not take a user section that was cut off for a user who is not registered', () => {
    const whole = print();
    const end = whole.indexOf('User Configuration:');
    for (const length of [end, end + 5, end + 'User Configuration:\n'.length, end + 40]) {
      const answer = parseAppSso(whole.slice(0, length));
      expect(answer).toMatchObject({ status: 'unknown', reason: 'malformed', user: null });
      expect(answer.device?.registrationCompleted).toBe(true);
    }
  });

  it('does not take a user section that is no JSON for one that is null', () => {
    const text = print().replace('"state" : ', '"state" = ');
    expect(parseAppSso(text)).toMatchObject({
      status: 'unknown',
      reason: 'malformed',
      user: null,
      kerberos: [],
    });
  });

  it('still gives what a user section alone says', () => {
    const text = printJson({ ...user, state: 'POUserStateNeedsRegistration (2)' });
    expect(parseAppSso(`User Configuration:\n${text}\n`)).toMatchObject({
      status: 'unknown',
      reason: 'malformed',
      method: 'password',
      user: { state: 2 },
    });
  });

  it.each(['missing', 'timeout', 'exit'] as const)('lets the reader say %s in the same form', (reason) => {
    expect(appSso.parse(unknownAppSso(reason, ['why']))).toMatchObject({
      status: 'unknown',
      reason,
      warnings: ['why'],
    });
  });
});

describe('the layout', () => {
  const plain = parseAppSso(print());

  it.each([
    ['shell prompts around it', `robin@mac ~ % app-sso platform -s\n${print()}robin@mac ~ % \n`],
    ['log lines before it', `2026-02-03 08:00:00.1 app-sso[11:22] note\nobjc[11]: {\n${print()}`],
    ['CRLF line ends', print().replaceAll('\n', '\r\n')],
    ['no space before the brace', print().replaceAll('\n {', '\n{').replaceAll('\n (null)', '\n(null)')],
    ['four spaces of indentation', print().replace(/^( +)"/gm, '$1$1"')],
    ['tabs', print().replace(/^ {2}"/gm, '\t"')],
    ['blanks after a header', print().replace('User Configuration:', 'User Configuration:  ')],
    ['no line end at the end', print().trimEnd()],
    ['keys that nobody knows', print({ device: { ...device, somethingNew: { deep: [1, { a: '}' }] } } })],
    ['no login section', print({ login: 'missing' })],
    ['another order', inAnotherOrder()],
  ])('may have %s', (_, text) => {
    expect(parseAppSso(text)).toEqual(plain);
  });

  function inAnotherOrder(): string {
    const [time = '', deviceSection = '', loginSection = '', userSection = '', tokenSection = ''] =
      print().split(/(?=^(?:Device|Login|User) Configuration:|^SSO Tokens:)/m);
    return [time, userSection, tokenSection, loginSection, deviceSection].join('');
  }

  it('is not misled by a string that says what a header says', () => {
    const text = print({
      login: {
        ...login,
        accountDisplayName: '\nUser Configuration:\n (null)\n',
        note: 'Device Configuration:',
      },
    });
    expect(parseAppSso(text)).toEqual(plain);
  });

  it('passes over a section that nobody knows, and says so', () => {
    const text = print().replace(
      'User Configuration:',
      `Guest Configuration:\n ${printJson({ state: 7 })}\n\nUser Configuration:`,
    );
    expect(parseAppSso(text)).toEqual({
      ...plain,
      warnings: ['sections that are not known were passed over: 1'],
    });
  });

  it('says when lines between sections belong to none', () => {
    const text = print().replace('User Configuration:', '}\nGarbage at end\n\nUser Configuration:');
    expect(parseAppSso(text)).toMatchObject({
      status: 'registered',
      warnings: ['lines between the sections that belong to none: 2'],
    });
  });

  it('does without a Time line, or with one in another form', () => {
    expect(parseAppSso(print({ time: null }))).toMatchObject({ status: 'registered', observedAt: null });
    expect(parseAppSso(print({ time: 'yesterday' }))).toMatchObject({
      status: 'registered',
      observedAt: null,
    });
    expect(parseAppSso(print({ time: '2026-02-30 08:00:00 +0000' })).observedAt).toBeNull();
    expect(parseAppSso(print({ time: '2026-02-03 09:00:00 +0100' })).observedAt).toBe('2026-02-03T08:00:00Z');
  });
});

describe('several outputs in one text', () => {
  const later = print({ time: '2026-02-04 08:00:00 +0000', user: null, tokens: null });

  it('takes the last one, and says so', () => {
    const answer = parseAppSso(print() + later);
    expect(answer).toMatchObject({
      status: 'needsAttention',
      observedAt: '2026-02-04T08:00:00Z',
      tokens: null,
    });
    expect(answer.warnings).toEqual(['there are 2 outputs, one after another: the last one was taken']);
  });

  it('takes the last complete one when a later one is cut off', () => {
    const answer = parseAppSso(later + print().slice(0, 900));
    expect(answer).toMatchObject({ status: 'needsAttention', observedAt: '2026-02-04T08:00:00Z' });
    expect(answer.warnings[0]).toContain('a later one is cut off');
  });

  it('takes the last one that is complete when an earlier one is cut off in a body', () => {
    expect(parseAppSso(print().slice(0, 400) + notConfigured).status).toBe('notConfigured');
    expect(parseAppSso(`${print().slice(0, 400)}\n${notConfigured}`).status).toBe('notConfigured');
    expect(parseAppSso(`${print().slice(0, 400)}\n${print()}`).status).toBe('registered');
  });

  it('never puts one output together from two', () => {
    const first = print({ time: null, user: 'missing', tokens: null });
    const second = print({ device: { ...device, registrationCompleted: false } });
    expect(parseAppSso(first + second).status).toBe('notRegistered');
    expect(parseAppSso(first + print({ device: 'missing' })).status).toBe('unknown');

    const tail = print({ time: null, device: 'missing' });
    const head = print({ time: null, user: 'missing', tokens: null });
    expect(parseAppSso(tail + head)).toMatchObject({ status: 'unknown', reason: 'malformed' });
    expect(parseAppSso(`Time: now\n${tail}Time:\n${head}`)).toMatchObject({
      status: 'unknown',
      reason: 'malformed',
    });
  });

  it('tells outputs apart also where the Time lines are missing', () => {
    const both = print({ time: null }) + print({ time: null, user: null, tokens: null });
    expect(parseAppSso(both)).toMatchObject({ status: 'needsAttention', tokens: null });
  });
});

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
    ['POLoginTypeAccessKey (4)', 'unknown', 'POLoginTypeAccessKey'],
    ['(null) (107)', 'unknown', '(null)'],
    [2, 'secureEnclaveKey', null],
    ['Robin Example (1)', 'password', null],
  ])('of %s is %s', (loginType, method, methodLabel) => {
    const answer = parseAppSso(print({ user: { ...user, loginType } }));
    expect(answer).toMatchObject({ method, user: { method, methodLabel } });
  });
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

  it('is read anew after another certificate', () => {
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
    ['2026-02-17T07:54:59Z (Abgelaufen)', true],
    ['2026-02-17T07:54:59Z', false],
    ['2026-02-03T08:00:00Z', true],
    ['2026-02-17T07:54:59Z (Not Exp', false],
  ])('that end at %s are expired: %s', (line, expired) => {
    expect(expiration(line)).toMatchObject({ receivedAt: '2026-02-03T07:55:00Z', expired });
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

  it('are null without their section, or without a date in it', () => {
    expect(parseAppSso(print({ tokens: null })).tokens).toBeNull();
    expect(parseAppSso(print({ tokens: [] })).tokens).toBeNull();
    expect(parseAppSso(print({ tokens: ['(null)'] })).tokens).toBeNull();
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

describe('exempt accounts', () => {
  const text = print({ device: { ...device, nonPlatformSSOAccounts: ['admin', 'kiosk'] }, user: null });

  it('are counted, and never named', () => {
    const answer = parseAppSso(text, { account: 'kiosk' });
    expect(answer.device).toMatchObject({ exemptAccounts: 2, accountExempt: true });
    expect(JSON.stringify(answer)).not.toContain('kiosk');
  });

  it('say nothing about an account that was not asked for', () => {
    expect(parseAppSso(text).device).toMatchObject({ exemptAccounts: 2, accountExempt: null });
    expect(parseAppSso(text, { account: 'robin' }).device?.accountExempt).toBe(false);
    expect(parseAppSso(print(), { account: 'robin' }).device).toMatchObject({
      exemptAccounts: null,
      accountExempt: null,
    });
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
