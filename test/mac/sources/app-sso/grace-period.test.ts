import { describe, expect, test } from 'vitest';
import { secondsOfGracePeriod } from '../../../../agent/mac/sources/app-sso/grace-period.ts';
import { policiesIn } from '../../../../agent/shared/sign-in-policy.ts';

const hour = 3600;

describe('a grace period', () => {
  test.each<[string, number | null]>([
    ['0 hours', 0],
    ['48 hours', 48 * hour],
    ['1 hour', hour],
    ['2 days', 48 * hour],
    ['1 day, 2 hours', 26 * hour],
    ['1 day, 2 hours, and 30 minutes', 26.5 * hour],
    ['1 hour 30 minutes', 1.5 * hour],
    ['1 hour and 30 minutes', 1.5 * hour],
    ['1.5 hours', 1.5 * hour],
    ['90 min.', 1.5 * hour],
    ['2 hrs', 2 * hour],
    ['1 wk', 168 * hour],
    ['48\u00a0Hours', 48 * hour],
    ['172800', 172800],
    ['0 Stunden', 0],
    ['0 heures', 0],
    ['0', 0],
    ['2 Stunden', null],
    ['two hours', null],
    ['-1 hours', null],
    ['', null],
    ['never', null],
    [`${'1 hour '.repeat(20)}`, null],
  ])('%j is %j s', (printed, seconds) => {
    expect(secondsOfGracePeriod(printed)).toBe(seconds);
  });
});

describe('the policies that app-sso prints', () => {
  test.each([
    ['None (0)', []],
    ['RequireAuthentication (2)', ['RequireAuthentication']],
    [
      'RequireAuthentication,AllowOfflineGracePeriod (6)',
      ['RequireAuthentication', 'AllowOfflineGracePeriod'],
    ],
    ['(null) (6)', ['RequireAuthentication', 'AllowOfflineGracePeriod']],
    ['RequireTouchID (6)', ['RequireTouchID']],
    ['RequireTouchIDOrWatch, (null) (300)', ['RequireTouchIDOrWatch']],
    ['SomethingNew (2)', []],
    [null, null],
  ])('%j', (printed, policies) => {
    expect(policiesIn(printed)).toEqual(policies);
  });
});
