import { describe, expect, test } from 'vitest';
import { kindsOf, mac, replayField, replayLines } from '../helpers/replayed.ts';

const gone = (change: object) => replayLines([mac, { at: '+1h', ...change }, { at: '+4h', end: true }]);

describe('what sign-in needs', () => {
  test('is all there on a healthy Mac, with every method', async () => {
    for (const method of ['password', 'secureEnclaveKey', 'smartCard']) {
      const replayed = await replayLines([mac, { at: '+0s', psso: { method } }, { at: '+1h', end: true }]);
      expect(replayed.state).toMatchObject({
        headline: 'ok',
        'trouble-since': '',
        'method-not-understood': '',
        'app-installed': 'yes',
        'mdm-enrolled': 'yes',
        'profile-installed': 'yes',
        'method-known': 'yes',
        'methods-agree': 'yes',
        'registration-complete': 'yes',
        'user-state-normal': 'yes',
        'tokens-present': 'yes',
        'tokens-fresh': 'yes',
        'tokens-valid': 'yes',
      });
    }
  });

  test.each([
    ['app-installed', { companyPortal: null }],
    ['mdm-enrolled', { enrolled: false }],
    ['profile-installed', { profile: null }],
  ])('%s: what is gone is not ok', async (precondition, change) => {
    const replayed = await gone(change);
    expect(replayed.state).toMatchObject({ headline: 'needs-attention', [precondition]: 'no' });
  });

  test('a profile that is gone for one poll is no alarm', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+59m50s', profile: null },
      { at: '+60m10s', enrolled: false },
      { at: '+61m', end: true },
    ]);
    expect(replayed.state).toMatchObject({ headline: 'ok' });
  });

  test('on macOS 27 a declaration has no file', async () => {
    const replayed = await replayLines([
      { ...mac, macos: '27.0' },
      { at: '+1h', profile: null },
      { at: '+4h', end: true },
    ]);
    expect(replayed.state).toMatchObject({ headline: 'ok', 'profile-installed': 'unknown' });
  });

  test('a method that this version does not know is unknown, never independent', async () => {
    const replayed = await replayField('openid-27');
    expect(replayed.state).toMatchObject({
      headline: 'unknown',
      'method-known': 'unknown',
      'method-not-understood': 'POLoginTypeOpenID',
      'password-window': 'unknown',
      'last-confirmed-good': '',
    });
    expect(kindsOf(replayed)).not.toContain('sync-window-due');
  });

  test('a user with another method than the device and the profile is not ok', async () => {
    const replayed = await replayField('method-migration');
    expect(replayed.state).toMatchObject({ headline: 'needs-attention', 'methods-agree': 'no' });
  });
});
