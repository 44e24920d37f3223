import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { parseAppSso } from '../../agent/mac/parse/app-sso.ts';
import { askSeldom } from '../../agent/observe/ask-seldom.ts';
import { createSingleLook } from '../../agent/observe/observe.ts';
import { lookAt } from '../../agent/observe/reuse.ts';
import type { AppSso, WorkplaceJoin } from '../../agent/types/observation.ts';
import { failed, type Reading, read } from '../../agent/types/reading.ts';
import { day, hour, minute } from '../../agent/types/time.ts';
import { initialMac } from '../mac/model.ts';
import { renderAppSso } from '../mac/render/app-sso.ts';
import { VirtualMac } from '../mac/virtual-mac.ts';

const own = '11111111-4b5a-6978-8796-a5b4c3d2e1f0';
const others = '22222222-4b5a-6978-8796-a5b4c3d2e1f0';
const certificateOf = (deviceId: string): WorkplaceJoin => ({
  leftovers: [{ kind: 'certificate', deviceId }],
});
const nothing: WorkplaceJoin = { leftovers: [] };

/** `app-sso` of a Mac that is registered as this device. */
function registeredAs(deviceId: string): Reading<AppSso> {
  const mac = initialMac({ start: 0, macos: '15.6', user: 'alex' });
  if (mac.psso === null) throw new Error('the Mac of this test is registered');
  return read(parseAppSso(renderAppSso({ ...mac, psso: { ...mac.psso, deviceId } }, 0)));
}

describe('the login keychain', () => {
  let keychain: string | null;
  let appSso: Reading<AppSso>;
  let said: Reading<WorkplaceJoin>;
  let asked: number[];
  let look: (at: number) => Promise<Reading<WorkplaceJoin>>;

  beforeEach(() => {
    keychain = 'as it was';
    appSso = registeredAs(own);
    said = read(nothing);
    asked = [];
    const ask = askSeldom('/keychain');
    const files = {
      read: async () => failed('missing', ''),
      stamp: async (path: string) => (path === '/keychain' ? keychain : 'macOS'),
    };
    look = (at) =>
      ask(lookAt(files, at), appSso, async () => {
        asked.push(at / minute);
        return said;
      });
  });

  const lookEach5Minutes = async (from: number, to: number) => {
    for (let at = from; at < to; at += 5 * minute) await look(at);
  };

  test('is left alone at the first look, asked at the second, and then once a day', async () => {
    expect(await look(0)).toEqual(failed('off', 'the login keychain is not read at the first look of a run'));
    await lookEach5Minutes(5 * minute, 3 * day);
    expect(asked).toEqual([5, 5 + 24 * 60, 5 + 2 * 24 * 60]);
  });

  test('is asked each half hour at most, however often it is written to', async () => {
    await look(0);
    for (let at = 5 * minute; at <= 2 * hour; at += minute) {
      keychain = `written to at ${at}`;
      await look(at);
    }
    expect(asked).toEqual([5, 35, 65, 95]);
  });

  test('is asked as soon as half an hour is over when it was written to meanwhile', async () => {
    await lookEach5Minutes(0, 15 * minute);
    keychain = 'another';
    await lookEach5Minutes(15 * minute, 3 * hour);
    expect(asked).toEqual([5, 35]);
  });

  test('is asked at once when another device is registered, and when the registration is lost', async () => {
    await lookEach5Minutes(0, 15 * minute);
    appSso = registeredAs(others);
    await look(15 * minute);
    appSso = read(parseAppSso('(null)'));
    await look(20 * minute);
    await look(25 * minute);
    expect(asked).toEqual([5, 15]);
  });

  test('an unreadable app-sso is no other registration', async () => {
    await lookEach5Minutes(0, 15 * minute);
    appSso = failed('timeout', 'no answer');
    await look(15 * minute);
    appSso = registeredAs(own);
    await look(20 * minute);
    expect(asked).toEqual([5]);
  });

  test('is asked a second time about what was left, and followed until it is gone', async () => {
    said = read(certificateOf(others));
    await lookEach5Minutes(0, 30 * minute);
    expect(asked).toEqual([5, 10]);
    keychain = 'cleaned up';
    said = read(nothing);
    expect(await look(30 * minute)).toEqual(read(nothing));
    keychain = 'another';
    await look(35 * minute);
    expect(asked).toEqual([5, 10, 30]);
  });

  test("a certificate of the present registration's own is nothing to follow", async () => {
    said = read(certificateOf(own));
    await lookEach5Minutes(0, 15 * minute);
    keychain = 'another';
    await look(15 * minute);
    expect(asked).toEqual([5, 10]);
  });

  test('is asked again after a failure, then seldom', async () => {
    said = failed('exit', 'security failed');
    await lookEach5Minutes(0, 3 * hour);
    expect(asked).toEqual([5, 10]);
    keychain = 'mended';
    said = read(nothing);
    expect(await look(3 * hour)).toEqual(read(nothing));
  });

  test('what it says is half an hour old at most, and what was left is known to be gone at the next look', async () => {
    const steps = fc.array(
      fc.record({
        wait: fc.integer({ min: 1, max: 40 }),
        left: fc.option(fc.constantFrom(nothing, certificateOf(own), certificateOf(others)), {
          nil: undefined,
        }),
        app: fc.constantFrom('as it was', 'unreadable'),
      }),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (given) => {
        const ask = askSeldom('/keychain');
        let stamp = 0;
        let at = 0;
        let now = nothing;
        let trueUntil = new Map<string, number>();
        const files = { read: async () => failed('missing', ''), stamp: async () => String(stamp) };
        await ask(lookAt(files, at), registeredAs(own), async () => read(now));
        for (const { wait, left, app } of given) {
          at += wait * minute;
          // Until this moment the keychain said what it said before.
          trueUntil = new Map(trueUntil).set(JSON.stringify(now), at);
          if (left !== undefined) {
            stamp++;
            now = left;
          }
          const registered = app === 'unreadable' ? failed('exit', '') : registeredAs(own);
          const answer = await ask(lookAt(files, at), registered, async () => read(now));
          if (!answer.ok) throw new Error('it was asked, or asked before');
          const text = JSON.stringify(answer.value);
          if (text === JSON.stringify(now)) continue;
          expect(at - (trueUntil.get(text) ?? Number.NEGATIVE_INFINITY)).toBeLessThan(30 * minute);
          expect(answer.value).not.toEqual(certificateOf(others));
        }
      }),
    );
  });
});

test('whoever looks once asks the login keychain too', async () => {
  const { runner, files, who, clock } = new VirtualMac({ start: 0, macos: '15.6', user: 'alex' });
  const { workplaceJoin } = await createSingleLook({ runner, files, who, clock })();
  expect(workplaceJoin).toEqual(read(nothing));
});
