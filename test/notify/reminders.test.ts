import { beforeAll, expect, test } from 'vitest';
import { type Replayed, replayLines } from '../helpers/replayed.ts';

const replayed = (settings: object) =>
  replayLines([
    { scenario: 'reminders', start: '2026-03-02T08:00:00Z', macos: '15.6', user: 'alex', settings },
    { at: '+1h', psso: { registered: false, userPresent: false } },
    { at: '+12d', end: true },
  ]);

const shownIn = ({ notifications }: Replayed) =>
  notifications.filter((one) => one.shown && one.issue === 'registration-needs-repair');

let usual: Replayed;
beforeAll(async () => {
  usual = await replayed({});
});

test('reminders follow the cadence, never come, or come once a day, as the setting says', async () => {
  const usually = shownIn(usual).length;
  expect(usually).toBeGreaterThan(1);
  expect(shownIn(await replayed({ Reminders: 'once' })).map(({ purpose }) => purpose)).toEqual(['problem']);
  const daily = shownIn(await replayed({ Reminders: 'daily' }));
  expect(daily.length).toBeGreaterThan(usually);
  expect(daily.length).toBeLessThanOrEqual(13);
});

test('an ignored issue is neither recorded nor shown, and its end is not solved', async () => {
  const ignored = await replayed({ IgnoredIssues: ['registration-needs-repair'] });
  expect(ignored.issues.filter(({ issue }) => issue === 'registration-needs-repair')).toEqual([]);
  expect(ignored.notifications.filter(({ issue }) => issue === 'registration-needs-repair')).toEqual([]);
  expect(usual.issues.map(({ issue }) => issue)).toContain('registration-needs-repair');
});
