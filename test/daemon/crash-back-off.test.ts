import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backOffDelay } from '../../agent/daemon/crash-back-off.ts';
import { hour, minute, second } from '../../agent/shared/time.ts';
import { quickDeathsBefore } from '../../agent/store/quick-deaths.ts';

const at = Date.UTC(2026, 10, 23, 9);
const died = (lived: number, quickDeaths = 0) => ({
  startedAt: at,
  lastPollAt: at + lived,
  cleanStop: false,
  quickDeaths,
});

describe('the crash back-off', () => {
  it('counts quick deaths, and starts again at 0 after a longer run', () => {
    expect(quickDeathsBefore(null)).toBe(0);
    expect(quickDeathsBefore(died(5 * second))).toBe(1);
    expect(quickDeathsBefore(died(5 * second, 4))).toBe(5);
    expect(quickDeathsBefore(died(hour, 4))).toBe(0);
    expect(quickDeathsBefore({ ...died(5 * second, 4), cleanStop: true })).toBe(0);
  });

  it('ignores two quick deaths, then waits longer each time, up to an hour', () => {
    expect([0, 1, 2].map(backOffDelay)).toEqual([0, 0, 0]);
    expect(backOffDelay(3)).toBeGreaterThan(0);
    expect(backOffDelay(6)).toBeGreaterThanOrEqual(5 * minute);
    expect(backOffDelay(1000)).toBe(hour);
    fc.assert(
      fc.property(fc.nat(40), (quickDeaths) => {
        expect(backOffDelay(quickDeaths + 1)).toBeGreaterThanOrEqual(backOffDelay(quickDeaths));
      }),
    );
  });

  it('starts an endless crash loop less than 40 times in the first day', () => {
    // launchd adds its ThrottleInterval of a minute to each.
    let starts = 0;
    for (let time = 0, count = 0; time < 24 * hour; time += minute + backOffDelay(count++)) starts++;
    expect(starts).toBeLessThan(40);
  });
});
