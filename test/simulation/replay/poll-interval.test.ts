import { describe, expect, test } from 'vitest';
import { mac, type Replayed, replayLines } from '../../helpers/replayed.ts';

const lost = { at: '+1h', psso: { registered: false, userPresent: false } };
const repaired = (at: string) => ({ at, psso: { registered: true, userPresent: true, receivedAt: at } });

/** How many polls a scenario had beyond one each five minutes, as minutes with a poll each. */
const minutesLookedAt = ({ summary }: Replayed, hours: number) =>
  ((summary.polls - (hours * 12 + 1)) / 4) * 5;

const resolvedAt = ({ events }: Replayed) =>
  events.filter(({ kind }) => kind === 'issue-resolved').map(({ at }) => new Date(at).toISOString());

describe('the poll interval', () => {
  test('is each minute in the first hour of an issue', async () => {
    const replayed = await replayLines([mac, lost, repaired('+92m30s'), { at: '+2h', end: true }]);
    expect(resolvedAt(replayed)).toEqual(['2026-03-02T09:33:00.000Z']);
  });

  test('is five minutes afterwards, also for months', async () => {
    const replayed = await replayLines([mac, lost, repaired('+25h2m'), { at: '+26h', end: true }]);
    expect(resolvedAt(replayed)).toEqual(['2026-03-03T09:05:00.000Z']);
    // The notification was shown after five minutes.
    expect(minutesLookedAt(replayed, 26)).toBeLessThanOrEqual(65);
  });

  test('is not shorter at night, while the notification waits for the user', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+59m', screen: 'locked' },
      lost,
      { at: '+13h', end: true },
    ]);
    expect(minutesLookedAt(replayed, 13)).toBeLessThanOrEqual(60);
  });

  test('is a minute for an hour after the notification, also when the notification was late', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+59m', screen: 'locked' },
      lost,
      { at: '+13h', screen: 'unlocked' },
      repaired('+13h11m30s'),
      { at: '+14h', end: true },
    ]);
    expect(
      replayed.notifications.map(({ at, purpose }) => [new Date(at).toISOString(), purpose]),
    ).toContainEqual(['2026-03-02T21:05:00.000Z', 'problem']);
    expect(resolvedAt(replayed)).toEqual(['2026-03-02T21:12:00.000Z']);
  });

  test('is not more often for a clock that was set back', async () => {
    const replayed = await replayLines([mac, lost, { at: '+6h', clock: '-48h' }, { at: '+54h', end: true }]);
    expect(replayed.notifications).toHaveLength(2);
    // An hour for each, and one more: a notification before the clock change counts as shown after it.
    expect(minutesLookedAt(replayed, 54)).toBeLessThanOrEqual(3 * 65);
  });

  test('does not stay short for months when a sighting can never be confirmed', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+1h', psso: { state: 2 } },
      { at: '+61m', appSso: { fail: 'timeout' } },
      { at: '+25h', end: true },
    ]);
    expect(minutesLookedAt(replayed, 25)).toBeLessThanOrEqual(60);
  });
});
