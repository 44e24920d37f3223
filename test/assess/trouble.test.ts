import { describe, expect, test } from 'vitest';
import { continuedTrouble, type Episode, type Trouble, troubleSince } from '../../agent/assess/trouble.ts';
import { hour, minute } from '../../agent/shared/time.ts';

const at = (hours: number) => Date.UTC(2026, 10, 23) + hours * hour;
const episode = (openedAt: number, resolvedAt: number | null, more: Partial<Episode> = {}): Episode => ({
  issue: 'x',
  severity: 'high',
  breaksSignIn: true,
  alsoNoticed: false,
  openedAt: at(openedAt),
  resolvedAt: resolvedAt === null ? null : at(resolvedAt),
  ...more,
});
const harmless = { breaksSignIn: false };

describe('the begin of the present trouble', () => {
  test.each<[string, Episode[], number | null]>([
    ['no issue', [], null],
    ['only resolved issues', [episode(1, 2)], null],
    ['one open issue', [episode(3, null)], 3],
    ['an issue that was resolved into another one at the same poll', [episode(1, 3), episode(3, null)], 1],
    ['at the next poll', [episode(1, 3), episode(3.1, null)], 1],
    ['an issue that was resolved an hour before', [episode(1, 2), episode(3, null)], 3],
    ['a chain of three', [episode(1, 2), episode(2, 3), episode(3, null)], 1],
    ['two open issues', [episode(1, null), episode(3, null)], 1],
    ['an older issue with which sign-in works', [episode(1, null, harmless), episode(3, null)], 3],
    ['only an issue with which sign-in works', [episode(1, null, harmless)], 1],
    ['a chain only through harmless issues', [episode(1, 3, harmless), episode(3, null)], 3],
  ])('%s', (_what, episodes, began) => {
    expect(troubleSince(episodes)).toBe(began === null ? null : at(began));
    expect(troubleSince(episodes.toReversed())).toBe(began === null ? null : at(began));
  });

  test('is the same for the agent, which keeps no ended episodes', () => {
    const polls = Array.from({ length: 120 }, (_, index) => at(0) + index * 5 * minute);
    const scenarios = [
      [episode(1, 3), episode(3, 4), episode(4.1, null)],
      [episode(1, 2), episode(3, null)],
      [episode(1, null), episode(2, 3), episode(5, null)],
    ];
    for (const scenario of scenarios) {
      let trouble: Trouble | undefined;
      for (const now of polls) {
        const open = scenario.filter(
          ({ openedAt, resolvedAt }) => openedAt <= now && (resolvedAt === null || resolvedAt > now),
        );
        trouble = continuedTrouble(trouble, open, now);
        const known = scenario
          .filter(({ openedAt }) => openedAt <= now)
          .map((one) => ({ ...one, resolvedAt: open.includes(one) ? null : one.resolvedAt }));
        expect(trouble?.endedAt === null ? trouble.since : null).toBe(troubleSince(known));
      }
    }
  });
});
