import { build } from 'plist';
import { describe, expect, it } from 'vitest';
import { parseLog } from '../../../../agent/mac/parse/log.ts';
import { unwrap } from '../../../../agent/mac/parse/pasted/unwrap.ts';
import { parseAccount } from '../../../../agent/mac/sources/account/parse-account.ts';
import { parseAppSso } from '../../../../agent/mac/sources/app-sso/parse-app-sso.ts';
import { parsePasswordPolicy } from '../../../../agent/mac/sources/password-policy/parse-password-policy.ts';
import { notConfigured, print, user } from '../../sources/app-sso/printed-app-sso.ts';
import { wrappers } from './wrappers.ts';

const policyData = build({
  passwordLastSetTime: 1_795_760_000.75,
  creationTime: 1_700_000_000,
  failedLoginCount: 1,
});
const account = build({
  'dsAttrTypeNative:accountPolicyData': [policyData],
  'dsAttrTypeStandard:AltSecurityIdentities': ['PlatformSSO:alex@example.com'],
});
const passwordPolicy = `Getting global account policies\n${build({
  policyCategoryPasswordContent: [
    { policyContent: "policyAttributePassword matches '.{10,}'", policyIdentifier: 'minimum length' },
  ],
})}`;
const log = [
  '2026-11-23 09:00:10.101 Df AppSSOAgent[1095:3f2a1] [com.apple.AppSSO:PODiagnostics] Login Result = POLoginResultCredentialFailure (4)',
  '2026-11-23 09:00:11.200 Df AppSSOAgent[1095:3f2a1] [com.apple.AppSSO:PORegistrationManager] Registration has failed, not asking',
].join('\n');

const ndjson = log
  .split('\n')
  .map((line) =>
    JSON.stringify({
      timestamp: '2026-11-23 09:00:10.101000+0100',
      subsystem: 'com.apple.AppSSO',
      category: 'PODiagnostics',
      processImagePath: '/usr/libexec/AppSSOAgent',
      eventMessage: line.slice(60),
    }),
  )
  .join('\n');

const outputs: readonly (readonly [
  string,
  'app-sso' | 'account' | 'password-policy' | 'log',
  string,
  (text: string) => unknown,
])[] = [
  ['a registered Mac', 'app-sso', print(), (text) => parseAppSso(text)],
  ['a Mac that is not configured', 'app-sso', notConfigured, (text) => parseAppSso(text)],
  [
    'a user to be repaired',
    'app-sso',
    print({ user: { ...user, state: 2 }, tokens: null }),
    (text) => parseAppSso(text),
  ],
  ['an account', 'account', account, parseAccount],
  ['an account’s policy data', 'account', policyData, parseAccount],
  ['one value of an account', 'account', 'passwordLastSetTime: 1795760000.75', parseAccount],
  ['a password policy', 'password-policy', passwordPolicy, (text) => parsePasswordPolicy(text)],
  ['a log in JSON', 'log', ndjson, (text) => parseLog(text).entries],
  ['a log', 'log', log, (text) => parseLog(text).entries],
];

describe.each(outputs)('%s', (_, source, text, parse) => {
  it('is not touched when it is plain', () => {
    expect(unwrap(source, text)).toEqual({ text, remark: null });
  });

  it.each([...wrappers])('is read within %s', (__, wrap) => {
    const { text: unwrapped, remark } = unwrap(source, wrap(text));
    expect(remark).toBeNull();
    expect(parse(unwrapped)).toEqual(parse(text));
  });
});

describe('an output of app-sso that a tool has changed within', () => {
  const lines = (text: string, wrap: (line: string, index: number) => string) =>
    text.split('\n').map(wrap).join('\n');
  const hex = (index: number) => (index * 7919).toString(16);
  const changes: readonly (readonly [string, (text: string) => string])[] = [
    ['line ends made blanks', (text) => text.replace(/\s+/g, ' ')],
    ['line ends removed', (text) => text.replaceAll('\n', '')],
    ['line ends made blanks, behind a word', (text) => `State: ${text.replaceAll('\n', ' ')}`],
    ['line breaks of HTML', (text) => `<p>${text.trimEnd().replaceAll('\n', '<br/>\n')}</p>`],
    ['line breaks of HTML without line ends', (text) => text.replaceAll('\n', '<br>')],
    ['no indentation', (text) => lines(text, (line) => line.trim())],
    ['no indentation, in a quotation', (text) => lines(text, (line) => `> ${line.trim()}`)],
    ['blanks that no line breaks at', (text) => text.replaceAll(' ', '\u00a0')],
    [
      'indentation of such blanks',
      (text) => text.replace(/^ +/gm, (blanks) => blanks.replaceAll(' ', '\u00a0')),
    ],
    ['typographic quotes', (text) => text.replace(/"([^"\n]*)"/g, '\u201c$1\u201d')],
    ['one backslash of two', (text) => text.replaceAll('\\\\', '\\')],
    [
      'the layout of the unified log',
      (text) =>
        lines(
          text,
          (line, index) =>
            `2026-11-27 09:00:00.12345${index % 10}+0100 0x${hex(index)}  Default 0x0 ${500 + index} 0 logger: ${line}`,
        ),
    ],
    [
      'the compact layout of the unified log',
      (text) =>
        lines(
          text,
          (line, index) => `2026-11-27 09:00:00.123 Df logger[${500 + index}:${hex(index)}] ${line}`,
        ),
    ],
    ['colours of a terminal', (text) => lines(text, (line) => `\u001b[0;32m${line}\u001b[0m`)],
    ['characters without a width', (text) => text.replaceAll(' : ', '\u200b : ')],
    [
      'paragraphs of HTML',
      (text) => lines(text, (line) => `<p class="x">${line.replaceAll('"', '&quot;')}</p>`),
    ],
    [
      'blanks of HTML',
      (text) => lines(text, (line) => `${line.replace(/ /g, '&nbsp;').replaceAll('"', '&quot;')}<br />`),
    ],
    ['headers of Markdown', (text) => text.replace(/^(\w+ (?:Configuration|Tokens):)$/gm, '**$1**')],
    [
      'a fence around each body',
      (text) => text.replace(/^ \{$/gm, '```json\n {').replace(/^\}$/gm, '}\n```'),
    ],
    ['commas before the end of a body', (text) => text.replace(/\n\}/g, ',\n}')],
    ['dots in place of a line', (text) => text.replace(/^ \{$/gm, ' {\n  ...')],
    ['a table of CSV with a head', (text) => `"host","out"\n"mac-01","${text.replaceAll('"', '""')}"`],
  ];
  const kerberosStatus = [{ realm: 'AD.EXAMPLE.ORG', importSuccessful: true, upn: 'robin\\@example.org@AD' }];
  it.each([...changes])('is read with %s', (_, change) => {
    for (const text of [
      print({ user: { ...user, kerberosStatus } }),
      print({ user: { ...user, state: 2 }, tokens: null }),
      notConfigured,
    ])
      expect(parseAppSso(unwrap('app-sso', change(text)).text)).toEqual(parseAppSso(text));
  });

  it('is read where values were taken out, and claims no loss for want of one', () => {
    const read = (text: string) => parseAppSso(unwrap('app-sso', text).text);
    const without = (key: string) => print().replace(new RegExp(`("${key}" : )[^,\\n]+`), '$1<redacted>');
    for (const key of ['uniqueIdentifier', 'lastLoginDate', 'loginFrequency', 'deviceSigningCertificate'])
      expect(read(without(key)).status, key).toBe('registered');
    for (const key of ['registrationCompleted', 'state'])
      expect(read(without(key)).status, key).toBe('unknown');
  });

  it('puts no section together from the words within one', () => {
    const login = { accountDisplayName: '1 User Configuration: { "state" : 0 }' };
    const text = print({ user: null, login });
    for (const [, change] of changes)
      expect(parseAppSso(unwrap('app-sso', change(text)).text).status).not.toBe('registered');
  });
});

it.each<[string, (text: string) => string]>([
  [
    'paragraphs of HTML',
    (text) =>
      text
        .split('\n')
        .map((line) => `<p>${line.replaceAll('<', '&lt;').replaceAll('"', '&quot;')}</p>`)
        .join('\n'),
  ],
  ['typographic quotes', (text) => text.replace(/="([^"\n]*)"/g, '=\u201c$1\u201d')],
  ['a table of CSV with a head', (text) => `"host","out"\n"mac-01","${text.replaceAll('"', '""')}"`],
  ['colours of a terminal', (text) => `\u001b[1m${text.replaceAll('\n', '\u001b[0m\n\u001b[1m')}`],
])('property lists are read with %s', (_, change) => {
  expect(parseAccount(unwrap('account', change(policyData)).text)).toEqual(parseAccount(policyData));
  expect(parsePasswordPolicy(unwrap('password-policy', change(passwordPolicy)).text)).toEqual(
    parsePasswordPolicy(passwordPolicy),
  );
});

it('a quoted copy of Console is read', () => {
  const copied = `> default\t09:00:10.101000+0100\tAppSSOAgent\tLogin Result = 4\n`;
  expect(parseLog(unwrap('log', copied).text).entries).toMatchObject([
    { meaning: 'login-result', result: 4 },
  ]);
});

it('a log whose line ends became blanks is read record by record', () => {
  const { entries } = parseLog(log);
  const joined = `Timestamp  Ty Process[PID:TID] ${log.replaceAll('\n', ' ')}`;
  expect(parseLog(unwrap('log', joined).text).entries).toEqual(entries);
  const dated = `${log.split('\n')[0]} since 2026-11-23 08:00:00.101 +0100 AppSSO`;
  expect(unwrap('log', dated).text).toBe(dated);
});

describe('a log in JSON whose messages are the lines', () => {
  const logged = (text: string, message: (line: string, index: number) => object) =>
    `{"level":"info","msg":"Checking…"}\n${text
      .split('\n')
      .map((line, index) => JSON.stringify(message(line, index)))
      .join('\n')}`;

  it.each(outputs.filter(([, source, text]) => source !== 'log' && text.includes('\n')))(
    'is read: %s',
    (_, source, text, parse) => {
      for (const pasted of [
        logged(text, (line, index) => ({ ts: 1_764_230_400 + index, level: 'info', msg: line })),
        logged(text, (line) => ({ log: `${line}\n`, stream: 'stdout' })),
      ])
        expect(parse(unwrap(source, pasted).text)).toEqual(parse(text));
    },
  );
});

it('two outputs, each in its own tags', () => {
  const one = (text: string) => `<result>${text.trimEnd()}</result>\n`;
  const text = `${one(print({ user: null }))}${one(print())}`;
  expect(parseAppSso(unwrap('app-sso', text).text)).toMatchObject({
    status: 'registered',
    observedAt: '2026-02-03T08:00:00Z',
    tokens: { expired: false },
  });
});

it('a field of CSV', () => {
  const text = `mac-01,"${print().replaceAll('"', '""').trimEnd()}"\n`;
  expect(parseAppSso(unwrap('app-sso', text).text)).toEqual(parseAppSso(print()));
});

it('a text in quotes', () => {
  expect(parseAppSso(unwrap('app-sso', `"${print().trimEnd()}"\n`).text)).toEqual(parseAppSso(print()));
});

it.each([
  ['app-sso', 'said: Device Configuration: is (null) here'],
  ['log', 'a line of AppSSOAgent without its time'],
] as const)('what can’t be unwrapped has a remark (%s)', (source, text) => {
  expect(unwrap(source, text).remark).toContain('remove what stands before');
});

it('a log in JSON of another tool is not wrapped in anything', () => {
  const objects = ndjson.split('\n').map((line): unknown => JSON.parse(line));
  for (const text of [
    JSON.stringify(objects),
    JSON.stringify(objects, null, 2),
    objects.map((object) => JSON.stringify(object, null, 4)).join('\n'),
  ]) {
    const { text: unwrapped, remark } = unwrap('log', text);
    expect(remark).toBeNull();
    expect(parseLog(unwrapped).entries).toEqual(parseLog(ndjson).entries);
  }
});

it.each(['passwordLastSetTime', 'accountPolicyData', 'dsAttrTypeStandard:AltSecurityIdentities'])(
  'the answer that there is no %s is not wrapped in anything',
  (name) => {
    expect(unwrap('account', `No such key: ${name}\n`).remark).toBeNull();
  },
);

it('a text of something else has no remark', () => {
  for (const source of ['app-sso', 'account', 'password-policy', 'log'] as const)
    expect(unwrap(source, 'nonsense\n{"a": "b"}\n> x')).toEqual({
      text: 'nonsense\n{"a": "b"}\n> x',
      remark: null,
    });
});

describe('ten megabytes', () => {
  const fill = (text: string) => text.repeat(Math.ceil(10_000_000 / text.length));
  it.each([
    ['of line ends', fill('\n')],
    ['of blanks', fill(' ')],
    ['of backslashes', fill('\\')],
    ['of escaped quotes', `Device Configuration:\\n${fill('\\"')}`],
    ['of quotes', `Device Configuration:\\n \\"${fill('"')}`],
    ['of digits before a header', `${fill('1')}Device Configuration:\n`],
    ['of digits in prefixes', fill(`${'1 '.repeat(90)}Device Configuration:\n`)],
    ['of prefixed headers', fill('> Device Configuration:\n')],
    ['of prefixes', `> Device Configuration:\n> User Configuration:\n${fill('>\n')}`],
    ['of entities', fill('&quot;a')],
    ['of open tags', fill('<plist')],
    ['of escaped lists', fill('&lt;plist')],
    ['of records in one line', fill('2026-11-23 09:00:10 AppSSO {"')],
    ['of records', fill('> 2026-11-23 09:00:10 AppSSO\n')],
    ['of dates', fill('\\n2026-11-23 ')],
    ['of brackets before a time', fill('<a>"')],
    ['of a quoted line', `"${fill('\\"')}"`],
    ['of quoted lines', fill('"Device Configuration:",\n')],
  ])('%s are read in a few seconds', (_, text) => {
    for (const source of ['app-sso', 'account', 'log'] as const) {
      const start = performance.now();
      const { text: unwrapped } = unwrap(source, text);
      expect(unwrapped.length).toBeLessThanOrEqual(text.length);
      expect(performance.now() - start).toBeLessThan(60_000);
    }
  });
});
