import { describe, expect, test } from 'vitest';
import type { Assessment } from '../../agent/assess/assess.ts';
import { answersOf } from '../../agent/assess/preconditions.ts';
import type { Episode } from '../../agent/assess/trouble.ts';
import { stepWithoutIssue } from '../../agent/history/step-without-issue.ts';
import { windowText } from '../../agent/history/window-text.ts';

const works: Assessment = {
  headline: 'ok',
  was: null,
  freshness: 'live',
  knownUntil: 0,
  since: 0,
  preconditions: answersOf(() => 'yes'),
  notMet: [],
  undecided: [],
  open: [],
};
const episode: Episode = {
  issue: 'psso-not-registered',
  severity: 'high',
  breaksSignIn: true,
  alsoNoticed: false,
  openedAt: 0,
  resolvedAt: null,
};

describe('the next step without an open issue', () => {
  test.each<[string, Partial<Assessment>, RegExp]>([
    ['sign-in works', {}, /^$/],
    [
      'a precondition is missing',
      { headline: 'needs-attention', notMet: ['mdm-enrolled'] },
      /^Enroll the Mac/,
    ],
    [
      'the first missing one',
      { headline: 'needs-attention', notMet: ['tokens-valid', 'mdm-enrolled'] },
      /^Conn/,
    ],
    ['nothing is known to be missing', { headline: 'needs-attention' }, /^$/],
    ['not registered', { headline: 'not-registered' }, /^Follow the steps when macOS asks/],
    ['unknown', { headline: 'unknown' }, /run on this Mac: psso-monitor doctor$/],
    ['unknown now, and not registered before', { headline: 'unknown', was: 'not-registered' }, /^Follow/],
    ['unknown now, and well before', { headline: 'unknown', was: 'ok' }, /^$/],
    ['an issue is open', { headline: 'not-registered', open: [episode] }, /^$/],
    [
      'an issue is open that is no trouble',
      { headline: 'not-registered', open: [{ ...episode, alsoNoticed: true }] },
      /^Follow/,
    ],
  ])('%s', (_what, more, step) => {
    expect(stepWithoutIssue({ ...works, ...more })).toMatch(step);
  });
});

describe('the sentence about the password window', () => {
  const text = (values: Readonly<Record<string, string>>, more: Partial<Assessment> = {}) =>
    windowText({ ...works, ...more }, (key) => values[key] ?? '', String);
  const known = {
    configured: 'yes',
    registration: 'complete',
    'method-known': 'yes',
    'methods-agree': 'yes',
    'password-window': 'fresh',
    'last-confirmed-good': '2026-03-02T08:00:00Z',
  };

  test('names the last confirmation', () => {
    expect(text(known)).toContain('2026-03-02T08:00:00Z');
  });

  test('is empty where the method is not understood', () => {
    const other = { ...known, 'method-known': 'unknown', 'method-not-understood': 'POLoginTypeOpenID' };
    expect(text(other)).toBe('');
    expect(text({ ...other, 'method-known': 'yes' })).not.toBe('');
    expect(text({ ...other, 'method-not-understood': '' })).not.toBe('');
  });

  test('claims no independent password where the methods differ or are not known', () => {
    const independent = { ...known, 'password-window': 'notApplicable' };
    expect(text(independent)).not.toBe('');
    expect(text({ ...independent, 'methods-agree': 'no' })).toBe('');
    expect(text(independent, { headline: 'unknown' })).toBe('');
    expect(text(independent, { headline: 'unknown', was: 'ok' })).not.toBe('');
  });
});
