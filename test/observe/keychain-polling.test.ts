import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { initialMac } from '../../agent/mac/simulated/model.ts';
import { parseAppSso } from '../../agent/mac/sources/app-sso/parse-app-sso.ts';
import { renderAppSso } from '../../agent/mac/sources/app-sso/simulated.ts';
import { keychainPolling } from '../../agent/observe/keychain-polling.ts';
import { observeOnce } from '../../agent/observe/observe.ts';
import type { AppSso, WorkplaceJoin } from '../../agent/shared/observation.ts';
import { failed, type Reading, read } from '../../agent/shared/reading.ts';
import { day, hour, minute, second } from '../../agent/shared/time.ts';
import { VirtualMac } from '../../agent/simulation/virtual-mac.ts';

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

/** `app-sso` of a Mac whose registration is not complete, or lost. */
function notRegistered(): Reading<AppSso> {
  const mac = initialMac({ start: 0, macos: '15.6', user: 'alex' });
  if (mac.psso === null) throw new Error('the Mac of this test is registered');
  const psso = { ...mac.psso, registered: false, userPresent: false };
  const answer = parseAppSso(renderAppSso({ ...mac, psso }, 0));
  expect(answer.status).toBe('notRegistered');
  return read(answer);
}

const failure = failed('exit', 'security failed');

/** The login keychain and a sequence of polls. */
class Keychain {
  stamp: string | null = 'stamp 0';
  appSso = registeredAs(own);
  says: Reading<WorkplaceJoin> = read(nothing);
  /** Minutes. */
  readonly asked: number[] = [];
  /** Of the wall clock, beside the time that passes. */
  shift = 0;
  #passed = 0;
  readonly #read = keychainPolling(
    { clock: { now: () => this.#passed + this.shift, monotonic: () => this.#passed } },
    ['/keychain'],
  );

  poll(passed: number): Promise<Reading<WorkplaceJoin>> {
    this.#passed = passed;
    const stamps = { stamp: async () => this.stamp };
    return this.#read({ appSso: this.appSso, stamps }, async () => {
      this.asked.push(passed / minute);
      return this.says;
    });
  }

  /** Polls from the first moment on, up to the second one. */
  async pollEach(every: number, from: number, to: number, before = (_at: number) => {}): Promise<void> {
    for (let at = from; at < to; at += every) {
      before(at);
      await this.poll(at);
    }
  }
}

describe('the login keychain', () => {
  let keychain: Keychain;
  beforeEach(() => {
    keychain = new Keychain();
  });

  const writtenToAlways = (at: number) => {
    keychain.stamp = `written to at ${at}`;
  };

  test('is not read in the first minute, then read, and then once a day', async () => {
    for (const at of [0, 20, 59].map((seconds) => seconds * second))
      expect(await keychain.poll(at)).toEqual(
        failed('off', 'the login keychain is not read in the first minute of a run'),
      );
    await keychain.pollEach(5 * minute, 5 * minute, 3 * day);
    expect(keychain.asked).toEqual([5, 5 + 24 * 60, 5 + 2 * 24 * 60]);
  });

  test('is read right after the first minute of a run, also when the session started much later', async () => {
    expect(await keychain.poll(minute)).toEqual(read(nothing));
  });

  test('is read at most each half hour while its file changes', async () => {
    await keychain.pollEach(minute, 5 * minute, 2 * hour, writtenToAlways);
    expect(keychain.asked).toEqual([5, 35, 65, 95]);
  });

  test('is read as soon as half an hour is over when it was written to meanwhile', async () => {
    await keychain.pollEach(5 * minute, 0, 15 * minute);
    keychain.stamp = 'another';
    await keychain.pollEach(5 * minute, 15 * minute, 3 * hour);
    expect(keychain.asked).toEqual([5, 35]);
  });

  test('is read each half hour without a change stamp', async () => {
    keychain.stamp = null;
    await keychain.pollEach(5 * minute, 0, 75 * minute);
    expect(keychain.asked).toEqual([5, 35, 65]);
  });

  test('is read when another device is registered, not when a registration is lost or begun', async () => {
    await keychain.pollEach(5 * minute, 0, 15 * minute);
    keychain.appSso = notRegistered();
    await keychain.pollEach(minute, 15 * minute, 25 * minute);
    keychain.appSso = registeredAs(own);
    await keychain.pollEach(minute, 25 * minute, 35 * minute);
    expect(keychain.asked).toEqual([5]);
    keychain.appSso = registeredAs(others);
    await keychain.pollEach(minute, 35 * minute, 45 * minute);
    expect(keychain.asked).toEqual([5, 35]);
  });

  test('is read a second time when the first registration comes just after the first read', async () => {
    keychain.appSso = notRegistered();
    await keychain.pollEach(minute, 0, 2 * minute);
    keychain.appSso = registeredAs(own);
    await keychain.pollEach(minute, 2 * minute, 30 * minute);
    expect(keychain.asked).toEqual([1, 6]);
  });

  test('an unreadable app-sso is no other registration', async () => {
    await keychain.pollEach(5 * minute, 0, 15 * minute);
    for (const answer of [failed('timeout', 'no answer'), read(parseAppSso('(null)'))]) {
      keychain.appSso = answer;
      await keychain.poll(15 * minute);
      keychain.appSso = registeredAs(own);
      await keychain.poll(20 * minute);
    }
    expect(keychain.asked).toEqual([5]);
  });

  test('is read a second time after a leftover, and followed until that is gone', async () => {
    keychain.says = read(certificateOf(others));
    await keychain.pollEach(5 * minute, 0, 30 * minute);
    expect(keychain.asked).toEqual([5, 10]);
    keychain.stamp = 'cleaned up';
    keychain.says = read(nothing);
    expect(await keychain.poll(30 * minute)).toEqual(read(certificateOf(others)));
    expect(await keychain.poll(35 * minute)).toEqual(read(nothing));
    keychain.stamp = 'another';
    await keychain.pollEach(5 * minute, 40 * minute, 60 * minute);
    expect(keychain.asked).toEqual([5, 10, 30, 35]);
  });

  test('a change is not confirmed by a second read within seconds', async () => {
    keychain.says = read(certificateOf(others));
    for (const at of [5 * minute, 5 * minute, 5 * minute + 10 * second])
      expect(await keychain.poll(at)).toEqual(read(certificateOf(others)));
    expect(keychain.asked).toEqual([5]);
    await keychain.poll(5 * minute + 25 * second);
    expect(keychain.asked).toHaveLength(2);
  });

  test('a leftover is followed for an hour, each five minutes at most', async () => {
    keychain.says = read(certificateOf(others));
    await keychain.pollEach(minute, 5 * minute, 2 * hour, writtenToAlways);
    expect(keychain.asked).toEqual([5, 6, 11, 16, 21, 26, 31, 36, 41, 46, 51, 56, 61, 91]);
  });

  test('a certificate of the present registration is no leftover', async () => {
    keychain.says = read(certificateOf(own));
    await keychain.pollEach(5 * minute, 0, 15 * minute);
    keychain.stamp = 'another';
    await keychain.poll(15 * minute);
    expect(keychain.asked).toEqual([5, 10]);
  });

  test('is read again by the poll after a failure, then each half hour until it can be read', async () => {
    keychain.says = failure;
    await keychain.pollEach(5 * minute, 0, 75 * minute);
    expect(keychain.asked).toEqual([5, 10, 40, 70]);
    keychain.says = read(nothing);
    await keychain.pollEach(5 * minute, 75 * minute, 5 * hour);
    expect(keychain.asked).toEqual([5, 10, 40, 70, 100]);
  });

  test('a leftover is kept over failures', async () => {
    keychain.says = read(certificateOf(others));
    await keychain.pollEach(5 * minute, 0, 15 * minute);
    keychain.stamp = 'cleaned up';
    keychain.says = failure;
    await keychain.pollEach(5 * minute, 15 * minute, 25 * minute);
    keychain.says = read(nothing);
    expect(await keychain.poll(25 * minute)).toEqual(failure);
    expect(await keychain.poll(30 * minute)).toEqual(read(nothing));
  });

  test('is read again after a clock change back', async () => {
    await keychain.pollEach(5 * minute, 0, 2 * hour);
    expect(keychain.asked).toEqual([5]);
    keychain.shift = -30 * day;
    await keychain.pollEach(5 * minute, 2 * hour, 4 * hour);
    expect(keychain.asked).toEqual([5, 120]);
  });

  test('is not read in the first minute, also when the clock is set meanwhile', async () => {
    await keychain.poll(0);
    for (const shift of [-hour, hour]) {
      keychain.shift = shift;
      await keychain.poll(5 * second);
    }
    expect(keychain.asked).toEqual([]);
  });

  test('one different reading does not end a leftover: its end takes two readings too', async () => {
    keychain.says = read(certificateOf(others));
    await keychain.pollEach(5 * minute, 0, 15 * minute);
    keychain.stamp = 'written to';
    keychain.says = read(nothing);
    expect(await keychain.poll(15 * minute)).toEqual(read(certificateOf(others)));
    keychain.says = read(certificateOf(others));
    expect(await keychain.poll(20 * minute)).toEqual(read(certificateOf(others)));
    expect(keychain.asked).toEqual([5, 10, 15, 20]);
  });

  test('is read at most three times in a row, and otherwise at most each five minutes', async () => {
    const steps = fc.array(
      fc.record({
        wait: fc.integer({ min: 1, max: 7 }),
        written: fc.boolean(),
        says: fc.constantFrom<Reading<WorkplaceJoin>>(
          read(nothing),
          read(certificateOf(own)),
          read(certificateOf(others)),
          failure,
        ),
        app: fc.constantFrom(registeredAs(own), registeredAs(others), notRegistered(), failure),
      }),
      { maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (given) => {
        const restless = new Keychain();
        const polls: number[] = [];
        let at = 0;
        for (const { wait, written, says, app } of given) {
          at += wait * minute;
          if (written) restless.stamp = `written to at ${at}`;
          restless.says = says;
          restless.appSso = app;
          polls.push(at / minute);
          await restless.poll(at);
        }
        let inARow = 1;
        for (const [index, asked] of restless.asked.entries()) {
          const before = restless.asked[index - 1];
          if (before === undefined) continue;
          const next = polls[polls.indexOf(before) + 1] === asked;
          inARow = next ? inARow + 1 : 1;
          if (!next || inARow > 3) expect(asked - before).toBeGreaterThanOrEqual(5);
          if (asked - before >= 5) inARow = 1;
        }
      }),
      { numRuns: 300 },
    );
  });

  test('its reading is half an hour old at most', async () => {
    const steps = fc.array(
      fc.record({
        wait: fc.integer({ min: 1, max: 40 }),
        left: fc.option(fc.constantFrom(nothing, certificateOf(own), certificateOf(others)), {
          nil: undefined,
        }),
        fails: fc.boolean(),
        app: fc.constantFrom(registeredAs(own), notRegistered(), failure),
      }),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (given) => {
        const changing = new Keychain();
        let at = 0;
        let now = nothing;
        let trueUntil = new Map<string, number>();
        for (const { wait, left, fails, app } of given) {
          at += wait * minute;
          // Until this moment the keychain has the same result as before.
          trueUntil = new Map(trueUntil).set(said(changing.says), at);
          if (left !== undefined) {
            changing.stamp = `written to at ${at}`;
            now = left;
          }
          changing.says = fails ? failure : read(now);
          changing.appSso = app;
          const answer = said(await changing.poll(at));
          if (answer === said(changing.says)) continue;
          // Read just now: a removal must be read twice.
          if (changing.asked.at(-1) === at / minute) continue;
          // That it can't be read now need not be known.
          if (fails) trueUntil.set(said(read(now)), at);
          expect(at - (trueUntil.get(answer) ?? Number.NEGATIVE_INFINITY)).toBeLessThan(30 * minute);
        }
      }),
      { numRuns: 300 },
    );
  });
});

const said = (reading: Reading<WorkplaceJoin>) => JSON.stringify(reading.ok ? reading.value : reading.reason);

test('a single poll reads the login keychain too', async () => {
  const { runner, files, who, clock } = new VirtualMac({ start: 0, macos: '15.6', user: 'alex' });
  const { workplaceJoin } = await observeOnce({ runner, files, who, clock });
  expect(workplaceJoin).toEqual(read(nothing));
});
