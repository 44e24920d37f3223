import { describe, expect, test } from 'vitest';
import { languages } from '../../agent/shared/languages.ts';
import { userText } from '../../agent/texts/user-texts.ts';
import { kindsOf, mac, printedIn, replayField, replayLines, type Story } from '../helpers/story.ts';
import { wordsByLanguage } from '../texts/language-words.ts';

const opened = (story: Story, issue: string) =>
  story.events.find((event) => event.kind === 'issue-opened' && event.issue === issue);

describe('the state of the user', () => {
  test('needsbinding-27: asks for the password of the Mac', async () => {
    const story = await replayField('needsbinding-27');
    expect(kindsOf(story)).not.toContain('registration-lost');
    expect(story.events.find(({ kind }) => kind === 'user-state-changed')).toMatchObject({
      summary: "The user's state is now POUserStateNeedsBinding.",
      to: 'POUserStateNeedsBinding',
    });
    expect(story.summary.openIssues).toEqual(['token-binding-owed']);
    expect(opened(story, 'token-binding-owed')).toMatchObject({
      severity: 'low',
      to: 'open',
      summary: 'macOS has to bind the sign-in tokens again: the user signs in with the password of this Mac.',
      data: { userState: 7, userStateName: 'POUserStateNeedsBinding', method: 'password', macos: '27.0' },
    });
    expect(story.state.headline).toBe('needs-attention');
    expect(story.notifications.map(({ title }) => title)).toEqual(['Unlock this Mac once with its password']);
    for (const language of languages) {
      const { title, body, steps } = userText('token-binding-owed', language);
      expect([title, body, ...steps].join(' ')).not.toMatch(wordsByLanguage[language].workPassword);
    }
  });

  test('needs the password of the Mac: no issue asks for the work password', async () => {
    const [healthy, owed] = [printedIn('needsbinding-27', 1), printedIn('needsbinding-27', 2)];
    const story = await replayLines([
      { ...mac, start: '2026-11-23T09:00:00Z', macos: '27.0' },
      { at: '+0m', appSso: { text: healthy } },
      { at: '+4h30m', screen: 'locked' },
      { at: '+4h35m', screen: 'unlocked' },
      { at: '+6h', appSso: { text: owed } },
      { at: '+8h', end: true },
    ]);
    expect(opened(story, 'password-change-window-overdue')).toBeDefined();
    expect(story.summary.openIssues).toEqual(['token-binding-owed']);
    expect(story.notifications.at(-1)).toMatchObject({ issue: 'token-binding-owed', purpose: 'problem' });
  });

  test('needsnewkeys-sek: is an issue of its own after hours of use', async () => {
    const story = await replayField('needsnewkeys-sek');
    const issue = opened(story, 'user-authentication-required');
    expect(issue).toMatchObject({
      severity: 'medium',
      to: 'open',
      summary: 'macOS says that this user has to sign in again.',
      data: { userState: 1, method: 'secureEnclaveKey', lastConfirmedGoodAt: '2026-11-23T08:59:00Z' },
    });
    expect(((issue?.at ?? 0) - story.start) / 3_600_000).toBeLessThan(5);
    expect(story.summary.openIssues).toEqual(['user-authentication-required']);
    expect(story.state.headline).toBe('needs-attention');
    for (const { title, body } of story.notifications)
      expect(`${title} ${body}`).not.toMatch(/changed|work password/);
  });
});
