import { describe, expect, test } from 'vitest';
import { kindsOf, mac, replayLines, start } from '../../helpers/replayed.ts';

describe('a replayed quiet week', () => {
  test('writes no more rows than its changes', async () => {
    // In use from eight to six, locked and asleep at night; macOS refreshes its tokens every four hours of
    // it.
    const lines: object[] = [{ ...mac }];
    let refreshes = 0;
    for (let day = 0; day < 7; day++) {
      for (const hour of [4, 8]) {
        const at = `+${day * 24 + hour}h`;
        lines.push({ at, psso: { receivedAt: at } });
        refreshes++;
      }
      lines.push({ at: `+${day * 24 + 10}h`, screen: 'locked' });
      lines.push({ at: `+${day * 24 + 10}h1m`, power: 'asleep' });
      if (day === 6) break;
      const morning = `+${day * 24 + 24}h`;
      lines.push({ at: morning, power: 'awake', screen: 'unlocked', psso: { receivedAt: morning } });
      refreshes++;
    }
    lines.push({ at: '+167h', end: true });
    const replayed = await replayLines(lines);
    const counts = Object.groupBy(replayed.rows, (row) => row.kind);
    expect(counts['token-refreshed']?.length).toBe(refreshes);
    expect(counts.gap?.length).toBe(6);
    expect(counts['agent-started']?.length).toBe(1);
    expect(replayed.rows.length).toBe(refreshes + 6 + 1);
    expect(replayed.sync.length).toBe(refreshes);
    expect(replayed.issues).toEqual([]);
    expect(replayed.summary.shown).toBe(0);
  });
});

describe('a killed agent', () => {
  test('says at its next start that it crashed, and what was not observed', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+1h', agent: 'kill' },
      { at: '+3h', agent: 'start' },
      { at: '+4h', end: true },
    ]);
    expect(kindsOf(replayed)).toEqual([
      'agent-started',
      'agent-crashed',
      'gap',
      'agent-started',
      'agent-stopped',
    ]);
    const gap = replayed.events.find((event) => event.kind === 'gap');
    expect(gap?.data).toMatchObject({ reason: 'agentNotRunning' });
    expect(Number(gap?.data.seconds)).toBeGreaterThanOrEqual(2 * 3600);
    expect(Number(gap?.data.seconds)).toBeLessThanOrEqual(2 * 3600 + 300);
  });

  test('keeps an open issue and does not notify again', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+1h', psso: { registered: false, userPresent: false } },
      { at: '+2h', agent: 'kill' },
      { at: '+2h10m', agent: 'start' },
      { at: '+4h', psso: { registered: true, userPresent: true, receivedAt: '+4h' } },
      { at: '+5h', end: true },
    ]);
    const ofIssue = replayed.events
      .filter((event) => event.issue === 'registration-needs-repair')
      .map((event) => event.kind);
    expect(ofIssue).toEqual(['issue-opened', 'notification-shown', 'issue-resolved', 'notification-shown']);
    expect(replayed.issues.map((issue) => issue.status)).toEqual(['resolved']);
  });
});

describe('transitions', () => {
  test('of the Mac are recorded with what was and what is', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+1h', macos: '15.7' },
      { at: '+2h', companyPortal: '5.2602.0' },
      { at: '+3h', enrolled: false },
      { at: '+3h30m', profile: null },
      { at: '+4h', end: true },
    ]);
    const notified = replayed.rows
      .filter((row) =>
        ['macos-updated', 'company-portal-updated', 'enrollment-changed', 'profile-changed'].includes(
          row.kind,
        ),
      )
      .map((row) => [row.kind, row.from_state, row.to_state]);
    expect(notified.slice(0, 3)).toEqual([
      ['macos-updated', '15.6', '15.7'],
      ['company-portal-updated', '5.2504.0', '5.2602.0'],
      ['enrollment-changed', 'yes', 'no'],
    ]);
    expect(replayed.rows.map((row) => row.kind)).toContain('profile-changed');
  });

  test('of the registration: lost with the configuration, and created again', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+1h', psso: null },
      { at: '+2h', psso: { registered: false, userPresent: false } },
      { at: '+2h20m', psso: { registered: true, userPresent: true, receivedAt: '+2h20m' } },
      { at: '+3h', end: true },
    ]);
    const kinds = kindsOf(replayed).filter(
      (kind) => kind.startsWith('psso') || kind.startsWith('registration'),
    );
    expect(kinds).toEqual(['registration-lost', 'psso-removed', 'psso-configured', 'registration-completed']);
  });

  test('a new device id is a new registration', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+1h', psso: { deviceId: '11111111-2222-3333-4444-555555555555' } },
      { at: '+2h', end: true },
    ]);
    expect(kindsOf(replayed)).toContain('re-registered');
  });

  test('a failing source is recorded once, after two readings, and its recovery too', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+1h', appSso: { fail: 'timeout' } },
      { at: '+3h', appSso: null },
      { at: '+4h', end: true },
    ]);
    expect(kindsOf(replayed)).toEqual([
      'agent-started',
      'source-failed',
      'source-recovered',
      'agent-stopped',
    ]);
  });

  test.each([
    ['+2h', 7200],
    ['-30m', -1800],
  ])('a clock change of %s is recorded, and is neither a gap nor a delay', async (clock, seconds) => {
    const replayed = await replayLines([mac, { at: '+1h', clock }, { at: '+4h', end: true }]);
    expect(kindsOf(replayed)).toEqual(['agent-started', 'clock-changed', 'agent-stopped']);
    expect(replayed.events.find((event) => event.kind === 'clock-changed')?.data).toEqual({ seconds });
  });

  test('a local password change is recorded when no refresh explains it', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+1h', passwordLastSetAt: '+1h' },
      { at: '+2h', end: true },
    ]);
    expect(kindsOf(replayed)).toEqual(['agent-started', 'local-password-changed', 'agent-stopped']);
  });
});

describe('the unified log', () => {
  const broken = { at: '+1h', psso: { state: 2 } };
  const opening = async (settings: object) => {
    const replayed = await replayLines([{ ...mac, settings }, broken, { at: '+2h', end: true }]);
    return replayed.events.find((event) => event.kind === 'issue-opened')?.data;
  };

  test('is evidence only where an admin switched it on, and by its meaning alone', async () => {
    expect(await opening({})).not.toHaveProperty('log');
    expect(await opening({ UnifiedLogEnabled: true })).toHaveProperty('log', [
      { at: start, meaning: 'login-result', result: 1 },
      { at: start, meaning: 'user-state-written', result: 0 },
    ]);
  });
});

test.each([
  [1, '1 (needs authentication)'],
  [2, '2 (needs registration)'],
  [3, '3 (unknown state)'],
  [5, '5 (the key is not valid)'],
])("the number of the user's state is recorded with its meaning: %i", async (state, words) => {
  const replayed = await replayLines([mac, { at: '+1h', psso: { state } }, { at: '+2h', end: true }]);
  const changed = replayed.events.find(({ kind }) => kind === 'user-state-changed');
  expect(changed?.summary).toBe(`The user's state is now ${words}.`);
});
