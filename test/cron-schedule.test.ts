import { expect, test } from 'vitest';
import { startSchedule } from '../agent/cron-schedule.ts';
import { systemClock } from '../agent/types/clock.ts';
import { second } from '../agent/types/time.ts';
import { until } from './cli.ts';

test('goes on when the interval changes in a look that a tick began, and ends when told to', async () => {
  const intervals = [second, second, 2 * second, 2 * second, second, second];
  let looks = 0;
  const schedule = startSchedule({
    clock: systemClock,
    look: async () => intervals[looks++] ?? null,
    usualInterval: second,
  });
  await until(() => looks >= intervals.length, 'looks across two changes of the interval');
  await schedule.stop();
  const atTheEnd = looks;
  await schedule.lookNow();
  expect(looks).toBe(atTheEnd);
});
