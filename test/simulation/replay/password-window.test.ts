import { describe, expect, test } from 'vitest';
import { kindsOf, mac, type Replayed, replayLines } from '../../helpers/replayed.ts';

describe('the password window across everything that happens to a Mac', () => {
  const stale = [
    { at: '+4h30m', screen: 'locked' },
    { at: '+4h40m', screen: 'unlocked' },
  ];
  const windowKinds = (replayed: Replayed) =>
    kindsOf(replayed).filter(
      (kind) => kind.startsWith('sync-window') || kind === 'token-refreshed' || kind === 'password-synced',
    );

  test('a restart of the agent keeps the window and records it once', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+4h15m', agent: 'kill' },
      { at: '+4h17m', agent: 'start' },
      ...stale,
      { at: '+5h30m', agent: 'kill' },
      { at: '+5h31m', agent: 'start' },
      { at: '+7h', end: true },
    ]);
    expect(windowKinds(replayed)).toEqual(['sync-window-due', 'sync-window-overdue']);
    expect(replayed.notifications.filter((notified) => notified.shown).length).toBe(1);
  });

  test.each(['+3d', '-2h'])('a wall clock set by %s makes it neither earlier nor later', async (clock) => {
    const plain = await replayLines([mac, ...stale, { at: '+7h', end: true }]);
    const changed = await replayLines([mac, { at: '+1h', clock }, ...stale, { at: '+7h', end: true }]);
    expect(windowKinds(changed)).toEqual(windowKinds(plain));
    const elapsed = (replayed: typeof plain, shift: number) =>
      replayed.events
        .filter((event) => event.kind.startsWith('sync-window'))
        .map((event) => event.at - replayed.start - shift);
    const shift = clock === '+3d' ? 3 * 86_400_000 : -7_200_000;
    for (const [index, at] of elapsed(changed, shift).entries()) {
      expect(Math.abs(at - (elapsed(plain, 0)[index] ?? 0))).toBeLessThanOrEqual(300_000);
    }
  });

  test('days of absence end with a refresh, and nothing was overdue', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+1h', screen: 'locked' },
      { at: '+1h1m', power: 'asleep' },
      { at: '+121h', power: 'awake' },
      { at: '+121h2m', screen: 'unlocked', psso: { receivedAt: '+121h2m' } },
      { at: '+123h', end: true },
    ]);
    expect(windowKinds(replayed)).toEqual(['token-refreshed']);
    expect(replayed.notifications).toEqual([]);
  });

  test('fast user switching: time of another user never counts, and the switch back is a login', async () => {
    const away = await replayLines([
      mac,
      { at: '+2h', console: 'switchedOut' },
      { at: '+9h', console: 'active' },
      { at: '+9h10m', end: true },
    ]);
    expect(windowKinds(away)).toEqual(['sync-window-due']);
    const stays = await replayLines([
      mac,
      { at: '+2h', console: 'switchedOut' },
      { at: '+9h', console: 'active' },
      { at: '+10h', end: true },
    ]);
    expect(windowKinds(stays)).toEqual(['sync-window-due', 'sync-window-overdue']);
  });

  test('a password change minutes after the refresh is a password sync', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+3h', psso: { receivedAt: '+3h' } },
      { at: '+3h6m', passwordLastSetAt: '+3h6m' },
      { at: '+5h', end: true },
    ]);
    expect(windowKinds(replayed)).toEqual(['token-refreshed', 'password-synced']);
    expect(replayed.sync.map((row) => row.outcome)).toEqual(['password-synced']);
    expect(kindsOf(replayed)).not.toContain('local-password-changed');
  });

  test('unlocking again and again does not put it off', async () => {
    const lines: object[] = [mac];
    for (let at = 260; at < 420; at += 8) {
      lines.push({ at: `+${at}m`, screen: 'locked' }, { at: `+${at + 2}m`, screen: 'unlocked' });
    }
    const replayed = await replayLines([...lines, { at: '+8h', end: true }]);
    const overdue = replayed.events.find((event) => event.kind === 'sync-window-overdue');
    expect(((overdue?.at ?? Number.POSITIVE_INFINITY) - replayed.start) / 60_000).toBeLessThan(330);
  });

  test('a change of the method leaves nothing open that can never be answered', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+5h', psso: { method: 'secureEnclaveKey' } },
      { at: '+7h', end: true },
    ]);
    expect(replayed.sync.map((row) => row.outcome)).toEqual(['abandoned']);
  });

  test('Platform SSO that is removed leaves nothing open that can never be answered', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+5h', psso: null },
      { at: '+1d', psso: { registered: true, userPresent: true, state: 0, receivedAt: '+1d' } },
      { at: '+26h', end: true },
    ]);
    expect(replayed.sync.map((row) => row.outcome)).toEqual(['abandoned']);
  });

  test('a prompt before the mark is on record while it is open, and ends with the sync', async () => {
    const asked = [mac, { at: '+1h', psso: { state: 1 } }];
    const open = await replayLines([...asked, { at: '+2h', end: true }]);
    expect(open.sync).toMatchObject([
      { outcome: 'open', prompted_at: '2026-03-02T09:01:00Z', due_at: '', refreshed_at: '' },
    ]);
    const answered = { at: '+2h', psso: { state: 0, receivedAt: '+2h' }, passwordLastSetAt: '+2h' };
    const ended = await replayLines([...asked, answered, { at: '+3h', end: true }]);
    expect(ended.sync.map(({ outcome, lag_seconds }) => [outcome, lag_seconds])).toEqual([
      ['password-synced', '3540'],
    ]);
    const removed = await replayLines([...asked, { at: '+2h', psso: null }, { at: '+3h', end: true }]);
    expect(removed.sync.map(({ outcome }) => outcome)).toEqual(['abandoned']);
    // macOS continues to prompt after any refresh.
    const goesOn = await replayLines([
      ...asked,
      { at: '+2h', psso: { receivedAt: '+2h' } },
      { at: '+4h', end: true },
    ]);
    expect(goesOn.sync.map(({ outcome }) => outcome)).toEqual(['open', 'token-refreshed']);
  });

  test('what looks like a prompt for a moment, or offline, leaves no window behind', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+1h', network: 'offline' },
      { at: '+62m', psso: { state: 1 } },
      { at: '+80m', psso: { state: 0 }, network: 'online' },
      { at: '+3h', psso: { method: 'secureEnclaveKey' } },
      { at: '+4h', end: true },
    ]);
    expect(replayed.sync).toEqual([]);
  });

  test('a prompt that is not answered in four hours of use concerns the admin', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+1h', psso: { state: 1 } },
      { at: '+2h', screen: 'locked' },
      { at: '+5h', screen: 'unlocked' },
      { at: '+12h', end: true },
    ]);
    const notified = replayed.events
      .filter(({ issue, kind }) => issue === 'password-change-prompt-pending' && kind.startsWith('issue-'))
      .map(({ kind, severity }) => [kind, severity]);
    expect(notified).toEqual([
      ['issue-opened', 'medium'],
      ['issue-updated', 'high'],
    ]);
    // Behind a locked screen no user could answer.
    const updated = replayed.events.find(({ kind }) => kind === 'issue-updated');
    const hours = ((updated?.at ?? 0) - replayed.start) / 3_600_000;
    expect(hours).toBeGreaterThanOrEqual(8);
    expect(hours).toBeLessThan(8.2);
    expect(replayed.issues.map(({ severity }) => severity)).toEqual(['high']);
  });

  test('a refresh that follows its password by minutes is a sync', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+3h', passwordLastSetAt: '+3h' },
      { at: '+3h8m', psso: { receivedAt: '+3h8m' } },
      { at: '+5h', end: true },
    ]);
    expect(windowKinds(replayed)).toEqual(['password-synced']);
    expect(kindsOf(replayed)).not.toContain('local-password-changed');
  });
});

describe('a password that was set while nothing was observed', () => {
  test('is not said to differ', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+1h', agent: 'kill' },
      { at: '+2h', psso: { receivedAt: '+2h' }, passwordLastSetAt: '+2h' },
      { at: '+6h', psso: { receivedAt: '+6h' } },
      { at: '+7h', agent: 'start' },
      { at: '+8h', end: true },
    ]);
    const event = replayed.events.find((one) => one.kind === 'local-password-changed');
    expect(event).toMatchObject({ severity: 'info', data: { watched: false } });
    expect(event?.summary).toContain('it is unknown whether a sync set it');
  });
});

describe('a first password', () => {
  test('that is set with a refresh is a sync', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+0s', passwordLastSetAt: null },
      { at: '+2h', psso: { receivedAt: '+2h' }, passwordLastSetAt: '+2h' },
      { at: '+3h', end: true },
    ]);
    expect(kindsOf(replayed)).toEqual(['agent-started', 'password-synced', 'agent-stopped']);
  });
});
