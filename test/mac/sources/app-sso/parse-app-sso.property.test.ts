import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptInput } from '../../../../agent/mac/parse/input.ts';
import { unwrap } from '../../../../agent/mac/parse/pasted/unwrap.ts';
import { parseAppSso } from '../../../../agent/mac/sources/app-sso/parse-app-sso.ts';
import { appSso } from '../../../../agent/shared/observation.ts';
import { wrappers } from '../../parse/pasted/wrappers.ts';
import { device, login, notConfigured, print, tokens, user } from './printed-app-sso.ts';

const runs = { numRuns: 300 };

/** The bodies of a section by another method: a pattern over the whole text. */
function bodies(text: string, header: string): Record<string, unknown>[] {
  const found: Record<string, unknown>[] = [];
  for (const [, json = ''] of text.matchAll(
    new RegExp(`^${header}\\s*\\n(?=\\s*(\\{.*\\}(?=[ \\t]*$)|\\{[^]*?^\\}))`, 'gm'),
  )) {
    try {
      found.push(JSON.parse(json));
    } catch {
      // Not evidence.
    }
  }
  return found;
}

function holdsEvidence(text: string): boolean {
  return (
    bodies(text, 'Device Configuration:').some(
      ({ registrationCompleted }) => registrationCompleted === true,
    ) &&
    bodies(text, 'User Configuration:').some(({ state }) =>
      /(?:^|\()-?0+\)?$|^POUserStateNormal ?\(-?\d+\)$/.test(String(state).trim()),
    )
  );
}

/** An answer that keeps its contract, for any options. */
function checkedAnswer(text: string) {
  const answer = parseAppSso(text, { account: 'robin' });
  expect(appSso.parse(answer)).toEqual(answer);
  expect(answer.reason === null).toBe(answer.status !== 'unknown');
  if (answer.status === 'registered') expect(holdsEvidence(text)).toBe(true);
  return answer;
}

const state = fc.oneof(
  fc.constantFrom(
    'POUserStateNormal (0)',
    'POUserStateNeedsRegistration (2)',
    '(null) (6)',
    'Normal',
    '',
    'x (00)',
  ),
  fc.integer({ min: -3, max: 120 }),
  fc.jsonValue(),
);
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom('POLoginTypePassword (1)', 'None (0)', '2026-02-03T08:00:00Z'),
);
const body = (own: Record<string, unknown>) =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom<null | 'missing'>(null, 'missing') },
    {
      weight: 4,
      arbitrary: fc
        .tuple(
          fc.dictionary(fc.oneof(fc.constantFrom(...Object.keys(own)), fc.string()), value, { maxKeys: 4 }),
          fc.boolean(),
        )
        .map(([changes, keep]) => ({ ...(keep ? own : {}), ...changes })),
    },
  );
const output = fc
  .record({
    time: fc.oneof(fc.constant('2026-02-03 08:00:00 +0000'), fc.constant(null), fc.string()),
    device: body(device),
    login: body(login),
    user: fc
      .tuple(body(user), state)
      .map(([own, number]) => (own === null || own === 'missing' ? own : { ...own, state: number })),
    tokens: fc.oneof(fc.constant(tokens), fc.constant(null), fc.array(fc.string(), { maxLength: 5 })),
  })
  .map(print);

const edit = fc.record({
  at: fc.nat(3_000),
  removed: fc.nat(80),
  inserted: fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom(
      '\n',
      '}\n',
      '{',
      '\n}\n',
      '"',
      ' (null)\n',
      '\nUser Configuration:\n',
      '\nTime: now\n',
      'true',
      '(0)',
      '\\',
    ),
  ),
});
function edited(text: string, edits: readonly { at: number; removed: number; inserted: string }[]): string {
  return edits.reduce(
    (result, { at, removed, inserted }) => result.slice(0, at) + inserted + result.slice(at + removed),
    text,
  );
}

describe('no text', () => {
  it('crashes the parser or breaks the contract', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 500 }), output), (text) => {
        checkedAnswer(text);
      }),
      runs,
    );
  });

  it('says registered without evidence, after any edit of a real one', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(print(), notConfigured, print({ user: null })),
        fc.array(edit, { maxLength: 4 }),
        (text, edits) => {
          checkedAnswer(edited(text, edits));
        },
      ),
      runs,
    );
  });

  it('says registered after it was wrapped, pasted and edited, unless it was registered before', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          print(),
          notConfigured,
          print({ user: null }),
          print({ user: { ...user, state: 2 } }),
        ),
        fc.array(edit, { maxLength: 4 }),
        fc.constantFrom(...wrappers.values()),
        fc.array(edit, { maxLength: 2 }),
        (text, before, wrap, after) => {
          const inner = edited(text, before);
          const answer = parseAppSso(unwrap('app-sso', edited(wrap(inner), after)).text);
          if (answer.status === 'registered') expect(holdsEvidence(text)).toBe(true);
        },
      ),
      runs,
    );
  });

  it('says registered without evidence, after its lines were shuffled or printed twice', () => {
    const lines = print().split('\n');
    fc.assert(
      fc.property(fc.array(fc.nat(lines.length), { maxLength: 8 }), fc.boolean(), (cuts, twice) => {
        const edges = [0, ...cuts.sort((a, b) => a - b), lines.length];
        const pieces = edges.slice(1).map((edge, index) => lines.slice(edges[index], edge));
        const moved = [...pieces.reverse(), ...(twice ? pieces : [])];
        checkedAnswer(moved.flat().join('\n'));
      }),
      runs,
    );
  });

  it('puts the status of one output together from two', () => {
    fc.assert(
      fc.property(output, output, (first, second) => {
        fc.pre(first.includes('Time: ') && second.startsWith('Time: '));
        const statuses = [parseAppSso(first).status, parseAppSso(second).status];
        expect(statuses).toContain(parseAppSso(`${first}\n${second}`).status);
      }),
      runs,
    );
  });
});

describe('an output that is cut off', () => {
  const bytes = new TextEncoder().encode(print());
  const endOfUser = print().indexOf('\n}\n', print().indexOf('User Configuration:')) + '\n}'.length;
  const endOfDevice = print().indexOf('\n}\n') + '\n}'.length;

  it('is registered only where both sections are whole, at every byte', () => {
    for (let length = 0; length <= bytes.length; length += 1) {
      const input = acceptInput(bytes.subarray(0, length));
      const answer = parseAppSso(input.ok ? input.text : '');
      expect([length, answer.status]).toEqual([length, length >= endOfUser ? 'registered' : 'unknown']);
      if (length < endOfDevice) expect(answer.device).toBeNull();
    }
  });

  it('is not configured only where the device section is literally null', () => {
    const end = notConfigured.indexOf(' (null)') + ' (null)'.length;
    for (let length = 0; length <= notConfigured.length; length += 1) {
      const expected = length >= end ? 'notConfigured' : 'unknown';
      expect([length, parseAppSso(notConfigured.slice(0, length)).status]).toEqual([length, expected]);
    }
  });
});

describe('an identity', () => {
  const secrets = [
    'robin.quill@corp.example',
    'robin\\@corp.example@KERBEROS.EXAMPLE',
    'Robin Quill',
    'zaDK7K1qaG4xnV1Sd9tXvBNjnBmwU08UvuqNFjgINLQ=',
    '7d1f6c2a-9b3e-4f5a-8c6d-0123456789ef',
    'eyJhbGciOiJub25lIn0.c2VjcmV0.c2ln+nature/',
    '-----BEGIN CERTIFICATE-----\nMIIB',
  ] as const;

  function replaceStrings(value: unknown, replace: (text: string) => string): unknown {
    if (typeof value === 'string') return replace(value);
    if (Array.isArray(value)) return value.map((entry) => replaceStrings(entry, replace));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, replaceStrings(inner, replace)]),
    );
  }
  function object(value: unknown): Record<string, unknown> {
    return typeof value === 'object' && value !== null ? { ...value } : {};
  }

  it('in any text of any section never leaves the parser', () => {
    const form = fc.constantFrom<(secret: string, text: string) => string>(
      (secret) => secret,
      (secret) => `${secret} (0)`,
      (secret, text) => `${text}${secret}`,
      (secret, text) => `${secret} ${text}`,
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...secrets),
        form,
        fc.infiniteStream(fc.boolean()),
        (secret, put, coins) => {
          const replace = (text: string) => (coins.next().value === true ? put(secret, text) : text);
          const text = print({
            device: object(replaceStrings({ ...device, nonPlatformSSOAccounts: [secret] }, replace)),
            login: object(replaceStrings(login, replace)),
            user: object(replaceStrings(user, replace)),
            tokens: tokens.map((line) => (line.endsWith(':') ? line : replace(line).replaceAll('\n', ' '))),
            time: replace('2026-02-03 08:00:00 +0000').replaceAll('\n', ' '),
          });
          const answer = JSON.stringify(parseAppSso(`${secret}\n${text}\n${secret}\n`, { account: secret }));
          expect(answer).not.toContain(JSON.stringify(secret).slice(1, -1));
        },
      ),
      runs,
    );
  });
});

describe('ten megabytes', () => {
  const size = 10_000_000;
  const fill = (text: string) => text.repeat(Math.ceil(size / text.length));

  it.each([
    ['of empty lines', fill('\n')],
    ['of blanks', fill(' ')],
    ['of braces', fill('{')],
    ['in one line', fill('Device Configuration: ')],
    ['of headers', fill('Device Configuration:\n')],
    ['of outputs that are not configured', fill(notConfigured)],
    ['of unknown sections', fill('Guest Configuration:\n {\n}\n')],
    ['of nesting in a body', `Device Configuration:\n {\n "a" : ${fill('[')}\n}\n`],
    [
      'of whole nesting in a body',
      `Device Configuration:\n {\n "a" : ${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}\n}\n`,
    ],
    ['in the number of a state', print({ user: { ...user, state: `(${fill('0')})` } })],
    [
      'of Kerberos entries',
      print({ user: { ...user, kerberosStatus: Array(100_000).fill({ realm: 'A.EXAMPLE' }), state: 2 } }),
    ],
  ])('%s are answered, and never as registered', (_, text) => {
    const answer = parseAppSso(text);
    expect(answer.status).not.toBe('registered');
    expect(JSON.stringify(answer).length).toBeLessThan(50_000);
  });
});
