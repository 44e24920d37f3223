import { describe, expect, test } from 'vitest';
import { type AssessedFacts, assess } from '../../agent/assess/assess.ts';
import { freshnessWords } from '../../agent/assess/freshness.ts';
import { type Headline, headlineFrom, headlineOf, type SignInState } from '../../agent/assess/headline.ts';
import { type Answer, answersOf, preconditions, preconditionsIn } from '../../agent/assess/preconditions.ts';
import type { Episode } from '../../agent/assess/trouble.ts';
import { day, hour, minute } from '../../agent/shared/time.ts';

const now = Date.UTC(2026, 10, 28, 12);
const yes = answersOf(() => 'yes');
const episode: Episode = {
  issue: 'sso-tokens-expired',
  severity: 'high',
  breaksSignIn: true,
  alsoNoticed: false,
  openedAt: now - 3 * hour,
  resolvedAt: null,
};
const ended: Episode = { ...episode, issue: 'sso-profile-missing', resolvedAt: now - 2 * hour };
const facts: AssessedFacts = {
  headline: 'ok',
  headlineSince: now - day,
  preconditions: yes,
  episodes: [],
  lastPoll: { at: now - minute, agent: 'running' },
};

describe('the assessment', () => {
  test('of a Mac on which sign-in works', () => {
    expect(assess({ ...facts, episodes: [ended] }, now)).toEqual({
      headline: 'ok',
      was: null,
      freshness: 'live',
      knownUntil: now - minute,
      since: now - day,
      preconditions: yes,
      notMet: [],
      undecided: [],
      open: [],
    });
  });

  test('counts from the begin of the trouble, and without an open issue from the headline', () => {
    const broken = { ...facts, headline: 'needs-attention' } as const;
    const read = { ...yes, 'tokens-valid': 'no' } as const;
    expect(assess({ ...broken, preconditions: read, episodes: [ended, episode] }, now)).toMatchObject({
      headline: 'needs-attention',
      since: now - 3 * hour,
      notMet: ['tokens-valid'],
      open: [episode],
    });
    expect(assess({ ...broken, episodes: [ended] }, now).since).toBe(now - day);
    expect(assess({ ...facts, episodes: [{ ...episode, alsoNoticed: true }] }, now).since).toBe(now - day);
  });

  test('names what is not decided only where the headline is unknown', () => {
    const read = { ...yes, 'tokens-present': 'unknown', 'tokens-fresh': 'unknown' } as const;
    expect(assess({ ...facts, headline: 'unknown', preconditions: read }, now).undecided).toEqual([
      'tokens-present',
    ]);
    expect(assess({ ...facts, preconditions: read }, now).undecided).toEqual([]);
  });

  test('has a word for each freshness', () => {
    expect(freshnessWords).toEqual(['live', 'late', 'silent', 'ended']);
  });

  test('of a record that is not current is unknown, and keeps the last headline', () => {
    const lastPoll = { at: now - 2 * day, agent: 'running' } as const;
    const old = { ...facts, lastPoll };
    expect(assess(old, now)).toMatchObject({
      headline: 'unknown',
      was: 'ok',
      freshness: 'silent',
      knownUntil: now - 2 * day,
      undecided: [],
    });
    expect(assess(old, now, 3 * day)).toMatchObject({ headline: 'ok', was: null, freshness: 'late' });
  });
});

const working: SignInState = {
  everRead: true,
  unreadable: false,
  configured: true,
  exempt: false,
  registration: 'complete',
  preconditions: yes,
  open: [],
};
const low = { severity: 'low', alsoNoticed: false };
const high = { severity: 'high', alsoNoticed: false };
const noticed = { severity: 'high', alsoNoticed: true };

describe('the headline', () => {
  test.each<[Headline, string, Partial<SignInState>]>([
    ['ok', 'a working Mac', {}],
    ['ok', 'an issue that the Mac also has', { open: [noticed] }],
    ['needs-attention', 'an issue of low severity', { open: [low] }],
    [
      'needs-attention',
      'a precondition that is not met',
      { preconditions: { ...yes, 'mdm-enrolled': 'no' } },
    ],
    ['unknown', 'a decisive answer that is not known', { preconditions: answersOf(() => 'unknown') }],
    ['ok', 'another answer that is not known', { preconditions: { ...yes, 'mdm-enrolled': 'unknown' } }],
    ['unknown', 'app-sso was never read', { everRead: false, open: [high] }],
    ['unknown', 'app-sso can not be read now', { unreadable: true }],
    [
      'needs-attention',
      'app-sso can not be read now, and an issue is open',
      { unreadable: true, open: [low] },
    ],
    ['not-configured', 'Platform SSO is not configured', { configured: false }],
    ['needs-attention', 'it is not configured, and an issue is open', { configured: false, open: [low] }],
    ['not-registered', 'no registration', { registration: 'none' }],
    ['not-registered', 'no registration, and a minor issue', { registration: 'none', open: [low] }],
    ['needs-attention', 'no registration, and a severe issue', { registration: 'none', open: [high] }],
    ['not-registered', 'only the device is registered', { registration: 'device' }],
    ['exempt', 'an exempt user without a registration', { registration: 'none', exempt: true }],
  ])('is %s: %s', (headline, _what, more) => {
    expect(headlineOf({ ...working, ...more })).toBe(headline);
  });

  test.each<Headline>(['ok', 'needs-attention', 'not-registered', 'not-configured', 'exempt', 'unknown'])(
    'is read as it was written: %s',
    (headline) => {
      expect(headlineFrom(headline)).toBe(headline);
    },
  );

  test.each([undefined, '', 'of-a-newer-version'])('is unknown when %j was written', (word) => {
    expect(headlineFrom(word)).toBe('unknown');
  });
});

describe('the recorded preconditions', () => {
  test.each<Answer>(['yes', 'no', 'unknown'])('are read as they were written: %s', (answer) => {
    for (const one of preconditions)
      expect(preconditionsIn((precondition) => (precondition === one ? answer : undefined))).toEqual({
        ...answersOf(() => 'unknown'),
        [one]: answer,
      });
  });

  test('are unknown when another word was written', () => {
    expect(preconditionsIn(() => 'perhaps')).toEqual(answersOf(() => 'unknown'));
  });
});
