import { beforeEach, describe, expect, test } from 'vitest';
import { rereadOnTrouble, type TroubleRequest } from '../../agent/observe/reread-on-trouble.ts';
import { failed, type Reading, read } from '../../agent/shared/reading.ts';
import { hour, minute } from '../../agent/shared/time.ts';

const trouble: TroubleRequest = { full: true, asked: true, network: read('online') };
const off = { ok: false, reason: 'off' };

describe('a source that leaves the Mac', () => {
  let now: number;
  let reads: number;
  let value: Reading<string>;
  let poll: ReturnType<typeof rereadOnTrouble<Reading<string>>>;

  beforeEach(() => {
    now = Date.UTC(2026, 2, 2);
    reads = 0;
    value = read('a');
    const counted = async () => {
      reads++;
      return value;
    };
    poll = rereadOnTrouble({ clock: { now: () => now } }, counted, failed('off', 'not asked'));
  });

  const pollFor = async (time: number, request = trouble) => {
    for (const end = now + time; now < end; now += minute) await poll(request);
  };

  test('is not read while no issue asks, in a short poll, and offline', async () => {
    expect(await poll({ ...trouble, asked: false })).toMatchObject(off);
    expect(await poll({ ...trouble, full: false })).toMatchObject(off);
    expect(await poll({ ...trouble, network: read('offline') })).toMatchObject(off);
    expect(reads).toBe(0);
  });

  test('is confirmed after a quarter of an hour, and then read once an hour', async () => {
    await pollFor(16 * minute);
    expect(reads).toBe(2);
    await pollFor(24 * hour);
    expect(reads).toBeLessThanOrEqual(2 + 25);
  });

  test('is read each quarter of an hour at most, with any result', async () => {
    for (const end = now + 2 * hour; now < end; now += minute) {
      value = read(String(now));
      await poll(trouble);
    }
    expect(reads).toBeLessThanOrEqual(9);
  });

  test('is read no more often for trouble that comes and goes', async () => {
    for (const end = now + 2 * hour; now < end; now += minute) {
      await poll(trouble);
      await poll({ ...trouble, asked: false });
    }
    expect(reads).toBeLessThanOrEqual(9);
  });

  test('is read again for new trouble: a confirmation of the one before is none', async () => {
    await pollFor(20 * minute);
    expect(await poll({ ...trouble, asked: false })).toMatchObject(off);
    now += 16 * minute;
    value = read('b');
    expect(await poll(trouble)).toEqual(read('b'));
  });

  test('has no value while the Mac is offline', async () => {
    await pollFor(20 * minute);
    expect(await poll({ ...trouble, network: read('offline') })).toMatchObject(off);
  });
});
