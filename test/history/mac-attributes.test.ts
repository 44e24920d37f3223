import { describe, expect, test } from 'vitest';
import { macAttributes, type UserState } from '../../agent/history/mac-attributes.ts';
import { day, hour } from '../../agent/shared/time.ts';

const now = Date.UTC(2026, 2, 2, 12);
const user = (headline: string, polledAgo: number | null = hour): UserState => ({
  state: [{ key: 'headline', value: headline, since: '2026-03-02T08:00:00Z' }],
  issues: [],
  lastPoll: { at: polledAgo === null ? null : now - polledAgo, agent: 'running' },
  evidence: {},
  agentVersion: '0.1.0',
});
const headlineOf = (...users: UserState[]) => macAttributes(users, now).headline;

describe('the attributes of a Mac', () => {
  test.each([
    ['the worst of the users with a running agent', [user('ok'), user('needs-attention')], 'needs-attention'],
    [
      'a logged out user does not count beside a running agent',
      [user('ok'), user('needs-attention', 2 * day)],
      'ok',
    ],
    ['without a poll within a day, it is silent', [user('ok', 2 * day), user('ok', null)], 'silent'],
    ['a poll in the future does not count', [user('ok', -2 * day)], 'silent'],
    ['what is not known is worse than what works', [user('ok'), user('')], 'unknown'],
    ['an unknown headline is unknown', [user('</result>fine')], 'unknown'],
    ['"silent" is not the database\'s to say of itself', [user('none')], 'unknown'],
    ['no user', [], 'none'],
  ])('%s', (_what, users, wanted) => {
    expect(headlineOf(...users)).toBe(wanted);
  });
});
