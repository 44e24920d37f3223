import { describe, expect, test } from 'vitest';
import { nothingToNotify } from '../../agent/notify/nothing-to-notify.ts';
import {
  emptyPolicyMemory,
  type NotifiedEpisode,
  notifiedSince,
  type PolicyMemory,
} from '../../agent/notify/policy-memory.ts';

const now = Date.UTC(2026, 10, 28, 12);
const episode: NotifiedEpisode = {
  openedAt: now - 1000,
  tellings: 1,
  lastAt: now - 500,
  suppressed: [],
  heardOf: true,
  resolvedAt: null,
};
const withEpisodes = (...episodes: NotifiedEpisode[]): PolicyMemory => ({
  ...emptyPolicyMemory(),
  episodes: Object.fromEntries(episodes.map((one, index) => [`issue-${index}`, one])),
});

describe('a notification was shown since', () => {
  test.each<[boolean, string, NotifiedEpisode[]]>([
    [false, 'without an episode', []],
    [true, 'of an open issue', [episode]],
    [true, 'of one of two', [{ ...episode, lastAt: null }, episode]],
    [false, 'of a resolved issue', [{ ...episode, resolvedAt: now - 100 }]],
    [false, 'never', [{ ...episode, lastAt: null }]],
    [false, 'at that time', [{ ...episode, lastAt: now - 900 }]],
    [true, 'after that time', [{ ...episode, lastAt: now - 899 }]],
    [true, 'now', [{ ...episode, lastAt: now }]],
    [false, 'in the future', [{ ...episode, lastAt: now + 1 }]],
  ])('%s: %s', (expected, _what, episodes) => {
    expect(notifiedSince(withEpisodes(...episodes), now - 900, now)).toBe(expected);
  });
});

describe('there is something to notify', () => {
  const issue = { issue: 'x', openedAt: 1, severity: 'high', activeSeconds: 1, evidence: {} } as const;
  const nothing = { open: [], resolved: [] };
  const solved = { issue: 'x', openedAt: 1, resolvedAt: 2, suppressed: [] };

  test('while an issue is open or was just resolved', () => {
    expect(nothingToNotify(nothing, emptyPolicyMemory())).toBe(true);
    expect(nothingToNotify({ ...nothing, open: [issue] }, emptyPolicyMemory())).toBe(false);
    expect(
      nothingToNotify({ ...nothing, resolved: [{ issue: 'x', openedAt: 1 }] }, emptyPolicyMemory()),
    ).toBe(false);
  });

  test('while the policy remembers an episode, or a notification that it is solved', () => {
    expect(nothingToNotify(nothing, withEpisodes(episode))).toBe(false);
    expect(nothingToNotify(nothing, { ...emptyPolicyMemory(), solved: [solved] })).toBe(false);
  });
});
