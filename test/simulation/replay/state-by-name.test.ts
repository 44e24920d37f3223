import { describe, expect, test } from 'vitest';
import { kindsOf, mac, replayLines } from '../../helpers/replayed.ts';
import { print, user } from '../../mac/sources/app-sso/printed-app-sso.ts';

const printed = (state: string) => ({ text: print({ user: { ...user, state } }) });
const replayOf = (state: string) =>
  replayLines([
    mac,
    { at: '+0s', appSso: printed('POUserStateNormal (0)') },
    { at: '+1h', appSso: printed(state) },
    { at: '+3h', end: true },
  ]);

describe('the name of a user’s state counts before its number', () => {
  test.each([2, 5, 7, 8])('NeedsBinding is no lost registration with the number %i', async (number) => {
    const replayed = await replayOf(`POUserStateNeedsBinding (${number})`);
    expect(kindsOf(replayed)).not.toContain('registration-lost');
    const changed = replayed.events.filter(({ kind }) => kind === 'user-state-changed');
    expect(changed).toMatchObject([
      { to: 'POUserStateNeedsBinding', summary: "The user's state is now POUserStateNeedsBinding." },
    ]);
  });

  test('NeedsRegistration is one with any number', async () => {
    const replayed = await replayOf('POUserStateNeedsRegistration (9)');
    expect(kindsOf(replayed)).toContain('registration-lost');
  });
});
