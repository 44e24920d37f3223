import fc from 'fast-check';
import { build } from 'plist';
import { describe, expect, test } from 'vitest';
import { companyPortalFile } from '../../../agent/mac/sources/company-portal/source.ts';
import { deviceProfile } from '../../../agent/mac/sources/sso-profile/profile-files.ts';
import { createObserver } from '../../../agent/observe/observe.ts';
import { fullPoll } from '../../../agent/shared/poll-plan.ts';
import { type Replayed, replayLines } from '../../helpers/replayed.ts';
import { changesOf } from './any-scenario.ts';
import { leftover } from './leftover.ts';

const hours = 30;

/**
 * Everything that a short poll could miss, and other changes of a Mac. By design a short poll knows less of
 * the password time and the network (docs/decisions/0015-short-polls.md).
 */
const change = fc.oneof(
  { weight: 3, arbitrary: fc.record({ screen: fc.constantFrom('locked', 'unlocked') }) },
  { weight: 3, arbitrary: fc.record({ power: fc.constantFrom('asleep', 'awake') }) },
  fc.record({ console: fc.constantFrom('active', 'switchedOut') }),
  fc.record({ clock: fc.constantFrom('+2h', '-30m', '+40s', '-20s') }),
  fc.record({ agent: fc.constantFrom('kill', 'start') }),
  fc.record({ psso: fc.record({ state: fc.constantFrom(0, 1, 2) }) }),
  fc.record({ psso: fc.constant(null) }),
  fc.record({ psso: fc.record({ registered: fc.boolean(), userPresent: fc.boolean() }) }),
  fc.record({ psso: fc.record({ method: fc.constantFrom('password', 'secureEnclaveKey') }) }),
  fc.record({ companyPortal: fc.constantFrom('5.2504.0', '5.2506.0', null) }),
  fc.record({ appSso: fc.constantFrom(null, { fail: 'timeout' }, { text: 'garbage' }) }),
);

const anyChanges = changesOf(change, { hours, atMost: 16 });

/** Rules as of a benchmark's profile: an issue that stays open for as long as the admin leaves them. */
const strictRules = {
  at: '+0s',
  passwordPolicy: {
    text: `Getting global account policies\n${build({
      policyCategoryPasswordContent: [
        {
          policyContent: "policyAttributePassword matches '.{14,}+'",
          policyIdentifier: 'ProfilePayload:9D6A9E09-5D7B-4CC9-89F8-1B265F85E306:minLength',
        },
      ],
    })}`,
  },
};

/** Another issue that may stay open for as long. */
const leftBehind = { at: '+0s', workplaceJoin: leftover };

const isSetUp = (lines: readonly object[]) => !lines.some((line) => 'psso' in line && line.psso === null);

/**
 * Of the files of this Mac only those have change stamps that hold a reading themselves. Nothing else but
 * what a short poll reads tells it that something happened.
 */
const withoutStamps: typeof createObserver = ({ files, ...others }) => {
  const holdReadings = [companyPortalFile, deviceProfile];
  const stamp = async (path: string) => (holdReadings.includes(path) ? await files.stamp(path) : 'the same');
  return createObserver({ ...others, files: { read: files.read, stamp } });
};

/** Makes every poll a full one. */
const fullPolls: typeof createObserver = (dependencies) => {
  const observe = createObserver(dependencies);
  return ({ idp }) => observe({ plan: fullPoll, idp });
};

const said = ({ events, notifications, summary, sync }: Replayed) => ({
  events: events.map(
    ({ at, kind, issue, summary: words }) => `${new Date(at).toISOString()} ${kind} ${issue} ${words}`,
  ),
  told: notifications.map(
    ({ at, issue, purpose, shown }) => `${new Date(at).toISOString()} ${issue} ${purpose} ${shown}`,
  ),
  summary,
  sync,
});

describe('short polls', () => {
  // It replays thirty scenarios twice: ten times what a quiet machine needs.
  test('record the same events as full polls, at the same times', async () => {
    await fc.assert(
      fc.asyncProperty(anyChanges, fc.subarray([strictRules, leftBehind]), async (changes, first) => {
        const lines = [
          { scenario: 'any', start: '2026-03-02T08:00:00Z', macos: '15.6', user: 'alex' },
          ...first,
          ...changes,
          { at: `+${hours}h`, end: true },
        ];
        const short = await replayLines(lines, { observer: withoutStamps });
        expect(said(short)).toEqual(said(await replayLines(lines, { observer: fullPolls })));
      }),
      { numRuns: 30 },
    );
  });

  test('record as late as full polls what waits for an hour of active time online', async () => {
    const notified = async (observer: typeof createObserver, offlineFrom: number) => {
      const { notifications } = await replayLines(
        [
          { scenario: 'offline', start: '2026-03-02T08:00:00Z', macos: '15.6', user: 'alex' },
          leftBehind,
          { at: `+${offlineFrom}m`, network: 'offline' },
          { at: `+${offlineFrom + 45}m`, network: 'online' },
          { at: '+4h', end: true },
        ],
        { observer },
      );
      return notifications.map(({ at, issue }) => `${new Date(at).toISOString()} ${issue}`);
    };
    for (const offlineFrom of [12, 17, 47]) {
      const full = await notified(fullPolls, offlineFrom);
      expect(full).toHaveLength(1);
      expect(await notified(withoutStamps, offlineFrom)).toEqual(full);
    }
  });

  test.each([
    ['all is well', [], 0, 3],
    ["the admin's password rules stay too strict", [strictRules], 0, 3],
    ['Platform SSO is not set up', [{ at: '+0s', psso: null }], 0, 2.5],
    ['an earlier Workplace Join stays in the login keychain', [leftBehind], 1, 3],
  ])(
    'start two processes where full ones start five, while %s',
    async (_what, first, notifications, atMost) => {
      const day = [
        { scenario: 'a day', start: '2026-03-02T08:00:00Z', macos: '15.6', user: 'alex' },
        ...first,
        ...(isSetUp(first) ? [4, 8, 12, 16, 20] : []).map((hour) => ({
          at: `+${hour}h`,
          psso: { receivedAt: `+${hour}h` },
        })),
        { at: '+24h', end: true },
      ];
      const processes = async (observer: typeof createObserver) => {
        let started = 0;
        const { summary } = await replayLines(day, {
          observer: ({ runner, ...others }) =>
            observer({
              ...others,
              runner: {
                run: (command, args) => {
                  started++;
                  return runner.run(command, args);
                },
              },
            }),
        });
        return { perPoll: started / summary.polls, polls: summary.polls, shown: summary.shown };
      };
      const [short, full] = [await processes(createObserver), await processes(fullPolls)];
      // A poll every five minutes, except for the few that confirm a change, and the hour after a
      // notification.
      expect(short.shown).toBe(notifications);
      expect(short.polls).toBeLessThan(24 * 12 + 20 + notifications * 48);
      expect(short.polls).toBe(full.polls);
      // In both, some of the sources that change with a file are read once an hour, and when tokens are
      // refreshed.
      expect(full.perPoll).toBeGreaterThan(5);
      expect(short.perPoll).toBeLessThan(atMost);
    },
  );
});
