import { describe, expect, test } from 'vitest';
import { kindsOf, mac, type Replayed, replayLines } from '../../helpers/replayed.ts';

const hour = 3_600_000;

const issuesOf = (replayed: Replayed, kind: string) =>
  replayed.events.filter((event) => event.kind === kind).map((event) => event.issue);
const shown = (replayed: Replayed, purpose: string) =>
  replayed.notifications.filter((notified) => notified.shown && notified.purpose === purpose);

describe('a registered Mac without sign-in tokens', () => {
  test.each(['password', 'secureEnclaveKey', 'smartCard'])('is a separate issue (%s)', async (method) => {
    const replayed = await replayLines([
      mac,
      { at: '+0s', psso: { method } },
      { at: '+1h', psso: { receivedAt: null, expiresAt: null } },
      { at: '+2h', end: true },
    ]);
    expect(replayed.summary.openIssues).toEqual(['sso-tokens-missing']);
    expect(replayed.state.headline).toBe('needs-attention');
    expect(replayed.state['password-window']).toBe(method === 'password' ? 'unknown' : 'notApplicable');
    expect(shown(replayed, 'problem').map((notified) => notified.issue)).toEqual(['sso-tokens-missing']);
  });

  test('is not healthy from the first poll on', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+0s', psso: { receivedAt: null, expiresAt: null }, screen: 'locked' },
      { at: '+30m', end: true },
    ]);
    expect(replayed.events.filter((event) => event.kind === 'issue-opened')).toEqual([]);
    expect(replayed.state.headline).toBe('unknown');
  });

  test('has one notification when tokens expired first or macOS prompts for the password', async () => {
    const expired = await replayLines([
      mac,
      { at: '+1h', psso: { expiresAt: '+1h' } },
      { at: '+2h', psso: { receivedAt: null, expiresAt: null } },
      { at: '+4h', end: true },
    ]);
    expect(expired.summary.openIssues).toEqual(['sso-tokens-expired']);
    const asked = await replayLines([
      mac,
      { at: '+1h', psso: { state: 1, receivedAt: null, expiresAt: null } },
      { at: '+4h', end: true },
    ]);
    expect(new Set(shown(asked, 'problem').map((notified) => notified.issue))).toEqual(
      new Set(['password-change-prompt-pending']),
    );
  });
});

describe('a prompt that is gone while the tokens are the old ones', () => {
  const prompted = [mac, { at: '+1h', psso: { state: 1 } }, { at: '+2h', psso: { state: 0 } }];

  test('is not over: a refused password leaves the state at 0 too', async () => {
    const replayed = await replayLines([...prompted, { at: '+3h', end: true }]);
    expect(issuesOf(replayed, 'issue-resolved')).toEqual([]);
    expect(kindsOf(replayed)).not.toContain('prompt-cleared');
    expect(shown(replayed, 'solved')).toEqual([]);
    expect(replayed.state.headline).toBe('needs-attention');
  });

  test('is over with the next refresh', async () => {
    const replayed = await replayLines([
      ...prompted,
      { at: '+3h', psso: { receivedAt: '+3h' } },
      { at: '+4h', end: true },
    ]);
    expect(issuesOf(replayed, 'issue-resolved')).toEqual(['password-change-prompt-pending']);
    const [solved] = shown(replayed, 'solved');
    expect((solved?.at ?? 0) - replayed.start).toBeGreaterThanOrEqual(3 * hour);
  });

  test('is over if the refresh was seen a moment before the state', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+1h', psso: { state: 1 } },
      { at: '+2h', psso: { receivedAt: '+2h' } },
      { at: '+2h4m', psso: { state: 0 } },
      { at: '+3h', end: true },
    ]);
    expect(replayed.summary.openIssues).toEqual([]);
    expect(kindsOf(replayed)).toContain('prompt-cleared');
  });
});

describe('an unknown user state', () => {
  test.each([3, 8, 9, 100, -1])('%i is no broken registration, and not healthy', async (state) => {
    const replayed = await replayLines([
      mac,
      { at: '+1h', psso: { state } },
      { at: '+3h', psso: { state: 0 } },
      { at: '+4h', psso: { state } },
      { at: '+5h', end: true },
    ]);
    expect(kindsOf(replayed)).not.toContain('registration-lost');
    expect(kindsOf(replayed)).not.toContain('registration-completed');
    expect(kindsOf(replayed)).toContain('user-state-changed');
    expect(issuesOf(replayed, 'issue-opened')).toEqual([]);
    expect(replayed.notifications).toEqual([]);
    expect(replayed.state.headline).toBe('unknown');
    expect(replayed.state.registration).toBe('unclear');
  });

  test('neither ends an issue nor hides its end', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+1h', psso: { state: 2 } },
      { at: '+2h', psso: { state: 8 } },
      { at: '+3h', psso: { state: 0, receivedAt: '+3h' } },
      { at: '+5h', end: true },
    ]);
    expect(issuesOf(replayed, 'issue-resolved')).toEqual(['registration-needs-repair']);
    const resolved = replayed.events.find((event) => event.kind === 'issue-resolved');
    expect((resolved?.at ?? 0) - replayed.start).toBeGreaterThanOrEqual(3 * hour);
    const lost = await replayLines([
      mac,
      { at: '+1h', psso: { state: 8 } },
      { at: '+2h', psso: { registered: false, userPresent: false } },
      { at: '+3h', end: true },
    ]);
    expect(kindsOf(lost).filter((kind) => kind === 'registration-lost').length).toBe(1);
    expect(lost.summary.openIssues).toContain('registration-needs-repair');
  });

  test.each([4, 6, 7])('%i, a new user, has to register and needs no repair', async (state) => {
    const replayed = await replayLines([mac, { at: '+1h', psso: { state } }, { at: '+3h', end: true }]);
    expect(replayed.summary.openIssues).toEqual(['psso-not-registered']);
  });
});

describe('a clock that is set back', () => {
  test('hides no refresh, and makes no sync a local change', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+10m', psso: { state: 1 } },
      { at: '+20m', clock: '-30m' },
      { at: '+25m', psso: { state: 0, receivedAt: '-5m', lastLoginAt: '-5m' }, passwordLastSetAt: '-5m' },
      { at: '+2h', end: true },
    ]);
    expect(kindsOf(replayed)).toContain('password-synced');
    expect(kindsOf(replayed)).not.toContain('local-password-changed');
  });

  test('leaves no password window open', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+4h20m', clock: '-6h' },
      { at: '+5h', psso: { receivedAt: '-1h' } },
      { at: '+6h', end: true },
    ]);
    expect(replayed.sync.map((row) => row.outcome)).toEqual(['token-refreshed']);
  });
});

describe('tokens that turn out older than those before', () => {
  test('are as old as they say', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+1m', psso: { receivedAt: '-5h' } },
      { at: '+10m', screen: 'locked' },
      { at: '+15m', screen: 'unlocked' },
      { at: '+1h', end: true },
    ]);
    expect(kindsOf(replayed)).toContain('sync-window-due');
    expect(replayed.summary.openIssues).toEqual(['password-change-window-overdue']);
  });
});
