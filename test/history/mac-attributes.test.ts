import { describe, expect, test } from 'vitest';
import { macAttributes, type UserState } from '../../agent/history/mac-attributes.ts';
import { day, hour } from '../../agent/shared/time.ts';

const now = Date.UTC(2026, 2, 2, 12);
const user = (headline: string, polledAgo: number | null = hour): UserState => ({
  state: [{ key: 'headline', value: headline, since: '2026-03-02T08:00:00Z' }],
  issues: [],
  lastPollAt: polledAgo === null ? null : now - polledAgo,
  agentVersion: '0.1.0',
});
const headlineOf = (...users: UserState[]) => macAttributes(users, now).headline;

describe('a Mac in one word', () => {
  test.each([
    ['the worst off of those at work', [user('ok'), user('needs-attention')], 'needs-attention'],
    [
      'who is logged out says nothing of who is at work',
      [user('ok'), user('needs-attention', 2 * day)],
      'ok',
    ],
    ['where nobody looked within a day, it is silent', [user('ok', 2 * day), user('ok', null)], 'silent'],
    ['a look in the future is none', [user('ok', -2 * day)], 'silent'],
    ['what is not known is worse than what works', [user('ok'), user('')], 'unknown'],
    ['a word that nobody knows is unknown', [user('</result>fine')], 'unknown'],
    ['"silent" is not the database\'s to say of itself', [user('none')], 'unknown'],
    ['nobody', [], 'none'],
  ])('%s', (_what, users, wanted) => {
    expect(headlineOf(...users)).toBe(wanted);
  });
});
