import { describe, expect, test } from 'vitest';
import { kindsOf, mac, replayLines } from '../../helpers/replayed.ts';

describe("the identity provider's own rules", () => {
  const profile = (length: number) => ({
    text: `Getting global account policies\n<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict><key>policyCategoryPasswordContent</key><array><dict><key>policyContent</key><string>policyAttributePassword matches '.{${length},}'</string><key>policyIdentifier</key><string>ProfilePayload:9D6A9E09-5D7B-4CC9-89F8-1B265F85E306:minLength</string></dict></array></dict></plist>\n`,
  });
  const opening = async (settings: object) => {
    const replayed = await replayLines([
      { ...mac, settings },
      { at: '+1h', passwordPolicy: profile(12) },
      { at: '+2h', end: true },
    ]);
    return replayed.issues.map((issue) => issue.summary);
  };

  test('decide whether the Mac is stricter, and what would do', async () => {
    expect(await opening({})).toEqual([
      expect.stringContaining('at least 12 characters (set by a profile; 8 would do)'),
    ]);
    expect(await opening({ IdpMinimumPasswordLength: 10 })).toEqual([expect.stringContaining('10 would do')]);
    expect(await opening({ IdpMinimumPasswordLength: 12 })).toEqual([]);
  });
});

describe('settings', () => {
  test('an invalid one is recorded once, and its default is used', async () => {
    const replayed = await replayLines([
      { ...mac, settings: { PollIntervalSeconds: 'often' } },
      { at: '+2h', end: true },
    ]);
    expect(kindsOf(replayed)).toEqual(['agent-started', 'settings-invalid', 'agent-stopped']);
    expect(replayed.summary.polls).toBeGreaterThanOrEqual(24);
  });

  test("the admin's IdpPasswordChangedAt makes the lag exact", async () => {
    const replayed = await replayLines([
      { ...mac, settings: { IdpPasswordChangedAt: '2026-03-02T09:00:00Z' } },
      { at: '+3h', psso: { receivedAt: '+3h' }, passwordLastSetAt: '+3h' },
      { at: '+4h', end: true },
    ]);
    expect(replayed.sync.at(-1)).toMatchObject({
      outcome: 'password-synced',
      password_changed_at: '2026-03-02T09:00:00Z',
      lag_seconds: '7200',
      active_lag_seconds: '7200',
    });
  });
});
