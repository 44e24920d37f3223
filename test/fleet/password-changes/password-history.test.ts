import { expect, test } from 'vitest';
import { passwordHistoryOf } from '../../../agent/fleet/password-changes/password-history.ts';

const withoutOf = (state: Readonly<Record<string, string>>) =>
  passwordHistoryOf({
    digest: { state, beganAt: null, passwordSyncs: [], localPasswordSets: [] },
    lastAt: null,
    silent: false,
  }).without;

test.each([
  [{ configured: 'no', method: 'password' }, 'not-configured'],
  [{ configured: 'yes', method: 'password', 'password-window': 'unknown' }, null],
  [
    { configured: 'yes', method: 'secureEnclaveKey', 'password-window': 'unknown' },
    'method-without-password',
  ],
  [{ configured: 'yes', method: 'smartCard', 'password-window': 'unknown' }, 'method-without-password'],
  [{ configured: 'yes', method: 'openId', 'password-window': 'notApplicable' }, 'method-without-password'],
  [{ configured: 'yes', method: 'openId', 'password-window': 'current' }, null],
  [{ configured: 'yes', method: 'openId', 'password-window': 'unknown' }, 'method-not-understood'],
  [{ configured: 'yes', method: 'openId', 'password-window': '' }, 'method-not-understood'],
  [{ configured: 'yes', method: '' }, 'method-not-understood'],
  [{}, 'method-not-understood'],
])('why a Mac in the state %j takes no work password: %s', (state, without) => {
  expect(withoutOf(state)).toBe(without);
});
