import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { day, hour as hourMs } from '../../../agent/shared/time.ts';
import { millisecondsOf, oppositeOf } from '../../helpers/clock-changes.ts';
import { mac, type Replayed, replayLines, start } from '../../helpers/replayed.ts';

/** The wall clock is set on a Mac; the real time goes on. An issue needs more than that. */

const hours = 30;
const clockChanges = ['+3h', '+40d', '+365d', '+1095d', '-3h', '-40d', '-365d', '-1095d'] as const;

/** Tokens that macOS refreshes every three hours; `offset`: the time that it writes into them. */
function refreshes(until: number, method: string, offset: (hour: number) => string) {
  return Array.from({ length: Math.floor(until / 3) }, (_, index) => {
    const hour = (index + 1) * 3;
    return { at: `+${hour}h`, psso: { method, receivedAt: offset(hour) } };
  });
}

const minutesOf = (at: string) => {
  const { h = '0', m = '0' } = /^\+(?:(?<h>\d+)h)?(?:(?<m>\d+)m)?$/.exec(at)?.groups ?? {};
  return Number(h) * 60 + Number(m);
};
const inOrder = (lines: readonly { readonly at: string }[]) =>
  [...lines].sort((a, b) => minutesOf(a.at) - minutesOf(b.at));

function expectNoAlarm({ events, notifications }: Replayed): void {
  const alarms = events.filter(({ kind }) => kind === 'issue-opened' || kind === 'token-expired');
  expect(alarms.map(({ kind, summary }) => `${kind}: ${summary}`)).toEqual([]);
  expect(notifications).toEqual([]);
}

describe('a clock that is set on a healthy Mac', () => {
  test.each(clockChanges)(
    '%s: no alarm, whatever time macOS writes into later tokens',
    async (clockChange) => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 0, max: hours - 1 }),
          fc.option(fc.integer({ min: 1, max: 12 }), { nil: null }),
          fc.constantFrom('password', 'secureEnclaveKey'),
          fc.boolean(),
          async (at, correctedAfter, method, byItsClock) => {
            const wrongBy = (hour: number) => {
              const wrong = hour > at && (correctedAfter === null || hour <= at + correctedAfter);
              return wrong ? millisecondsOf(clockChange) : 0;
            };
            const written = (hour: number) =>
              byItsClock
                ? new Date(Date.parse(start) + hour * hourMs + wrongBy(hour)).toISOString()
                : `+${hour}h`;
            const lines = [
              { at: `+${at}h10m`, clock: clockChange },
              ...(correctedAfter === null
                ? []
                : [{ at: `+${at + correctedAfter}h20m`, clock: oppositeOf(clockChange) }]),
              ...refreshes(hours + 15, method, written),
            ];
            expectNoAlarm(
              await replayLines([mac, ...inOrder(lines), { at: `+${hours + 15}h30m`, end: true }]),
            );
          },
        ),
        { numRuns: 3, seed: 22 },
      );
    },
  );

  test('no alarm after a restart of the agent that follows the clock change', async () => {
    const lines = [
      mac,
      ...[
        { at: '+1h', clock: '+365d' },
        { at: '+1h30m', agent: 'kill' },
        { at: '+1h31m', agent: 'start' },
      ],
      { at: '+3h', end: true },
    ];
    expectNoAlarm(await replayLines(lines));
  });

  test.each(clockChanges)(
    '%s while the agent does not run: the clock change is recorded, no alarm',
    async (clockChange) => {
      const lines = [
        mac,
        ...[
          { at: '+1h', agent: 'kill' },
          { at: '+1h1m', clock: clockChange },
          { at: '+1h2m', agent: 'start' },
          { at: '+9h', end: true },
        ],
      ];
      const replayed = await replayLines(lines);
      expectNoAlarm(replayed);
      const shift = millisecondsOf(clockChange);
      expect(replayed.events.filter(({ kind }) => kind === 'clock-changed').map(({ data }) => data)).toEqual([
        { seconds: shift / 1000 },
      ]);
      // The agent did not run for two minutes.
      expect(replayed.events.filter(({ kind }) => kind === 'gap')).toEqual([]);
    },
  );

  test.each(clockChanges)(
    '%s while the agent does not run: the gap is the real time',
    async (clockChange) => {
      const lines = [
        mac,
        ...[
          { at: '+1h', agent: 'kill' },
          { at: '+1h30m', clock: clockChange },
          { at: '+2h', agent: 'start' },
          { at: '+3h', end: true },
        ],
      ];
      const { events } = await replayLines(lines);
      const gaps = events.filter(({ kind }) => kind === 'gap').map(({ data }) => data);
      // Since the last poll, at +55m.
      expect(gaps).toEqual([expect.objectContaining({ reason: 'agentNotRunning', seconds: 3_900 })]);
    },
  );

  test('a clock that a restart finds set back, and that is corrected later: no alarm', async () => {
    const lines = [
      mac,
      ...[
        { at: '+1h', agent: 'kill' },
        { at: '+1h1m', clock: '-3650d' },
        { at: '+1h2m', agent: 'start' },
      ],
      ...[
        { at: '+1h30m', clock: '+3650d' },
        { at: '+3h', end: true },
      ],
    ];
    expectNoAlarm(await replayLines(lines));
  });
});

describe('tokens that expire while the clock is wrong', () => {
  const lifetime = 48;

  test.each(['+365d', '-365d'])('%s: the issue opens when their lifetime has passed', async (clockChange) => {
    const lines = [
      mac,
      { at: '+1m', psso: { receivedAt: '+0s', expiresAt: `+${lifetime}h` } },
      { at: '+12h', clock: clockChange },
      ...[
        { at: `+${lifetime - 1}h`, screen: 'locked' },
        { at: `+${lifetime + 2}h`, screen: 'unlocked' },
      ],
      { at: `+${lifetime + 3}h`, end: true },
    ];
    const { events } = await replayLines(lines);
    const expired = events.filter(
      ({ issue, kind }) => issue === 'sso-tokens-expired' && !kind.startsWith('notif'),
    );
    expect(expired.map(({ kind, severity }) => [kind, severity])).toEqual([['issue-opened', 'high']]);
    const real =
      (expired[0]?.at ?? 0) - Date.parse(mac.start) - (clockChange === '+365d' ? 1 : -1) * 365 * day;
    expect(real).toBeGreaterThanOrEqual(lifetime * hourMs);
    expect(events.find(({ kind }) => kind === 'token-expired')).toMatchObject({
      from: 'valid',
      to: 'expired',
    });
  });
});

describe('reminders of an open issue', () => {
  const broken = [mac, { at: '+1h', psso: { registered: false, userPresent: false } }];
  const shown = ({ notifications }: Replayed) => notifications.filter((one) => one.shown).length;

  let usualHours: Replayed;
  let usualDays: Replayed;
  beforeAll(async () => {
    usualHours = await replayLines([...broken, { at: '+4h', end: true }]);
    usualDays = await replayLines([...broken, { at: '+80h', end: true }]);
  });

  test.each(clockChanges)('%s: no reminder comes early', async (clockChange) => {
    const changed = await replayLines([
      ...broken,
      { at: '+3h', clock: clockChange },
      { at: '+4h', end: true },
    ]);
    expect(shown(changed)).toBe(shown(usualHours));
  });

  test.each(['+365d', '-365d'])('%s: none is lost in the days after it', async (clockChange) => {
    const changed = await replayLines([
      ...broken,
      { at: '+3h', clock: clockChange },
      { at: '+80h', end: true },
    ]);
    expect(shown(usualDays)).toBeGreaterThan(1);
    expect(shown(changed)).toBe(shown(usualDays));
  });
});
