import { expect, test } from 'vitest';
import { kindsOf, mac, replayLines } from '../helpers/replayed.ts';

/** What a poll `minutes` after the profile is gone has recorded, on a Mac that stays registered. */
async function kindsAfter(minutes: number): Promise<string[]> {
  const end = { at: `+${60 + minutes}m`, end: true };
  return kindsOf(await replayLines([mac, { at: '+1h', profile: null }, end]));
}

test('a profile that is gone is recorded after macOS had 15 minutes to follow', async () => {
  expect(await kindsAfter(12)).not.toContain('profile-changed');
  expect(await kindsAfter(40)).toContain('profile-changed');
});
