import { describe, expect, test } from 'vitest';
import { intervalAfter } from '../../agent/daemon/poll-interval.ts';
import { startPolling } from '../../agent/daemon/poll-schedule.ts';
import { systemClock } from '../../agent/shared/clock.ts';
import { day, hour, minute, second } from '../../agent/shared/time.ts';
import { systemTimers } from '../../agent/shared/timers.ts';
import { VirtualMac } from '../../agent/simulation/virtual-mac.ts';
import { until } from '../helpers/until.ts';

const settings = { PollIntervalSeconds: 300, TroublePollIntervalSeconds: 60 };

describe('the interval', () => {
  test('is five minutes, and one minute while the state may change soon', () => {
    expect(intervalAfter(false, settings)).toBe(5 * minute);
    expect(intervalAfter(true, settings)).toBe(minute);
  });

  test('is never longer than the usual interval', () => {
    expect(intervalAfter(true, { PollIntervalSeconds: 60, TroublePollIntervalSeconds: 600 })).toBe(minute);
  });
});

/** Polls on a virtual Mac. Each poll takes no time and asks for the next one in `next()` milliseconds. */
function polling(next: () => number | null = () => null) {
  const mac = new VirtualMac({ start: Date.UTC(2026, 0, 5, 8), macos: '15.6', user: 'alex' });
  const polledAt: number[] = [];
  const schedule = startPolling({
    clock: mac.clock,
    timers: mac.timers,
    usualInterval: 5 * minute,
    poll: async () => {
      polledAt.push(mac.elapsed);
      return next();
    },
  });
  async function live(until: number): Promise<void> {
    for (let due = mac.nextTimerAt; mac.awake && due !== null && due <= until; due = mac.nextTimerAt) {
      mac.advanceTo(due);
      await mac.runTimers();
    }
    mac.advanceTo(until);
  }
  return { mac, polledAt, schedule, live };
}

describe('the schedule', () => {
  test('polls at once, and then at the interval that the last poll asked for', async () => {
    const wanted = [minute, 2 * minute, null, 5 * minute];
    const { polledAt, live } = polling(() => wanted.shift() ?? null);
    await live(15 * minute);
    expect(polledAt.map((at) => at / minute)).toEqual([0, 1, 3, 5, 10, 15]);
  });

  test.each([
    ['90 s back', -90 * second],
    ['an hour back', -hour],
    ['three years back', -3 * 365 * day],
    ['an hour ahead', hour],
    ['40 days ahead', 40 * day],
    ['three years ahead', 3 * 365 * day],
    ['from 1970 to 2026', 56 * 365 * day],
  ])('a wall clock that is set %s changes no poll', async (_, clockChange) => {
    const { mac, polledAt, live } = polling();
    await live(7 * minute);
    mac.apply({ clock: clockChange });
    await live(20 * minute);
    expect(polledAt.map((at) => at / minute)).toEqual([0, 5, 10, 15, 20]);
  });

  test('the first poll after a sleep comes within one interval of time awake, and is one poll', async () => {
    const { mac, polledAt, live } = polling();
    await live(7 * minute);
    mac.apply({ power: 'asleep' });
    await live(30 * day);
    mac.apply({ power: 'awake' });
    await live(30 * day + 9 * minute);
    const afterWake = polledAt.filter((at) => at > 7 * minute).map((at) => (at - 30 * day) / minute);
    expect(afterWake).toEqual([3, 8]);
  });

  test('follows a poll that is longer than the interval at once', async () => {
    const { mac, polledAt, live } = polling(() => {
      mac.advanceTo(mac.elapsed + 7 * minute);
      return null;
    });
    await live(20 * minute);
    expect(polledAt).toEqual([0, 7 * minute, 14 * minute]);
  });

  test('follows a poll that is longer than the interval by one poll, never by two at once', async () => {
    let running = 0;
    let polls = 0;
    let most = 0;
    const schedule = startPolling({
      clock: systemClock,
      timers: systemTimers,
      usualInterval: 1,
      poll: async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 5));
        running--;
        polls++;
        return null;
      },
    });
    await until(() => polls >= 5, 'five polls');
    await schedule.stop();
    const atTheEnd = polls;
    expect({ most, running }).toEqual({ most: 1, running: 0 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(polls).toBe(atTheEnd);
  });

  test('stops between two polls, and waits for the poll under way', async () => {
    const { mac, polledAt, schedule, live } = polling();
    await live(minute);
    await schedule.stop();
    expect(mac.nextTimerAt).toBeNull();
    await live(hour);
    expect(polledAt).toEqual([0]);
  });
});
