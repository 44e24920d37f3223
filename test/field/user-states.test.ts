import { describe, expect, test } from 'vitest';
import { languages } from '../../agent/shared/languages.ts';
import { userText } from '../../agent/texts/user-texts.ts';
import { kindsOf, mac, printedIn, type Replayed, replayField, replayLines } from '../helpers/replayed.ts';
import { wordsByLanguage } from '../texts/language-words.ts';

const opened = (replayed: Replayed, issue: string) =>
  replayed.events.find((event) => event.kind === 'issue-opened' && event.issue === issue);

describe('the state of the user', () => {
  test('needsbinding-27: asks for the password of the Mac', async () => {
    const replayed = await replayField('needsbinding-27');
    expect(kindsOf(replayed)).not.toContain('registration-lost');
    expect(replayed.events.find(({ kind }) => kind === 'user-state-changed')).toMatchObject({
      summary: "The user's state is now POUserStateNeedsBinding.",
      to: 'POUserStateNeedsBinding',
    });
    expect(replayed.summary.openIssues).toEqual(['token-binding-owed']);
    expect(opened(replayed, 'token-binding-owed')).toMatchObject({
      severity: 'low',
      to: 'open',
      summary: 'macOS has to bind the sign-in tokens again: the user signs in with the password of this Mac.',
      data: { userState: 7, userStateName: 'POUserStateNeedsBinding', method: 'password', macos: '27.0' },
    });
    expect(replayed.state.headline).toBe('needs-attention');
    expect(replayed.notifications.map(({ title }) => title)).toEqual([
      'Unlock this Mac once with its password',
    ]);
    for (const language of languages) {
      const { title, body, steps } = userText('token-binding-owed', language);
      expect([title, body, ...steps].join(' ')).not.toMatch(wordsByLanguage[language].workPassword);
    }
  });

  test('needs the password of the Mac: no issue asks for the work password', async () => {
    const [healthy, owed] = [printedIn('needsbinding-27', 1), printedIn('needsbinding-27', 2)];
    const replayed = await replayLines([
      { ...mac, start: '2026-11-23T09:00:00Z', macos: '27.0' },
      { at: '+0m', appSso: { text: healthy } },
      { at: '+4h30m', screen: 'locked' },
      { at: '+4h35m', screen: 'unlocked' },
      { at: '+6h', appSso: { text: owed } },
      { at: '+8h', end: true },
    ]);
    expect(opened(replayed, 'password-change-window-overdue')).toBeDefined();
    expect(replayed.summary.openIssues).toEqual(['token-binding-owed']);
    expect(replayed.notifications.at(-1)).toMatchObject({ issue: 'token-binding-owed', purpose: 'problem' });
  });

  test('needsnewkeys-sek: is an issue of its own after hours of use', async () => {
    const replayed = await replayField('needsnewkeys-sek');
    const issue = opened(replayed, 'user-authentication-required');
    expect(issue).toMatchObject({
      severity: 'medium',
      to: 'open',
      summary: 'macOS says that this user has to sign in again.',
      data: { userState: 1, method: 'secureEnclaveKey', lastConfirmedGoodAt: '2026-11-23T08:59:00Z' },
    });
    expect(((issue?.at ?? 0) - replayed.start) / 3_600_000).toBeLessThan(5);
    expect(replayed.summary.openIssues).toEqual(['user-authentication-required']);
    expect(replayed.state.headline).toBe('needs-attention');
    for (const { title, body } of replayed.notifications)
      expect(`${title} ${body}`).not.toMatch(/changed|work password/);
  });
});
