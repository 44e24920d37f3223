import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kindsOf, mac, replayLines } from '../../helpers/replayed.ts';
import { print } from '../../mac/sources/app-sso/printed-app-sso.ts';

describe('what can not be read', () => {
  test('does not make a sync that happened meanwhile a local change', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+2h', appSso: { fail: 'timeout' } },
      { at: '+2h10m', psso: { receivedAt: '+2h10m' }, passwordLastSetAt: '+2h10m' },
      { at: '+2h40m', appSso: null },
      { at: '+4h', end: true },
    ]);
    expect(kindsOf(replayed)).toContain('password-synced');
    expect(kindsOf(replayed)).not.toContain('local-password-changed');
  });

  test('is not healthy, however healthy it was before', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+1h', appSso: { fail: 'timeout' } },
      { at: '+3d', end: true },
    ]);
    expect(replayed.state.headline).toBe('unknown');
    // The tokens are three days old by now, or new: unknown.
    expect(replayed.state['password-window']).toBe('unknown');
  });

  const failure = fc.constantFrom(
    { fail: 'timeout' },
    { fail: 'exit' },
    { fail: 'missing' },
    { text: '' },
    { text: 'garbage' },
  );

  test('is recorded once, after two polls, for any kinds of failure', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(failure, { minLength: 2, maxLength: 12 }), async (failures) => {
        const replayed = await replayLines([
          mac,
          ...failures.map((appSso, index) => ({ at: `+${60 + 5 * index}m`, appSso })),
          { at: `+${60 + 5 * failures.length}m`, end: true },
        ]);
        const failed = replayed.events.filter((event) => event.kind === 'source-failed');
        expect(failed.length).toBeGreaterThan(0);
        expect(failed[0]?.at).toBe(replayed.start + 65 * 60_000);
        expect(kindsOf(replayed)).not.toContain('source-recovered');
        expect(replayed.state.headline).toBe('unknown');
        // Another reason is recorded after two readings, and no reason twice.
        for (const [index, { to }] of failed.entries()) expect(to).not.toBe(failed[index - 1]?.to);
      }),
      { numRuns: 40 },
    );
  });

  test('another way of failing is recorded when it was met twice', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+1h', appSso: { fail: 'timeout' } },
      { at: '+2h', appSso: { fail: 'missing' } },
      { at: '+3h', appSso: null },
      { at: '+4h', end: true },
    ]);
    expect(
      replayed.events
        .filter(({ kind }) => kind.startsWith('source-'))
        .map(({ kind, at, from, to }) => [kind, (at - replayed.start) / 60_000, from, to]),
    ).toEqual([
      ['source-failed', 65, 'ok', 'timeout'],
      ['source-failed', 125, 'timeout', 'missing'],
      ['source-recovered', 180, 'missing', 'ok'],
    ]);
  });
});

describe('sign-in tokens whose dates can not be read', () => {
  const printed = (tokens: string) => ({
    text: print({ time: '2026-03-02 08:10:00 +0000', tokens: null }) + tokens,
  });
  // The printed Mac has another device ID than the simulated one, and a new ID is an issue of its own.
  const aboutTokens = (issues: readonly string[]) =>
    issues.filter((issue) => issue !== 'device-compliance-lost-new-device-id');

  test.each([
    ['that was cut off', 'SSO Tokens:\nRec'],
    ['without a date', 'SSO Tokens:\nReceived:\n'],
    ['in words', 'SSO Tokens:\nReceived:\n2. Maerz 2026\nExpiration:\n16. Maerz 2026\n'],
    ['without the time of receipt', 'SSO Tokens:\nExpiration:\n2036-03-16T07:59:59Z (Not Expired)\n'],
  ])('are neither missing nor well: a section %s', async (_what, tokens) => {
    const replayed = await replayLines([
      mac,
      { at: '+10m', appSso: printed(tokens) },
      { at: '+4h', end: true },
    ]);
    expect(aboutTokens(replayed.summary.openIssues)).toEqual([]);
    expect(replayed.state.headline).toBe('unknown');
  });

  test('without the time of receipt are not well with any method', async () => {
    const text = print({
      time: '2026-03-02 08:10:00 +0000',
      tokens: ['Expiration:', '2036-03-16T07:59:59Z'],
    });
    const secureEnclave = text.replaceAll('POLoginTypePassword (1)', 'POLoginTypeUserSecureEnclaveKey (2)');
    const replayed = await replayLines([
      mac,
      { at: '+0s', psso: { method: 'secureEnclaveKey' }, appSso: { text: secureEnclave } },
      { at: '+2h', end: true },
    ]);
    expect(replayed.state).toMatchObject({ headline: 'unknown', method: 'secureEnclaveKey' });
  });

  test.each([
    ['no such section', ''],
    ['one in which macOS says that there are none', 'SSO Tokens:\nReceived:\n(null)\nExpiration:\n(null)\n'],
  ])('are missing where there is %s', async (_what, tokens) => {
    const replayed = await replayLines([
      mac,
      { at: '+10m', appSso: printed(tokens) },
      { at: '+4h', end: true },
    ]);
    expect(aboutTokens(replayed.summary.openIssues)).toEqual(['sso-tokens-missing']);
  });
});
