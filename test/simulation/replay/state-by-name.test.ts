import { describe, expect, test } from 'vitest';
import { kindsOf, mac, replayLines } from '../../helpers/story.ts';
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
    const story = await replayOf(`POUserStateNeedsBinding (${number})`);
    expect(kindsOf(story)).not.toContain('registration-lost');
    const changed = story.events.filter(({ kind }) => kind === 'user-state-changed');
    expect(changed).toMatchObject([
      { to: 'POUserStateNeedsBinding', summary: "The user's state is now POUserStateNeedsBinding." },
    ]);
  });

  test('NeedsRegistration is one with any number', async () => {
    const story = await replayOf('POUserStateNeedsRegistration (9)');
    expect(kindsOf(story)).toContain('registration-lost');
  });
});
