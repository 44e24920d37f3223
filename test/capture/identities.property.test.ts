import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { captureOf } from '../../agent/capture/capture.ts';
import { FreeText } from '../../agent/capture/free-text.ts';
import { redactLogText } from '../../agent/diagnose/redact-log.ts';
import { printedState, settingsState, understoodState } from '../../agent/diagnose/state.ts';
import { type Derive, Redactor } from '../../agent/mac/redact/redactor.ts';
import { formsOf } from './forms.ts';
import { type Identities, logOf, snapshotOfMacOf, textsOf } from './named-mac.ts';

/**
 * Stand-ins that depend only on the order in which things are met: nothing of what they stand for can be in
 * them.
 */
function inOrder(): Derive {
  const met = new Map<string, number>();
  return (kind, value) => {
    const key = `${kind}\0${value}`;
    const number = met.get(key) ?? met.size;
    met.set(key, number);
    return createHash('sha256').update(`${kind} ${number}`).digest();
  };
}

/** All that would be given away of this Mac. */
async function givenAway(who: Identities): Promise<string> {
  const snapshot = await snapshotOfMacOf(who);
  const redactor = new Redactor({ derive: inOrder() });
  const freeText = new FreeText(redactor, [...snapshot.identities, who.organisation, who.local]);
  const capture = await captureOf({ snapshot, history: null }, { redactor });
  const state = await understoodState(snapshot, redactor);
  const printed = await printedState(snapshot, redactor);
  const settings = settingsState(snapshot, freeText);
  const log = redactLogText(logOf(who), 0, freeText);
  return [capture.text, JSON.stringify(state), ...Object.values(printed), JSON.stringify(settings), log].join(
    '\n',
  );
}

const names = fc.oneof(
  fc.constantFrom(
    'al',
    'mac',
    'sso',
    'user',
    'platform',
    'time',
    'entra',
    'müller',
    "o'neil",
    'zoë.grün+test',
    'al-mac',
    'tgt',
    'none',
    '張偉',
    'иван',
    'true',
    'name',
    'a',
    'com',
    'example',
    'i',
    '42',
  ),
  fc.stringMatching(/^[a-zäöüéß][a-zäöüß'+._-]{1,14}[a-z]$/),
);
const domains = fc.oneof(
  fc.constantFrom(
    'contoso.example',
    'al.mac',
    'sso.microsoft.example',
    'mac.contoso.onmicrosoft.com',
    'müller.example',
    'example.org',
  ),
  fc.stringMatching(/^[a-z][a-z0-9-]{1,12}[a-z]\.(?:example|test|onmicrosoft\.com)$/),
);
const organisations = fc.constantFrom(
  'Contoso',
  'Al & Söhne',
  'SSO Platform',
  'Mac & Co',
  "O'Neil's",
  'Microsoft Entra Fans',
  '東京',
);
const key = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('base64'));
const identities: fc.Arbitrary<Identities> = fc.record({
  account: names.map((name) => name.replaceAll('/', '')),
  local: names,
  domain: domains,
  tenant: fc.uuid(),
  deviceId: fc.uuid(),
  organisation: organisations,
  keys: fc.tuple(key, key, key),
});

/**
 * The same Mac with stand-ins: another name for each, of the same case, and the same ones where they are the
 * same.
 */
function withStandIns(who: Identities): Identities {
  const bytes = (fill: number) => Buffer.alloc(32, fill).toString('base64');
  return {
    account: 'qqqaccount',
    local: who.local === who.account ? 'qqqaccount' : 'qqqlocal',
    domain: 'qqqdomain.example',
    tenant: 'aaaaaaaa-1111-4111-8111-111111111111',
    deviceId: 'bbbbbbbb-2222-4222-8222-222222222222',
    organisation: who.organisation,
    keys: [bytes(1), bytes(2), bytes(3)],
  };
}

describe('what is given away of a Mac', () => {
  test('the scenario and the state are the same, byte by byte, for every identity', async () => {
    const scenario = async (who: Identities) => {
      const snapshot = await snapshotOfMacOf(who);
      const redactor = new Redactor({ derive: inOrder() });
      const { text } = await captureOf({ snapshot, history: null }, { redactor });
      return text + JSON.stringify(await printedState(snapshot, redactor));
    };
    await fc.assert(
      fc.asyncProperty(identities, async (who) => {
        // That a name is in capitals is not hidden, nor that two are the same one.
        fc.pre(/[a-f]/.test(who.tenant) && /[a-f]/.test(who.deviceId) && new Set(who.keys).size === 3);
        expect(await scenario(who)).toBe(await scenario(withStandIns(who)));
      }),
      { numRuns: 25 },
    );
  });

  test('holds no identity and no key, in any form', async () => {
    await fc.assert(
      fc.asyncProperty(identities, async (who) => {
        const text = await givenAway(who);
        const ordinary = (await givenAway(withStandIns(who))).toLowerCase();
        const secret = [
          ...who.keys.flatMap((one) => [one.slice(0, 16), one.slice(10, 26), one.slice(28)]),
          who.tenant,
          who.deviceId,
        ];
        const named = [
          who.local,
          who.account,
          who.domain,
          who.domain.split('.')[0] ?? '',
          `${who.local}@${who.domain}`,
        ];
        for (const identity of [...secret, ...named]) {
          for (const form of formsOf(identity)) {
            // A name that is an ordinary word is also an ordinary word on another Mac.
            if (text.includes(form)) expect(ordinary, `${identity} as ${form}`).toContain(form.toLowerCase());
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  test('and the test would see it: the texts themselves hold them all', () => {
    const who = withStandIns(fc.sample(identities, 1)[0] ?? fail());
    const { appSso, profile, passwordPolicy, workplaceJoin } = textsOf(who);
    const whole = [appSso, profile, passwordPolicy, workplaceJoin, logOf(who)].join('\n');
    for (const identity of [who.local, who.account, who.domain, who.tenant, ...who.keys])
      expect(whole).toContain(identity);
  });
});

function fail(): never {
  throw new Error('there is no sample');
}
