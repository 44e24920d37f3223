import { describe, expect, it } from 'vitest';
import { parseAppSso, unknownAppSso } from '../../../../agent/mac/sources/app-sso/parse-app-sso.ts';
import { appSso } from '../../../../agent/shared/observation.ts';
import { device, deviceId, notConfigured, print, printJson, user, without } from './printed-app-sso.ts';

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
  ])('is notRegistered when registrationCompleted is %s, with any user section', (_, body) => {
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
        offlineGracePeriodSeconds: 172_800,
        requireAuthGracePeriodSeconds: 0,
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

  it.each([
    ['POUserStateNeedsRegistration (0)', 'needsAttention', 0],
    ['POUserStateNormal (9)', 'registered', 0],
    ['POUserStateNeedsBinding (7)', 'needsAttention', 1],
    ['POUserStateNeedsBinding (0)', 'needsAttention', 1],
    ['POUserStateSomethingNew (0)', 'unknown', 1],
    ['(null) (0)', 'registered', 0],
  ])('goes by the name of the state first: %s is %s', (state, status, warnings) => {
    const answer = parseAppSso(print({ user: { ...user, state } }));
    expect(answer.status).toBe(status);
    expect(answer.warnings).toHaveLength(warnings);
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

describe('exempt accounts', () => {
  const text = print({ device: { ...device, nonPlatformSSOAccounts: ['admin', 'kiosk'] }, user: null });

  it('are counted, and never named', () => {
    const answer = parseAppSso(text, { account: 'kiosk' });
    expect(answer.device).toMatchObject({ exemptAccounts: 2, accountExempt: true });
    expect(JSON.stringify(answer)).not.toContain('kiosk');
  });

  it('ignore an account that was not requested', () => {
    expect(parseAppSso(text).device).toMatchObject({ exemptAccounts: 2, accountExempt: null });
    expect(parseAppSso(text, { account: 'robin' }).device?.accountExempt).toBe(false);
    expect(parseAppSso(print(), { account: 'robin' }).device).toMatchObject({
      exemptAccounts: null,
      accountExempt: null,
    });
  });
});
