import { describe, expect, test } from 'vitest';
import { mac, replayLines } from '../../helpers/replayed.ts';

describe('the notification policy', () => {
  const broken = { registered: false, userPresent: false };

  test('suppresses notifications in Focus, records why, and shows them when Focus ends', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+30m', focus: 'on' },
      { at: '+1h', psso: broken },
      { at: '+2h', focus: 'off' },
      { at: '+3h', end: true },
    ]);
    const ofIssue = replayed.notifications.map((notified) => [notified.shown, notified.suppressed]);
    expect(ofIssue).toEqual([
      [false, 'focus'],
      [true, null],
    ]);
  });

  test('in quiet hours nothing is shown, across midnight too', async () => {
    const replayed = await replayLines([
      { ...mac, start: '2026-03-02T21:00:00Z', settings: { QuietHours: { Start: '22:00', End: '07:00' } } },
      { at: '+2h', psso: broken },
      { at: '+12h', end: true },
    ]);
    const shown = replayed.notifications.filter((notified) => notified.shown);
    expect(replayed.notifications[0]).toMatchObject({ shown: false, suppressed: 'quietHours' });
    expect(shown.length).toBe(1);
    expect(new Date(shown[0]?.at ?? 0).getUTCHours()).toBe(7);
  });

  test('nothing is shown to a locked screen', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+50m', screen: 'locked' },
      { at: '+1h', psso: broken },
      { at: '+5h', end: true },
    ]);
    expect(replayed.notifications).toEqual([]);
  });

  test('an issue that an admin switched off is recorded and never shown', async () => {
    const replayed = await replayLines([
      { ...mac, settings: { DisabledIssues: ['registration-needs-repair'] } },
      { at: '+1h', psso: broken },
      { at: '+3h', end: true },
    ]);
    expect(replayed.issues.map((issue) => issue.issue)).toEqual(['registration-needs-repair']);
    expect(replayed.notifications.map((notified) => notified.suppressed)).toEqual(['disabled']);
  });
});

describe('the language', () => {
  test('of notifications is the managed one', async () => {
    const replayed = await replayLines([
      { ...mac, settings: { Language: 'de' } },
      { at: '+1h', psso: { state: 2 } },
      { at: '+2h', end: true },
    ]);
    expect(replayed.notifications[0]?.body).toContain('Systemeinstellungen');
  });
});
