import fc from 'fast-check';
import { build } from 'plist';
import { describe, expect, test } from 'vitest';
import { createObserver } from '../../agent/observe/observe.ts';
import { replayLines, type Story } from '../story.ts';
import { storyOf } from './any-story.ts';
import { leftover } from './leftover.ts';

const hours = 30;

/**
 * Anything that a quiet look could miss, and whatever else may happen to a Mac. Of the password's time and the network a quiet look knows less
 * by design (docs/decisions/0015-quiet-looks.md).
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

const story = storyOf(change, { hours, atMost: 16 });

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

/** The file stamps of this Mac never change: nothing but what a quiet look asks tells it that something happened. */
const withoutStamps: typeof createObserver = ({ files, ...others }) =>
  createObserver({ ...others, files: { read: files.read, stamp: async () => 'the same' } });

/** Asks everything at each look. */
const wholeLooks: typeof createObserver = (dependencies) => {
  const observe = createObserver(dependencies);
  return ({ idp } = {}) => observe(idp === undefined ? {} : { idp });
};

const said = ({ events, told, summary, sync }: Story) => ({
  events: events.map(
    ({ at, kind, issue, summary: words }) => `${new Date(at).toISOString()} ${kind} ${issue} ${words}`,
  ),
  told: told.map(
    ({ at, issue, purpose, shown }) => `${new Date(at).toISOString()} ${issue} ${purpose} ${shown}`,
  ),
  summary,
  sync,
});

describe('quiet looks', () => {
  test('tell the same story as whole ones, at the same moments', async () => {
    await fc.assert(
      fc.asyncProperty(story, fc.subarray([strictRules, leftBehind]), async (changes, first) => {
        const lines = [
          { scenario: 'any', start: '2026-03-02T08:00:00Z', macos: '15.6', user: 'alex' },
          ...first,
          ...changes,
          { at: `+${hours}h`, end: true },
        ];
        const quiet = await replayLines(lines, { observer: withoutStamps });
        expect(said(quiet)).toEqual(said(await replayLines(lines, { observer: wholeLooks })));
      }),
      { numRuns: 30 },
    );
  });

  test('tell as late as whole ones what waits for an hour of use, in which a Mac without a network is not used', async () => {
    const told = async (observer: typeof createObserver, offlineFrom: number) => {
      const { told } = await replayLines(
        [
          { scenario: 'offline', start: '2026-03-02T08:00:00Z', macos: '15.6', user: 'alex' },
          leftBehind,
          { at: `+${offlineFrom}m`, network: 'offline' },
          { at: `+${offlineFrom + 45}m`, network: 'online' },
          { at: '+4h', end: true },
        ],
        { observer },
      );
      return told.map(({ at, issue }) => `${new Date(at).toISOString()} ${issue}`);
    };
    for (const offlineFrom of [12, 17, 47]) {
      const whole = await told(wholeLooks, offlineFrom);
      expect(whole).toHaveLength(1);
      expect(await told(withoutStamps, offlineFrom)).toEqual(whole);
    }
  });

  test.each([
    ['all is well', [], 0],
    ["the admin's password rules stay too strict", [strictRules], 0],
    ['Platform SSO is not set up', [{ at: '+0s', psso: null }], 0],
    ['an earlier Workplace Join stays in the login keychain', [leftBehind], 1],
  ])('start two processes where whole ones start five, while %s', async (_what, first, notices) => {
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
      return { perLook: started / summary.polls, polls: summary.polls, shown: summary.shown };
    };
    const [quiet, whole] = [await processes(createObserver), await processes(wholeLooks)];
    // A look every five minutes, but for the few that confirm something, and an hour after a notice.
    expect(quiet.shown).toBe(notices);
    expect(quiet.polls).toBeLessThan(24 * 12 + 20 + notices * 48);
    expect(quiet.polls).toBe(whole.polls);
    // Some of the sources that change with a file are asked once an hour in both.
    expect(whole.perLook).toBeGreaterThan(5);
    expect(quiet.perLook).toBeLessThan(3);
  });
});
