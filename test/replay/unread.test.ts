import { describe, expect, test } from 'vitest';
import { kindsOf, mac, replayLines } from '../story.ts';

describe('what can not be read', () => {
  test('does not make a sync that happened meanwhile a local change', async () => {
    const story = await replayLines([
      mac,
      { at: '+2h', appSso: { fail: 'timeout' } },
      { at: '+2h10m', psso: { receivedAt: '+2h10m' }, passwordLastSetAt: '+2h10m' },
      { at: '+2h40m', appSso: null },
      { at: '+4h', end: true },
    ]);
    expect(kindsOf(story)).toContain('password-synced');
    expect(kindsOf(story)).not.toContain('local-password-changed');
  });

  test('is not healthy, however healthy it was before', async () => {
    const story = await replayLines([
      mac,
      { at: '+1h', appSso: { fail: 'timeout' } },
      { at: '+3d', end: true },
    ]);
    expect(story.state.headline).toBe('unknown');
  });
});
