import fc from 'fast-check';
import { build } from 'plist';
import { describe, expect, test } from 'vitest';
import { parsePlist } from '../../agent/mac/parse/plist.ts';
import { parsePasswordPolicy } from '../../agent/mac/sources/password-policy/parse-password-policy.ts';
import { redactPasswordPolicy } from '../../agent/mac/sources/password-policy/redact-password-policy.ts';
import { renderPasswordPolicy } from '../../agent/mac/sources/password-policy/simulated.ts';
import { parseSsoProfile } from '../../agent/mac/sources/sso-profile/parse-sso-profile.ts';
import { redactSsoProfile } from '../../agent/mac/sources/sso-profile/redact-sso-profile.ts';
import {
  parseCertificates,
  parseThumbprint,
} from '../../agent/mac/sources/workplace-join/parse-leftovers.ts';
import {
  redactCertificates,
  thumbprintItem,
} from '../../agent/mac/sources/workplace-join/redact-certificates.ts';
import { byProfile, matches, policyText } from '../mac/sources/password-policy/policy-text.ts';
import { judgedPolicy, seeded } from './judged.ts';

function expectSamePolicy(text: string): string {
  const redacted = redactPasswordPolicy(text, seeded());
  expect(judgedPolicy(parsePasswordPolicy(redacted))).toEqual(judgedPolicy(parsePasswordPolicy(text)));
  expect(redactPasswordPolicy(redacted, seeded()).length).toBe(redacted.length);
  return redacted;
}

describe('password rules, redacted', () => {
  const rules = policyText({
    authentication: [
      {
        content:
          '(policyAttributeFailedAuthentications < policyAttributeMaximumFailedAuthentications) OR (policyAttributeCurrentTime > (policyAttributeLastFailedAuthenticationTime + autoEnableInSeconds))',
        identifier: byProfile('minutesUntilFailedLoginReset'),
        parameters: { autoEnableInSeconds: 900, policyAttributeMaximumFailedAuthentications: 5 },
      },
    ],
    content: [
      { content: matches('.{14,}+'), identifier: byProfile('minLength') },
      { content: matches('^(?!.*[Rr]obin).*$'), identifier: byProfile('customRegex') },
      { content: matches('(.*[A-Z].*){1,}+'), identifier: "Robin's rule", parameters: { robin: 1 } },
      {
        content: 'none policyAttributePasswordHashes in policyAttributePasswordHistory',
        parameters: { policyAttributePasswordHistoryDepth: 5 },
      },
      { content: "policyAttributeRobin == 'robin'", identifier: 'robin@example.org' },
    ],
    change: [
      {
        content:
          'policyAttributeCurrentTime > policyAttributeLastPasswordChangeTime + (policyAttributeExpiresEveryNDays * 24 * 60 * 60)',
        parameters: { policyAttributeExpiresEveryNDays: 90 },
      },
    ],
  });

  test('keeps the rules and drops the words of the admin', () => {
    const redacted = expectSamePolicy(rules);
    expect(redacted).not.toMatch(/robin|Was die Regel|5B0D3C36/i);
    expect(redacted).toContain('.{14,}+');
  });

  test.each([
    ['the stock ones', renderPasswordPolicy()],
    ['none', 'No global account policies have been set.\n'],
    ['an empty dictionary', '<dict/>\n'],
    ['cut off', rules.slice(0, 800)],
    ['no property list', 'robin: command not found'],
    ['a broken one', rules.replace('<array>', '<aray>')],
    ['not a dictionary', '<plist version="1.0"><array/></plist>'],
    ['two', `${rules}\n${rules}`],
    ['an unknown category', rules.replaceAll('policyCategoryPasswordChange', 'policyCategoryRobin')],
    [
      'a category that is no list',
      '<plist><dict><key>policyCategoryPasswordContent</key><string>robin</string></dict></plist>',
    ],
    [
      'rules that are none',
      '<plist><dict><key>policyCategoryPasswordContent</key><array><string>robin</string><dict><key>policyContent</key><integer>1</integer></dict></array></dict></plist>',
    ],
    ['nothing', ''],
  ])('are judged as before: %s', (_, text) => {
    expect(expectSamePolicy(text)).not.toMatch(/robin/i);
  });

  test('lose a number that is no limit of any policy: it may be a telephone number', () => {
    const policyContent = 'policyAttributeFailedAuthentications < 1234567890';
    const printed = build({ policyCategoryPasswordContent: [{ policyContent }] });
    expect(redactPasswordPolicy(printed, seeded())).not.toContain('1234567');
  });

  test('parses like the original, for any rules', () => {
    const word = fc.constantFrom(
      'policyAttributePassword',
      'matches',
      "'.{9,}'",
      "'(.*[0-9].*){2,}'",
      'and',
      'or',
      '(',
      ')',
      '5',
      "'robin'",
      'policyAttributeFailedAuthentications',
      '<',
      'policyAttributeExpiresEveryNDays',
      'ü',
      '123456',
    );
    const content = fc.array(word, { maxLength: 7 }).map((words) => words.join(' '));
    const identifier = fc.option(
      fc.oneof(
        fc.string(),
        fc.constantFrom(byProfile('pinHistory'), byProfile('robin'), 'ProfilePayload:', ''),
      ),
      { nil: undefined },
    );
    const parameters = fc.dictionary(
      fc.constantFrom(
        'minimumLength',
        'policyAttributeExpiresEveryNDays',
        'autoEnableInSeconds',
        'robin',
        'minimumSymbols',
      ),
      fc.oneof(fc.integer(), fc.constantFrom('7', 'robin', true)),
    );
    const entry = fc.record({
      policyContent: content,
      policyIdentifier: identifier,
      policyParameters: parameters,
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 4 }), (entries) => {
        const list = entries.map(({ policyIdentifier, ...rest }) => ({
          ...rest,
          ...(policyIdentifier === undefined ? {} : { policyIdentifier }),
        }));
        expect(expectSamePolicy(build({ policyCategoryPasswordContent: list }))).not.toMatch(/robin/);
      }),
      {
        numRuns: 200,
        // Found by chance: without its odd word this would be another rule.
        examples: [
          [
            [
              {
                policyContent: 'policyAttributeFailedAuthentications ü < 123456',
                policyIdentifier: undefined,
                policyParameters: {},
              },
            ],
          ],
        ],
      },
    );
  });
});

describe('the SSO profile, redacted', () => {
  const platformSso = {
    AuthenticationMethod: 'Password',
    UseSharedDeviceKeys: true,
    LoginFrequency: 7200,
    AccountDisplayName: 'Robin & Co',
    NonPlatformSSOAccounts: ['robin'],
    AdministratorGroups: ['robin-admins'],
    TokenToUserMapping: { AccountName: 'preferred_username', FullName: 'name' },
    RegistrationToken: 'robin-token-0123456789abcdef',
  };
  const payload = {
    ExtensionIdentifier: 'com.microsoft.CompanyPortalMac.ssoextension',
    TeamIdentifier: 'UBF8T346G9',
    Type: 'Redirect',
    URLs: ['https://login.microsoftonline.com', 'https://sso.robin.example/robin'],
    ExtensionData: {
      AppPrefixAllowList: 'com.microsoft.,com.robin.',
      browser_sso_interaction_enabled: 1,
      tenant: 'robin',
    },
    PayloadOrganization: 'Robin & Co',
    PlatformSSO: platformSso,
  };

  test.each<[string, Record<string, unknown>]>([
    ['the usual one', payload],
    ['of macOS 13', { ...payload, PlatformSSO: undefined, AuthenticationMethod: 'UserSecureEnclaveKey' }],
    ['plain', { ...payload, PlatformSSO: undefined }],
    [
      'with a token that the MDM did not replace',
      {
        ...payload,
        RegistrationToken: '{{DEVICEREGISTRATION}}',
        PlatformSSO: { ...platformSso, RegistrationToken: undefined },
      },
    ],
    ['with an empty token', { ...payload, PlatformSSO: { ...platformSso, RegistrationToken: ' ' } }],
    ['of an unknown method', { ...payload, PlatformSSO: { ...platformSso, AuthenticationMethod: 'Robin' } }],
    [
      'with numbers as texts',
      { ...payload, PlatformSSO: { ...platformSso, LoginFrequency: '3600', UseSharedDeviceKeys: 0 } },
    ],
    ['empty', {}],
    [
      'as a configuration profile',
      {
        PayloadContent: [
          { ...payload, PayloadType: 'com.apple.extensiblesso' },
          { PayloadType: 'com.robin.wifi' },
        ],
      },
    ],
  ])('sets up the same: %s', async (_, value) => {
    const text = build(JSON.parse(JSON.stringify(value)));
    const redacted = await redactSsoProfile(Buffer.from(text), seeded());
    const judged = async (of: string) => ({
      ...parseSsoProfile(await parsePlist(Buffer.from(of))),
      digest: null,
    });
    expect(await judged(redacted)).toEqual(await judged(text));
    expect(redacted).not.toMatch(/robin|0123456789abcdef/i);
  });

  test.each([
    ['com.apple.extensiblesso', /^com\.apple\.extensiblesso$/],
    ['com.microsoft.robin.profile', /^com\.microsoft\.\S+\.extension$/],
    ['com.robin.profile', /^example\.\S+\.extension$/],
    ['robin', /^(?!com\.)[^.]+$/],
  ])('of the identifier %s stays what Apple or the vendor gave', async (PayloadIdentifier, expected) => {
    const redacted = await redactSsoProfile(Buffer.from(build({ ...payload, PayloadIdentifier })), seeded());
    const read = await parsePlist(Buffer.from(redacted));
    expect(read).toMatchObject({ PayloadIdentifier: expect.stringMatching(expected) });
    expect(redacted).not.toMatch(/robin/i);
  });

  test('one that can not be read can not be read still', async () => {
    const redacted = await redactSsoProfile(Buffer.from('robin'), seeded());
    expect(redacted).not.toContain('robin');
    await expect(parsePlist(Buffer.from(redacted))).rejects.toThrow();
  });
});

describe('traces of an earlier Workplace Join, redacted', () => {
  const deviceId = '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';
  const item = (issuer: string, name: string) =>
    `keychain: "/Users/robin/Library/Keychains/login.keychain-db"\nversion: 512\nclass: 0x80001000 \nattributes:\n    "alis"<blob>="${name}"\n    "issu"<blob>="${issuer}"\n    "labl"<blob>="${name}"\n    "snbr"<blob>=0x0102\n`;

  test('are the same traces; what else is in the keychain is left out', () => {
    const redactor = seeded();
    const text =
      item('MS-ORGANIZATION-ACCESS', deviceId) +
      item('Apple', 'Robin Example') +
      item('MS-Organization-Access', 'robin');
    const redacted = redactCertificates(text, redactor.name('robin'), redactor);
    expect(parseCertificates(redacted)).toEqual([
      { kind: 'certificate', deviceId: redactor.guid(deviceId) },
      { kind: 'certificate', deviceId: null },
    ]);
    expect(redacted).not.toMatch(/robin|0f1e2d3c|Apple/i);
    expect(redactCertificates(item('Apple', 'robin'), 'x', redactor)).toBe('');
    expect(parseThumbprint(thumbprintItem('x'))).toHaveLength(1);
  });
});
