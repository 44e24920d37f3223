import { beforeEach, describe, expect, test } from 'vitest';
import { rereadRarely } from '../../agent/observe/reread-rarely.ts';
import { failed, type Reading, read } from '../../agent/shared/reading.ts';
import { day, hour, minute } from '../../agent/shared/time.ts';

const quiet = { full: true, asked: false };

describe('a source that is read rarely', () => {
  let now: number;
  let stamp: string;
  let reads: number;
  let value: Reading<string>;
  let poll: (request: { full: boolean; asked: boolean }) => Promise<Reading<string>>;

  beforeEach(() => {
    now = Date.UTC(2026, 2, 2);
    stamp = 'one';
    reads = 0;
    value = read('a');
    const source = rereadRarely({ clock: { now: () => now } }, ['/x'], async () => {
      reads++;
      return value;
    });
    poll = (request) => source({ ...request, stamps: { stamp: async () => stamp } });
  });

  test('is read once, and again after a day', async () => {
    for (let at = 0; at < 26; at++) {
      expect(await poll(quiet)).toEqual(read('a'));
      now += hour;
    }
    expect(reads).toBe(2);
  });

  test('is not read by a short poll, except the first of a run', async () => {
    await poll({ full: false, asked: false });
    stamp = 'two';
    now += 2 * day;
    await poll({ full: false, asked: true });
    expect(reads).toBe(1);
  });

  test('is read when a file changed', async () => {
    await poll(quiet);
    stamp = 'two';
    value = read('b');
    expect(await poll(quiet)).toEqual(read('b'));
    expect(reads).toBe(2);
  });

  test('is confirmed by a second reading when an issue asks, and then read once an hour', async () => {
    await poll(quiet);
    for (let at = 0; at < 25; at++) {
      now += 5 * minute;
      await poll({ full: true, asked: true });
    }
    // At 0, 5, 65 and 125 minutes.
    expect(reads).toBe(4);
  });

  test('that can not be read is read again after an hour', async () => {
    value = failed('timeout', 'no answer');
    for (let at = 0; at < 13; at++) {
      await poll({ full: true, asked: true });
      now += 5 * minute;
    }
    expect(reads).toBe(2);
  });

  test('is read after the clock was set back', async () => {
    await poll(quiet);
    now -= day;
    await poll(quiet);
    expect(reads).toBe(2);
  });
});
