import { describe, expect, test } from 'vitest';
import { createUserMatch } from '../../../agent/fleet/password-changes/match-users.ts';
import { identityDigester } from '../../../agent/publish/identity-digest.ts';

const changes = (...users: string[]) => users.map((user, entry) => ({ entry, at: 0, user }));
const matched = (
  macs: readonly { mac: string; user: string }[],
  users: readonly string[],
  digest: ((user: string) => string) | null = null,
) => {
  const all = changes(...users);
  const matchOf = createUserMatch(macs, all, digest);
  return all.map((change) => {
    const match = matchOf(change);
    return match.kind === 'macs' ? match.macs : match.kind;
  });
};

describe('the user of a change', () => {
  test('is the account of a Mac by the whole name, or by the part before the @', () => {
    const macs = [
      { mac: 'one', user: 'jo' },
      { mac: 'two', user: 'bo@example.com' },
      { mac: 'none', user: '' },
    ];
    expect(matched(macs, ['Jo@example.com', 'BO@example.com', 'al@example.com', ''])).toEqual([
      ['one'],
      ['two'],
      'none',
      'none',
    ]);
  });

  test('can have two Macs', () => {
    const macs = ['one', 'two'].map((mac) => ({ mac, user: 'jo' }));
    expect(matched(macs, ['jo'])).toEqual([['one', 'two']]);
  });

  test('is unclear where two users of the file have the same part', () => {
    const macs = [{ mac: 'one', user: 'jo' }];
    expect(matched(macs, ['jo@a.example', 'jo@b.example'])).toEqual(['unclear', 'unclear']);
  });

  test('is found by the digest that the agent stores, with the key only', async () => {
    const digest = await identityDigester('a key of the admin');
    const macs = [
      { mac: 'one', user: digest('user', 'jo') },
      { mac: 'two', user: digest('user', 'bo@example.com') },
    ];
    const users = ['jo@example.com', 'bo@example.com'];
    expect(matched(macs, users, (user) => digest('user', user))).toEqual([['one'], ['two']]);
    expect(matched(macs, users)).toEqual(['none', 'none']);
    expect(matched(macs, [digest('user', 'jo')])).toEqual([['one']]);
  });
});
