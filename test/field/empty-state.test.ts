import { describe, expect, test } from 'vitest';
import { kindsOf, mac, type Replayed, replayLines } from '../helpers/replayed.ts';

/** What AppSSOAgent prints while it restarts. */
const empty = {
  text: 'Time: 2026-03-02 09:00:00 +0000\n\nDevice Configuration:\n (null)\n\nLogin Configuration:\n (null)\n\nUser Configuration:\n (null)\n\n',
};
const end = (at: string) => ({ at, end: true });
const eventOf = (replayed: Replayed, kind: string) => replayed.events.find((event) => event.kind === kind);
const alarms = ['psso-removed', 'registration-lost', 'issue-opened'];

describe('(null) in every section', () => {
  test.each([
    ['the managed profile is there', []],
    ['a declaration configures Platform SSO', [{ at: '+0m', profile: null }]],
  ])('for minutes is a failure of the source: %s', async (_, before) => {
    const replayed = await replayLines([
      { ...mac, macos: '27.0' },
      ...before,
      { at: '+1h', appSso: empty },
      { at: '+1h8m', appSso: null },
      end('+2h'),
    ]);
    for (const kind of alarms) expect(kindsOf(replayed)).not.toContain(kind);
    expect(eventOf(replayed, 'source-failed')).toMatchObject({
      severity: 'medium',
      to: 'empty',
      summary:
        "The source appSso can't be read (empty): every section is (null), and the profile is not gone",
      data: { source: 'appSso', reason: 'empty' },
    });
    expect(kindsOf(replayed)).toContain('source-recovered');
    expect(replayed.state.headline).toBe('ok');
    expect(replayed.notifications).toEqual([]);
  });

  test('is unknown meanwhile, and not healthy', async () => {
    const replayed = await replayLines([mac, { at: '+1h', appSso: empty }, end('+1h7m')]);
    expect(replayed.state).toMatchObject({
      headline: 'unknown',
      'app-sso': 'unreadable: empty',
      configured: 'yes',
    });
  });

  test('counts time awake only', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+1h', appSso: empty },
      { at: '+1h6m', power: 'asleep' },
      { at: '+9h', power: 'awake' },
      { at: '+9h2m', appSso: null },
      end('+10h'),
    ]);
    for (const kind of alarms) expect(kindsOf(replayed)).not.toContain(kind);
  });

  test('is a loss once it has lasted for ten minutes', async () => {
    const replayed = await replayLines([mac, { at: '+1h', appSso: empty }, end('+2h')]);
    const lost = eventOf(replayed, 'registration-lost');
    expect(lost).toMatchObject({
      severity: 'high',
      summary: 'The registration was lost, and Platform SSO is no longer configured.',
    });
    expect(eventOf(replayed, 'psso-removed')).toMatchObject({ severity: 'medium', to: 'no' });
    const minutes = ((lost?.at ?? 0) - replayed.start) / 60_000;
    expect(minutes).toBeGreaterThanOrEqual(70);
    expect(minutes).toBeLessThanOrEqual(76);
  });

  test.each([
    ['together', [{ at: '+1h', psso: null, profile: null }]],
    [
      'profile first',
      [
        { at: '+50m', profile: null },
        { at: '+1h', appSso: empty },
      ],
    ],
  ])('twin: is a removal at the second reading when the profile is gone: %s', async (_, changes) => {
    const replayed = await replayLines([mac, ...changes, end('+1h20m')]);
    expect(kindsOf(replayed)).not.toContain('source-failed');
    const minutes = ((eventOf(replayed, 'psso-removed')?.at ?? 0) - replayed.start) / 60_000;
    expect(minutes).toBeLessThanOrEqual(66);
  });

  test('twin: is the state of a Mac at the first poll', async () => {
    const replayed = await replayLines([mac, { at: '+0m', appSso: empty }, end('+1h')]);
    expect(kindsOf(replayed)).not.toContain('source-failed');
    expect(replayed.state.configured).toBe('no');
    expect(replayed.summary.openIssues).toEqual(['psso-not-registered']);
  });
});
