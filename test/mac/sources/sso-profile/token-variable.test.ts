import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { isKnownMethod, quotableMethod } from '../../../../agent/mac/sources/sso-profile/profile-methods.ts';
import { variableOf } from '../../../../agent/mac/sources/sso-profile/token-variable.ts';

describe('a variable that no MDM filled in', () => {
  test.each([
    ['{{DEVICEREGISTRATION}}', 'doubleBraces'],
    ['{{ deviceregistration }}', 'doubleBraces'],
    ['{{serialnumber}}-{{mail}}', 'doubleBraces'],
    ['$FLEET_VAR_PSSO_DEVICE_REGISTRATION_TOKEN', 'dollar'],
    ['$' + '{FLEET_SECRET_TOKEN}', 'dollar'],
    ['prefix-$FLEET_VAR_TOKEN', 'dollar'],
    ['$UDID', 'dollar'],
    ['$DEVICE_UDID$', 'dollar'],
    ['%RegistrationToken%', 'percent'],
    ['%%token%%', 'percent'],
    ['{DeviceUid}', 'braces'],
    ['{registration_token}', 'braces'],
    ['YOUR_TOKEN_HERE', 'placeholder'],
    ['your-registration-token', 'placeholder'],
    ['<REGISTRATION TOKEN>', 'placeholder'],
    ['[TOKEN]', 'placeholder'],
    ['REPLACE_ME', 'placeholder'],
    ['FIXME', 'placeholder'],
    ['TBD', 'placeholder'],
    ['Placeholder', 'placeholder'],
    ['none', 'placeholder'],
    ['XXXX-XXXX-XXXX', 'placeholder'],
    ['<<TOKEN>>', 'placeholder'],
    ['#{Token}', 'placeholder'],
    ['$(DEVICE_TOKEN)', 'dollar'],
    ['%{Device Token}', 'percent'],
    ['%(token)s', 'percent'],
    ['CHANGEME', 'placeholder'],
    ['Paste your token here', 'placeholder'],
    ['DEVICEREGISTRATION', 'placeholder'],
    [' {{DEVICEREGISTRATION}}\n', 'doubleBraces'],
  ])('%j', (token, form) => {
    expect(variableOf(token)).toBe(form);
  });

  test.each([
    'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodHRwczovL2V4YW1wbGUuY29tIn0.c2lnbmF0dXJl',
    '{11111111-2222-3333-4444-555555555555}',
    'AAAAAAAA-0000-4000-8000-AAAAAAAAAAAA',
    '{"token":"abc"}',
    '%7B%22token%22%3A1%7D',
    'simulated-registration-token',
    'a+b/c==',
    '',
  ])('is not %j', (token) => {
    expect(variableOf(token)).toBeNull();
  });

  it('is no real token', () => {
    const base64 = fc.uint8Array({ minLength: 24, maxLength: 200 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(base64, fc.constantFrom('base64', 'base64url', 'hex'), (bytes, encoding) => {
        expect(variableOf(bytes.toString(encoding))).toBeNull();
      }),
    );
    fc.assert(fc.property(fc.uuid(), (id) => variableOf(id) === null && variableOf(`{${id}}`) === null));
  });
});

describe('a sign-in method', () => {
  test.each([
    ['Password', 13, true],
    ['SmartCard', 13, false],
    ['SmartCard', 14, true],
    ['OpenID', 26, false],
    ['OpenID', 27, true],
    ['OpenID', null, true],
    ['UserSecureEnclave', null, false],
    ['password', 28, false],
    // A macOS that this version does not know can have more methods.
    ['Passkey', 28, null],
    [null, 28, null],
    [null, null, null],
    [null, 15, false],
    ['AccessKey', 26, null],
  ])('%j on macOS %j: known %j', (name, major, known) => {
    expect(isKnownMethod(name, major)).toBe(known);
  });

  test.each(['alex', 'alex@example.com', 'AlexSecureEnclaveKeyOfTheThirdFloor', 7])(
    '%j is not repeated',
    (value) => {
      expect(quotableMethod(value)).toBeNull();
    },
  );
});
