import { beforeAll, describe, expect, test } from 'vitest';
import { day, fromIso, hour } from '../../../agent/shared/time.ts';
import { mac, type Replayed, replayLines, start } from '../../helpers/replayed.ts';

/** A change every two hours, so that there is a history to delete. */
const changes = (days: number) =>
  Array.from({ length: days * 12 }, (_, index) => ({
    at: `+${index * 2 + 2}h`,
    companyPortal: `5.2504.${index + 1}`,
  }));

const eventTimes = (replayed: Replayed) => replayed.rows.map(({ at }) => fromIso(at));

describe('a clock that is set in a replay', () => {
  let usual: Replayed;
  beforeAll(async () => {
    usual = await replayLines([mac, { at: '+6h', end: true }]);
  });

  test.each(['-90s', '-1h', '-1095d', '+1h', '+40d', '+1095d'])('%s changes no poll', async (clockChange) => {
    // Tokens that expire by the clock are an issue, which keeps the short poll interval a little longer.
    const replayed = await replayLines([mac, { at: '+5h2m', clock: clockChange }, { at: '+6h', end: true }]);
    expect(replayed.summary.polls).toBe(usual.summary.polls);
  });

  test('a sleep of 30 days: the next poll comes within one interval of time awake', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+1h', power: 'asleep' },
      { at: '+30d', power: 'awake', companyPortal: '5.2600.0' },
      { at: '+30d10m', end: true },
    ]);
    const updated = replayed.events.find(({ kind }) => kind === 'company-portal-updated');
    expect((updated?.at ?? 0) - fromIso(start)).toBeLessThanOrEqual(30 * day + 5 * 60_000);
  });
});

describe('the retention in a replay', () => {
  const keepTenDays = { ...mac, settings: { RetentionDays: 10 } };
  let usual: Replayed;
  beforeAll(async () => {
    usual = await replayLines([keepTenDays, ...changes(5), { at: '+5d20h', end: true }]);
  });

  test('keeps the days it should, day by day', async () => {
    const replayed = await replayLines([keepTenDays, ...changes(25), { at: '+25d', end: true }]);
    const oldest = Math.min(...eventTimes(replayed)) - fromIso(start);
    // The maintenance runs once a day.
    expect(oldest).toBeGreaterThanOrEqual(14 * day);
    expect(oldest).toBeLessThanOrEqual(15 * day + hour);
  });

  test.each(['+5000d', '+200d'])(
    'a clock that is set by %s costs no event within a day',
    async (clockChange) => {
      const replayed = await replayLines([
        keepTenDays,
        ...changes(5),
        { at: '+5d1h', clock: clockChange },
        { at: '+5d20h', end: true },
      ]);
      const firstDays = (one: Replayed) =>
        eventTimes(one).filter((at) => at < fromIso(start) + 5 * day).length;
      expect(firstDays(replayed)).toBe(firstDays(usual));
    },
  );

  test('a start with a clock years ahead has no effect if it is corrected within the hour', async () => {
    const replayed = await replayLines([
      keepTenDays,
      ...changes(5),
      { at: '+5d', agent: 'kill' },
      { at: '+5d1m', clock: '+1825d' },
      { at: '+5d2m', agent: 'start' },
      { at: '+5d52m', clock: '-1825d' },
      { at: '+5d23h', end: true },
    ]);
    expect(Math.min(...eventTimes(replayed))).toBe(fromIso(start));
  });
});
