import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyChange, initialMac, type MacChange } from '../../agent/mac/simulated/model.ts';
import { parseAppSso } from '../../agent/mac/sources/app-sso/parse-app-sso.ts';
import { redactAppSso } from '../../agent/mac/sources/app-sso/redact-app-sso.ts';
import { renderAppSso } from '../../agent/mac/sources/app-sso/simulated.ts';
import {
  device,
  login,
  personalCertificate,
  print,
  tokens,
  user,
} from '../mac/sources/app-sso/printed-app-sso.ts';
import { judgedAppSso, seeded } from './judged.ts';

const start = Date.parse('2026-04-25T09:03:41Z');
const printed = (change: MacChange, macos = '15.6') =>
  renderAppSso(applyChange(initialMac({ start, macos, user: 'alex' }), change, start), start);

/** Both texts are judged alike, and what is replaced once can be replaced again. */
function expectSameJudgement(text: string, account = 'alex'): string {
  const redactor = seeded();
  const redacted = redactAppSso(text, redactor);
  const answer = parseAppSso(redacted, { account: redactor.name(account) });
  expect(judgedAppSso(answer, null)).toEqual(judgedAppSso(parseAppSso(text, { account }), redactor));
  const again = seeded();
  const twice = parseAppSso(redactAppSso(redacted, again), { account: again.name(redactor.name(account)) });
  expect(judgedAppSso(twice, null)).toEqual(judgedAppSso(answer, again));
  return redacted;
}

describe('what app-sso printed, redacted', () => {
  test.each<[string, MacChange, string?]>([
    ['not configured', { psso: null }],
    ['not registered', { psso: { registered: false, userPresent: false } }],
    ['without the user', { psso: { userPresent: false } }],
    ['registered', {}],
    ['registered on macOS 26', { psso: { method: 'secureEnclaveKey' } }, '26.0'],
    ['smart card on macOS 14', { psso: { method: 'smartCard' } }, '14.7'],
    ['in need of a repair', { psso: { state: 2 } }],
    ['of an unknown state', { psso: { state: 6 } }],
    ['expired', { psso: { receivedAt: start - 15 * 86_400_000 } }],
    [
      'with two realms',
      { psso: { kerberos: [{ realm: 'CORP.CONTOSO.EXAMPLE', ticketKeyPath: 'tgt_ad' }, {}] } },
    ],
  ])('is judged as the original is: %s', (_, change, macos) => {
    expectSameJudgement(printed(change, macos));
  });

  test('says nothing of the tokens that the original does not say', () => {
    for (const remark of ['Not Expired', 'Expired', 'Nicht abgelaufen', 'by robin']) {
      const redacted = expectSameJudgement(printed({}).replace('Not Expired', remark));
      expect(redacted).not.toContain('robin');
      expect(redacted.includes('(Expired)')).toBe(remark === 'Expired');
    }
  });

  test('keeps the layout line by line, and every field it knows', () => {
    const text = printed({}, '26.0');
    const redacted = expectSameJudgement(text).split('\n');
    const lines = text.split('\n');
    expect(redacted.length).toBe(lines.length);
    lines.forEach((line, index) => {
      const upToValue = (written = '') => written.slice(0, written.indexOf('" : ') + 3);
      expect(upToValue(redacted[index])).toBe(upToValue(line));
    });
    expect(redacted.join('\n')).not.toMatch(/replaced|unrecognised/);
  });

  test('has the same stand-in for the same name, in every place and form', () => {
    const redactor = seeded();
    const redacted = redactAppSso(
      print({
        device: { ...device, nonPlatformSSOAccounts: ['robin', 'Someone'] },
        user: {
          ...user,
          kerberosStatus: [
            { realm: 'EXAMPLE.ORG', upn: 'robin\\@example.org@EXAMPLE.ORG', ticketKeyPath: 'tgt_ad' },
          ],
        },
      }),
      redactor,
    );
    const name = redactor.name('robin');
    const domain = redactor.domain('example.org');
    expect(redacted).toContain(`"${name}",`);
    expect(redacted).toContain(`"upn" : "${name}\\\\@${domain}@${domain.toUpperCase()}"`);
    expect(redacted).toContain(`"loginUserName" : "n***@${domain}"`);
    expect(redacted).toContain(`"realm" : "${domain.toUpperCase()}"`);
  });

  test('an exempt account stays exempt, by its own name only', () => {
    const text = (names: string[]) => print({ device: { ...device, nonPlatformSSOAccounts: names } });
    expectSameJudgement(text(['alex', 'kiosk']));
    expectSameJudgement(text(['Alex']));
    expectSameJudgement(text([]));
  });

  test('a certificate that names a person is no certificate any more', () => {
    const redacted = expectSameJudgement(
      print({ device: { ...device, deviceSigningCertificate: personalCertificate } }),
    );
    expect(redacted).not.toContain(personalCertificate.slice(0, 16));
  });

  test('a field that no list has loses its name and its value', () => {
    const redacted = expectSameJudgement(
      print({
        device: { ...device, 'field of Robin': 'Robin', phone: 5551234567, nested: { Robin: ['Robin', 17] } },
        login: { ...login, customLoginRequestValues: { robin: 'robin' } },
      }),
    );
    expect(redacted).not.toMatch(/robin|5551234567|17\b/i);
    expect(redacted).toContain('unrecognisedField1');
  });

  test.each([
    ['a prompt before and after', `robin@mac ~ % app-sso platform -s\n${print()}robin@mac ~ % `],
    ['two outputs', print() + print({ user: null })],
    ['a section that is cut off', print().slice(0, 900)],
    ['garbage at the end of a section', print().replace('\n}\n\nLogin', '\n}}robin\n\nLogin')],
    ['garbage inside', print().replace('"version" : 1\n', '"version" : 1 robin "x\n')],
    ['an unknown section', print().replace('Login Conf', 'Robin:\n {\n "robin" : 1\n}\n\nLogin Conf')],
    ['a stray line', print().replace('\nUser Conf', '\nrobin was here\nUser Conf')],
    [
      'one line a section',
      'Device Configuration:\n{"registrationCompleted":true,"robin":"x"}\nUser Configuration:\n(null)\n',
    ],
    [
      'tokens that are none',
      print({ tokens: ['Received:', 'robin', 'Expiration:', '2026-02-17 (robin)', 'robin'] }),
    ],
    ['an error', 'robin: Error Domain=com.apple.PlatformSSO Code=-1001 "robin"\n'],
    ['nothing', ''],
    ['other line ends', print().replaceAll('\n', '\r\n')],
  ])('parses like the original and holds no name: %s', (_, text) => {
    expect(expectSameJudgement(text)).not.toMatch(/robin/i);
  });

  test('parses like the original after any damage', () => {
    const piece = fc.constantFrom(
      '}',
      '{',
      '"',
      '\\',
      '\n',
      ' (null)',
      'Received:',
      'x:',
      ',',
      '\u00a0',
      '"robin" : ',
      'Time: ',
      '{"a":1}',
      '\t',
      '1e400',
      'SSO Tokens:\n',
      'é',
    );
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom(
        'POLoginTypeRobin (1)',
        'None (0)',
        'A, B (3)',
        '2026-02-31T00:00:00Z',
        'robin@example.org',
        'com.robin.sso',
        'com.microsoft.robin',
      ),
    );
    const key = fc.oneof(
      fc.constantFrom(...Object.keys(device), ...Object.keys(user)),
      fc.string({ maxLength: 8 }),
    );
    const body = (own: Record<string, unknown>) =>
      fc.dictionary(key, value, { maxKeys: 6 }).map((more) => ({ ...own, ...more }));
    const text = fc
      .record({ device: body(device), login: body(login), user: body(user), tokens: fc.constant(tokens) })
      .map(print);
    const cuts = fc.array(fc.tuple(fc.nat(4000), fc.nat(30), piece), { maxLength: 4 });
    fc.assert(
      fc.property(text, cuts, (whole, changes) => {
        const cut = changes.reduce(
          (made, [at, length, put]) => made.slice(0, at) + put + made.slice(at + length),
          whole,
        );
        const redactor = seeded();
        const redacted = parseAppSso(redactAppSso(cut, redactor), { account: redactor.name('robin') });
        expect(judgedAppSso(redacted, null)).toEqual(
          judgedAppSso(parseAppSso(cut, { account: 'robin' }), redactor),
        );
      }),
      { numRuns: 400 },
    );
  });
});
