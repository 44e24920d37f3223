import { describe, expect, test } from 'vitest';
import { day } from '../../../agent/shared/time.ts';
import { oppositeOf } from '../../helpers/clock-changes.ts';
import { mac, type Replayed, replayLines, start } from '../../helpers/replayed.ts';

/** The clock is wrong when the Mac starts, and is corrected later; or a restart corrects it. */

const clockChanges = ['+1d', '+30d', '+365d', '-1d', '-30d', '-365d'] as const;
const minutes = (count: number) => `+${count}m`;

/** A restart of the Mac: an update of macOS makes one. */
function restarted(at: number, clock: string) {
  return [
    { at: minutes(at), agent: 'kill' },
    { at: minutes(at + 1), clock, macos: '15.6.1' },
    { at: minutes(at + 2), agent: 'start' },
  ];
}

const end = { at: '+3h30m', end: true };
const broken = { at: '+10m', psso: { registered: false, userPresent: false } };

function expectNoAlarm({ notifications, issues }: Replayed): void {
  expect(notifications).toEqual([]);
  expect(issues).toEqual([]);
}

/** What is recorded of an issue that was open all the time, in the order of its numbers. */
function expectOneIssue({ events, issues, notifications }: Replayed): void {
  const changes = events.filter(({ kind, issue }) => kind.startsWith('issue-') && issue !== null);
  expect(changes.map(({ kind, issue }) => `${kind} ${issue}`)).toEqual([
    'issue-opened registration-needs-repair',
  ]);
  expect(issues.map(({ issue, status }) => `${issue} ${status}`)).toEqual(['registration-needs-repair open']);
  expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
  const problems = notifications.filter(({ purpose, shown }) => purpose === 'problem' && shown);
  expect(problems.length).toBe(1);
}

describe.each(['password', 'secureEnclaveKey'])(
  'a clock that is wrong at the start of a Mac: %s',
  (method) => {
    const healthy = { at: '+1m', psso: { method } };

    test.each(clockChanges)('%s, and corrected within three minutes: no alarm', async (clockChange) => {
      const lines = [
        mac,
        healthy,
        ...restarted(60, clockChange),
        { at: minutes(65), clock: oppositeOf(clockChange) },
        end,
      ];
      expectNoAlarm(await replayLines(lines));
    });

    test.each(clockChanges)(
      '%s, and corrected after an hour: no issue is open afterwards',
      async (clockChange) => {
        const lines = [
          mac,
          healthy,
          ...restarted(60, clockChange),
          { at: minutes(122), clock: oppositeOf(clockChange) },
          end,
        ];
        const { issues } = await replayLines(lines);
        expect(issues.filter(({ status }) => status === 'open')).toEqual([]);
      },
    );

    test.each(clockChanges)('%s, and corrected by the next restart: no alarm', async (clockChange) => {
      const lines = [
        mac,
        healthy,
        { at: '+5m', clock: clockChange },
        ...restarted(60, oppositeOf(clockChange)),
        end,
      ];
      expectNoAlarm(await replayLines(lines));
    });

    test.each(clockChanges)(
      '%s, with an open issue: it stays open, and nothing else opens',
      async (clockChange) => {
        const late = { at: minutes(65), clock: oppositeOf(clockChange) };
        expectOneIssue(await replayLines([mac, healthy, broken, ...restarted(60, clockChange), late, end]));
      },
    );
  },
);

describe('a Mac that was off for 30 days', () => {
  const off = [
    mac,
    { at: '+1m', psso: { receivedAt: '+0s', expiresAt: '+14d' } },
    { at: '+1h', agent: 'kill' },
    { at: '+720h', macos: '15.6.1' },
  ];
  const expired = ({ events }: Replayed) => events.filter(({ kind }) => kind === 'token-expired').length;

  test('has tokens that have expired', async () => {
    const lines = [...off, { at: '+720h1m', agent: 'start' }, { at: '+722h', end: true }];
    expect(expired(await replayLines(lines))).toBe(1);
  });

  test('and whose clock begins in the past, has them once the clock is right', async () => {
    const lines = [
      ...off.slice(0, -1),
      { at: '+720h', macos: '15.6.1', clock: '-9000d' },
      { at: '+720h1m', agent: 'start' },
      { at: '+720h10m', clock: '+9000d' },
      { at: '+722h', end: true },
    ];
    const replayed = await replayLines(lines);
    expect(expired(replayed)).toBe(1);
    const at = replayed.events.find(({ kind }) => kind === 'token-expired')?.at ?? 0;
    expect(at - Date.parse(start)).toBeGreaterThan(30 * day);
  });
});
