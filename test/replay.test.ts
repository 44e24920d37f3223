import { describe, expect, test } from 'vitest';
import { replayLines } from './story.ts';

const start = '2026-03-02T08:00:00Z';
const mac = { scenario: 'a story', start, macos: '15.6', user: 'alex' };
const kindsOf = (story: Awaited<ReturnType<typeof replayLines>>) => story.events.map((event) => event.kind);

describe('a replayed quiet week', () => {
  test('writes no more rows than its changes', async () => {
    // In use from eight to six, locked and asleep at night; macOS refreshes its tokens every four hours of it.
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
    const story = await replayLines(lines);
    const counts = Object.groupBy(story.rows, (row) => row.kind);
    expect(counts['token-refreshed']?.length).toBe(refreshes);
    expect(counts.gap?.length).toBe(6);
    expect(counts['agent-started']?.length).toBe(1);
    expect(story.rows.length).toBe(refreshes + 6 + 1);
    expect(story.sync.length).toBe(refreshes);
    expect(story.issues).toEqual([]);
    expect(story.summary.shown).toBe(0);
  });
});

describe('a killed agent', () => {
  test('says at its next start that it crashed, and what was not observed', async () => {
    const story = await replayLines([
      mac,
      { at: '+1h', agent: 'kill' },
      { at: '+3h', agent: 'start' },
      { at: '+4h', end: true },
    ]);
    expect(kindsOf(story)).toEqual([
      'agent-started',
      'agent-crashed',
      'gap',
      'agent-started',
      'agent-stopped',
    ]);
    const gap = story.events.find((event) => event.kind === 'gap');
    expect(gap?.data).toMatchObject({ reason: 'agentNotRunning' });
    expect(Number(gap?.data.seconds)).toBeGreaterThanOrEqual(2 * 3600);
    expect(Number(gap?.data.seconds)).toBeLessThanOrEqual(2 * 3600 + 300);
  });

  test('neither forgets an open issue nor tells of it again', async () => {
    const story = await replayLines([
      mac,
      { at: '+1h', psso: { registered: false, userPresent: false } },
      { at: '+2h', agent: 'kill' },
      { at: '+2h10m', agent: 'start' },
      { at: '+4h', psso: { registered: true, userPresent: true, receivedAt: '+4h' } },
      { at: '+5h', end: true },
    ]);
    const ofIssue = story.events
      .filter((event) => event.issue === 'registration-needs-repair')
      .map((event) => event.kind);
    expect(ofIssue).toEqual(['issue-opened', 'notification-shown', 'issue-resolved', 'notification-shown']);
    expect(story.issues.map((issue) => issue.status)).toEqual(['resolved']);
  });
});

describe('transitions', () => {
  test('of the Mac are recorded with what was and what is', async () => {
    const story = await replayLines([
      mac,
      { at: '+1h', macos: '15.7' },
      { at: '+2h', companyPortal: '5.2602.0' },
      { at: '+3h', enrolled: false },
      { at: '+3h30m', profile: null },
      { at: '+4h', end: true },
    ]);
    const told = story.rows
      .filter((row) =>
        ['macos-updated', 'company-portal-updated', 'enrollment-changed', 'profile-changed'].includes(
          row.kind,
        ),
      )
      .map((row) => [row.kind, row.from_state, row.to_state]);
    expect(told.slice(0, 3)).toEqual([
      ['macos-updated', '15.6', '15.7'],
      ['company-portal-updated', '5.2504.0', '5.2602.0'],
      ['enrollment-changed', 'yes', 'no'],
    ]);
    expect(story.rows.map((row) => row.kind)).toContain('profile-changed');
  });

  test('of the registration: lost with the configuration, and set up anew', async () => {
    const story = await replayLines([
      mac,
      { at: '+1h', psso: null },
      { at: '+2h', psso: { registered: false, userPresent: false } },
      { at: '+2h20m', psso: { registered: true, userPresent: true, receivedAt: '+2h20m' } },
      { at: '+3h', end: true },
    ]);
    const kinds = kindsOf(story).filter((kind) => kind.startsWith('psso') || kind.startsWith('registration'));
    expect(kinds).toEqual(['registration-lost', 'psso-removed', 'psso-configured', 'registration-completed']);
  });

  test('a new device id is a new registration', async () => {
    const story = await replayLines([
      mac,
      { at: '+1h', psso: { deviceId: '11111111-2222-3333-4444-555555555555' } },
      { at: '+2h', end: true },
    ]);
    expect(kindsOf(story)).toContain('re-registered');
  });

  test('a failing source is told once, after two readings, and again when it answers', async () => {
    const story = await replayLines([
      mac,
      { at: '+1h', appSso: { fail: 'timeout' } },
      { at: '+3h', appSso: null },
      { at: '+4h', end: true },
    ]);
    expect(kindsOf(story)).toEqual(['agent-started', 'source-failed', 'source-recovered', 'agent-stopped']);
  });

  test.each([
    ['+2h', 7200],
    ['-30m', -1800],
  ])('a clock set by %s is told, and is neither a gap nor a delay', async (clock, seconds) => {
    const story = await replayLines([mac, { at: '+1h', clock }, { at: '+4h', end: true }]);
    expect(kindsOf(story)).toEqual(['agent-started', 'clock-changed', 'agent-stopped']);
    expect(story.events.find((event) => event.kind === 'clock-changed')?.data).toEqual({ seconds });
  });

  test('a local password change is told when no refresh explains it', async () => {
    const story = await replayLines([mac, { at: '+1h', passwordLastSetAt: '+1h' }, { at: '+2h', end: true }]);
    expect(kindsOf(story)).toEqual(['agent-started', 'local-password-changed', 'agent-stopped']);
  });
});

describe('the password window across everything that happens to a Mac', () => {
  const stale = [
    { at: '+4h30m', screen: 'locked' },
    { at: '+4h40m', screen: 'unlocked' },
  ];
  const windowKinds = (story: Awaited<ReturnType<typeof replayLines>>) =>
    kindsOf(story).filter(
      (kind) => kind.startsWith('sync-window') || kind === 'token-refreshed' || kind === 'password-synced',
    );

  test('a restart of the agent neither forgets the window nor tells it again', async () => {
    const story = await replayLines([
      mac,
      { at: '+4h15m', agent: 'kill' },
      { at: '+4h17m', agent: 'start' },
      ...stale,
      { at: '+5h30m', agent: 'kill' },
      { at: '+5h31m', agent: 'start' },
      { at: '+7h', end: true },
    ]);
    expect(windowKinds(story)).toEqual(['sync-window-due', 'sync-window-overdue']);
    expect(story.told.filter((told) => told.shown).length).toBe(1);
  });

  test.each(['+3d', '-2h'])('a wall clock set by %s neither hurries nor delays it', async (clock) => {
    const plain = await replayLines([mac, ...stale, { at: '+7h', end: true }]);
    const jumped = await replayLines([mac, { at: '+1h', clock }, ...stale, { at: '+7h', end: true }]);
    expect(windowKinds(jumped)).toEqual(windowKinds(plain));
    const elapsed = (story: typeof plain, shift: number) =>
      story.events
        .filter((event) => event.kind.startsWith('sync-window'))
        .map((event) => event.at - story.start - shift);
    const shift = clock === '+3d' ? 3 * 86_400_000 : -7_200_000;
    for (const [index, at] of elapsed(jumped, shift).entries()) {
      expect(Math.abs(at - (elapsed(plain, 0)[index] ?? 0))).toBeLessThanOrEqual(300_000);
    }
  });

  test('days of absence end with a refresh, and nothing was overdue', async () => {
    const story = await replayLines([
      mac,
      { at: '+1h', screen: 'locked' },
      { at: '+1h1m', power: 'asleep' },
      { at: '+121h', power: 'awake' },
      { at: '+121h2m', screen: 'unlocked', psso: { receivedAt: '+121h2m' } },
      { at: '+123h', end: true },
    ]);
    expect(windowKinds(story)).toEqual(['token-refreshed']);
    expect(story.told).toEqual([]);
  });

  test('fast user switching: the time of another user never counts, and the switch back is a login', async () => {
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

  test('a password that follows its refresh by minutes is a sync all the same', async () => {
    const story = await replayLines([
      mac,
      { at: '+3h', psso: { receivedAt: '+3h' } },
      { at: '+3h6m', passwordLastSetAt: '+3h6m' },
      { at: '+5h', end: true },
    ]);
    expect(windowKinds(story)).toEqual(['token-refreshed', 'password-synced']);
    expect(story.sync.map((row) => row.outcome)).toEqual(['password-synced']);
    expect(kindsOf(story)).not.toContain('local-password-changed');
  });

  test('unlocking again and again does not put it off', async () => {
    const lines: object[] = [mac];
    for (let at = 260; at < 420; at += 8) {
      lines.push({ at: `+${at}m`, screen: 'locked' }, { at: `+${at + 2}m`, screen: 'unlocked' });
    }
    const story = await replayLines([...lines, { at: '+8h', end: true }]);
    const overdue = story.events.find((event) => event.kind === 'sync-window-overdue');
    expect(((overdue?.at ?? Number.POSITIVE_INFINITY) - story.start) / 60_000).toBeLessThan(330);
  });

  test('a change of the method leaves nothing open that can never be answered', async () => {
    const story = await replayLines([
      mac,
      { at: '+5h', psso: { method: 'secureEnclaveKey' } },
      { at: '+7h', end: true },
    ]);
    expect(story.sync.map((row) => row.outcome)).toEqual(['abandoned']);
  });

  test('a refresh that follows its password by minutes is a sync', async () => {
    const story = await replayLines([
      mac,
      { at: '+3h', passwordLastSetAt: '+3h' },
      { at: '+3h8m', psso: { receivedAt: '+3h8m' } },
      { at: '+5h', end: true },
    ]);
    expect(windowKinds(story)).toEqual(['password-synced']);
    expect(kindsOf(story)).not.toContain('local-password-changed');
  });
});

describe('manners', () => {
  const broken = { registered: false, userPresent: false };

  test('in Focus nothing is shown; it is told once Focus ends, and recorded why', async () => {
    const story = await replayLines([
      mac,
      { at: '+30m', focus: 'on' },
      { at: '+1h', psso: broken },
      { at: '+2h', focus: 'off' },
      { at: '+3h', end: true },
    ]);
    const ofIssue = story.told.map((told) => [told.shown, told.suppressed]);
    expect(ofIssue).toEqual([
      [false, 'focus'],
      [true, null],
    ]);
  });

  test('in quiet hours nothing is shown, across midnight too', async () => {
    const story = await replayLines([
      { ...mac, start: '2026-03-02T21:00:00Z', settings: { QuietHours: { Start: '22:00', End: '07:00' } } },
      { at: '+2h', psso: broken },
      { at: '+12h', end: true },
    ]);
    const shown = story.told.filter((told) => told.shown);
    expect(story.told[0]).toMatchObject({ shown: false, suppressed: 'quietHours' });
    expect(shown.length).toBe(1);
    expect(new Date(shown[0]?.at ?? 0).getUTCHours()).toBe(7);
  });

  test('nothing is shown to a locked screen', async () => {
    const story = await replayLines([
      mac,
      { at: '+50m', screen: 'locked' },
      { at: '+1h', psso: broken },
      { at: '+5h', end: true },
    ]);
    expect(story.told).toEqual([]);
  });

  test('an issue that an admin switched off is recorded and never shown', async () => {
    const story = await replayLines([
      { ...mac, settings: { DisabledIssues: ['registration-needs-repair'] } },
      { at: '+1h', psso: broken },
      { at: '+3h', end: true },
    ]);
    expect(story.issues.map((issue) => issue.issue)).toEqual(['registration-needs-repair']);
    expect(story.told.map((told) => told.suppressed)).toEqual(['disabled']);
  });
});

describe('"all is well again"', () => {
  const nulls =
    'Time: 2026-03-02 13:00:00 +0000\n\nDevice Configuration:\n (null)\n\nLogin Configuration:\n (null)\n\nUser Configuration:\n (null)\n\n';
  const stale = [
    { at: '+4h30m', screen: 'locked' },
    { at: '+4h40m', screen: 'unlocked' },
  ];
  const ofKind = (story: Awaited<ReturnType<typeof replayLines>>, kind: string) =>
    story.events.filter((event) => event.kind === kind).length;
  const solved = (story: Awaited<ReturnType<typeof replayLines>>) =>
    story.told.filter((told) => told.shown && told.purpose === 'solved').length;

  test('is not said for one bad poll, which ends no issue and begins no cycle anew', async () => {
    const story = await replayLines([
      mac,
      ...stale,
      { at: '+4h59m30s', appSso: { text: nulls } },
      { at: '+5h0m30s', appSso: null },
      { at: '+7h', end: true },
    ]);
    expect(ofKind(story, 'issue-opened')).toBe(1);
    expect(ofKind(story, 'issue-resolved')).toBe(0);
    expect(ofKind(story, 'sync-window-due')).toBe(1);
    expect(ofKind(story, 'sync-window-overdue')).toBe(1);
    expect(solved(story)).toBe(0);
  });

  test('is not said when one issue becomes another, nor while a refresh is still owed', async () => {
    const story = await replayLines([
      mac,
      ...stale,
      { at: '+5h', psso: { state: 1 } },
      { at: '+6h', psso: { state: 0 } },
      { at: '+8h', psso: { receivedAt: '+8h' } },
      { at: '+9h', end: true },
    ]);
    const opened = story.events.filter((event) => event.kind === 'issue-opened').map((event) => event.issue);
    expect(new Set(opened)).toEqual(
      new Set(['password-change-window-overdue', 'password-change-prompt-pending']),
    );
    const said = story.told.filter((told) => told.shown && told.purpose === 'solved');
    expect(said.length).toBe(1);
    expect(said[0]?.at).toBeGreaterThanOrEqual(story.start + 8 * 3_600_000);
  });

  test('is not said when the tokens only vanish', async () => {
    const story = await replayLines([
      mac,
      { at: '+1h', psso: { expiresAt: '+1h' } },
      { at: '+2h', psso: { receivedAt: null, expiresAt: null } },
      { at: '+4h', end: true },
    ]);
    expect(story.summary.openIssues).toEqual(['sso-tokens-expired']);
    expect(solved(story)).toBe(0);
  });

  test('is said although an issue stays open that only concerns the admin', async () => {
    const text = `Getting global account policies\n<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict><key>policyCategoryPasswordContent</key><array><dict><key>policyContent</key><string>policyAttributePassword matches '.{14,}'</string></dict></array></dict></plist>\n`;
    const story = await replayLines([
      mac,
      { at: '+0s', passwordPolicy: { text } },
      ...stale,
      { at: '+7h', psso: { receivedAt: '+7h' } },
      { at: '+9h', end: true },
    ]);
    expect(story.summary.openIssues).toEqual(['passcode-policy-complexity-mismatch']);
    expect(solved(story)).toBe(1);
  });

  test('is said once for all that ends together', async () => {
    const story = await replayLines([
      mac,
      { at: '+0s', psso: { registered: false, userPresent: false } },
      { at: '+3h', psso: { registered: true, userPresent: true, receivedAt: '+3h' } },
      { at: '+5h', end: true },
    ]);
    expect(ofKind(story, 'issue-resolved')).toBe(2);
    expect(solved(story)).toBe(1);
  });
});

describe('what can not be read', () => {
  test('does not make a sync that happened meanwhile a local change', async () => {
    const story = await replayLines([
      mac,
      { at: '+2h', appSso: { fail: 'timeout' } },
      { at: '+2h10m', psso: { receivedAt: '+2h10m' }, passwordLastSetAt: '+2h10m' },
      { at: '+2h40m', appSso: null },
      { at: '+4h', end: true },
    ]);
    expect(kindsOf(story)).toContain('password-synced');
    expect(kindsOf(story)).not.toContain('local-password-changed');
  });

  test('is not healthy, however healthy it was before', async () => {
    const story = await replayLines([
      mac,
      { at: '+1h', appSso: { fail: 'timeout' } },
      { at: '+3d', end: true },
    ]);
    expect(story.state.headline).toBe('unknown');
  });
});

describe('a password that was set while nothing was observed', () => {
  test('is not said to differ', async () => {
    const story = await replayLines([
      mac,
      { at: '+1h', agent: 'kill' },
      { at: '+2h', psso: { receivedAt: '+2h' }, passwordLastSetAt: '+2h' },
      { at: '+6h', psso: { receivedAt: '+6h' } },
      { at: '+7h', agent: 'start' },
      { at: '+8h', end: true },
    ]);
    const event = story.events.find((one) => one.kind === 'local-password-changed');
    expect(event).toMatchObject({ severity: 'info', data: { watched: false } });
    expect(event?.summary).toContain("can't be told");
  });
});

describe('a first password', () => {
  test('that is set with a refresh is a sync', async () => {
    const story = await replayLines([
      mac,
      { at: '+0s', passwordLastSetAt: null },
      { at: '+2h', psso: { receivedAt: '+2h' }, passwordLastSetAt: '+2h' },
      { at: '+3h', end: true },
    ]);
    expect(kindsOf(story)).toEqual(['agent-started', 'password-synced', 'agent-stopped']);
  });
});

describe('the language', () => {
  test('of the notices is the managed one', async () => {
    const story = await replayLines([
      { ...mac, settings: { Language: 'de' } },
      { at: '+1h', psso: { state: 2 } },
      { at: '+2h', end: true },
    ]);
    expect(story.told[0]?.body).toContain('Systemeinstellungen');
  });
});

describe('the unified log', () => {
  const broken = { at: '+1h', psso: { state: 2 } };
  const opening = async (settings: object) => {
    const story = await replayLines([{ ...mac, settings }, broken, { at: '+2h', end: true }]);
    return story.events.find((event) => event.kind === 'issue-opened')?.data;
  };

  test('is evidence only where an admin switched it on, and by its meaning alone', async () => {
    expect(await opening({})).not.toHaveProperty('log');
    expect(await opening({ UnifiedLogEnabled: true })).toHaveProperty('log', [
      { at: start, meaning: 'login-result', result: 1 },
      { at: start, meaning: 'user-state-written', result: 0 },
    ]);
  });
});

describe("the identity provider's own rules", () => {
  const profile = (length: number) => ({
    text: `Getting global account policies\n<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict><key>policyCategoryPasswordContent</key><array><dict><key>policyContent</key><string>policyAttributePassword matches '.{${length},}'</string><key>policyIdentifier</key><string>ProfilePayload:9D6A9E09-5D7B-4CC9-89F8-1B265F85E306:minLength</string></dict></array></dict></plist>\n`,
  });
  const opening = async (settings: object) => {
    const story = await replayLines([
      { ...mac, settings },
      { at: '+1h', passwordPolicy: profile(12) },
      { at: '+2h', end: true },
    ]);
    return story.issues.map((issue) => issue.summary);
  };

  test('decide whether the Mac is stricter, and what would do', async () => {
    expect(await opening({})).toEqual([
      expect.stringContaining('at least 12 characters (set by a profile; 8 would do)'),
    ]);
    expect(await opening({ IdpMinimumPasswordLength: 10 })).toEqual([expect.stringContaining('10 would do')]);
    expect(await opening({ IdpMinimumPasswordLength: 12 })).toEqual([]);
  });
});

describe('settings', () => {
  test('an invalid one is told once, and its default is used', async () => {
    const story = await replayLines([
      { ...mac, settings: { PollIntervalSeconds: 'often' } },
      { at: '+2h', end: true },
    ]);
    expect(kindsOf(story)).toEqual(['agent-started', 'settings-invalid', 'agent-stopped']);
    expect(story.summary.polls).toBeGreaterThanOrEqual(24);
  });

  test("the admin's IdpPasswordChangedAt makes the lag exact", async () => {
    const story = await replayLines([
      { ...mac, settings: { IdpPasswordChangedAt: '2026-03-02T09:00:00Z' } },
      { at: '+3h', psso: { receivedAt: '+3h' }, passwordLastSetAt: '+3h' },
      { at: '+4h', end: true },
    ]);
    expect(story.sync.at(-1)).toMatchObject({
      outcome: 'password-synced',
      password_changed_at: '2026-03-02T09:00:00Z',
      lag_seconds: '7200',
      active_lag_seconds: '7200',
    });
  });
});
