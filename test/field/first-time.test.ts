import { describe, expect, test } from 'vitest';
import { explainFinding } from '../../agent/causes/explain-finding.ts';
import { detect } from '../../agent/detect/detect.ts';
import type { Memory } from '../../agent/detect/memory.ts';
import { statedCauses } from '../../agent/history/stated-causes.ts';
import { detectors } from '../../agent/issues/issues.ts';
import { parseAppSso } from '../../agent/mac/sources/app-sso/parse-app-sso.ts';
import { day, hour, minute } from '../../agent/shared/time.ts';
import { afterPollsFor, detectSettings } from '../detect/remembered-polls.ts';
import { kindsOf, mac, printedIn, type Replayed, replayField, replayLines } from '../helpers/replayed.ts';

const opened = (replayed: Replayed, issue: string) =>
  replayed.events.find((event) => event.kind === 'issue-opened' && event.issue === issue);
const eventOf = (replayed: Replayed, kind: string) => replayed.events.find((event) => event.kind === kind);
const shownOf = (replayed: Replayed) => replayed.notifications.filter(({ shown }) => shown);
const problemsOf = (replayed: Replayed) => shownOf(replayed).filter(({ purpose }) => purpose !== 'solved');

const neverRegistered = printedIn('fleet-existing-mac', 1);

describe('a user who has never registered', () => {
  test('fleet-existing-mac: is asked to set up sign-in, and not to repair it', async () => {
    const replayed = await replayField('fleet-existing-mac');
    expect(replayed.summary.openIssues).toEqual(['psso-not-registered']);
    expect(opened(replayed, 'psso-not-registered')).toMatchObject({
      severity: 'medium',
      to: 'open',
      summary:
        "Platform SSO is configured, but the user has never signed in; the user's state is 2 (needs registration).",
      data: { registration: 'device', userPresent: true, userState: 2, neverSignedIn: true },
    });
    expect(problemsOf(replayed).map(({ title }) => title)).toEqual(['Set up work sign-in on this Mac']);
    expect(problemsOf(replayed)[0]?.body).toContain('Registration Required');
    expect(replayed.state.headline).toBe('not-registered');
  });

  test.each([
    [
      'a last login',
      neverRegistered.replace('"state"', '"lastLoginDate" : "2026-11-20T08:00:00Z",\n  "state"'),
    ],
    [
      'a login configuration',
      neverRegistered.replace('"state"', '"userLoginConfiguration" : {},\n  "state"'),
    ],
    [
      'tokens',
      `${neverRegistered}SSO Tokens:\nReceived:\n2026-11-20T08:00:00Z\nExpiration:\n2026-12-04T08:00:00Z (Not Expired)\n\n`,
    ],
  ])('twin: state 2 with %s has to be repaired', async (_, text) => {
    const replayed = await replayLines([mac, { at: '+0m', appSso: { text } }, { at: '+20m', end: true }]);
    expect(replayed.summary.openIssues).toEqual(['registration-needs-repair']);
  });

  test('twin: an empty record after a registration has to be repaired', async () => {
    const text = neverRegistered;
    const replayed = await replayLines([mac, { at: '+1h', appSso: { text } }, { at: '+2h', end: true }]);
    expect(replayed.summary.openIssues).toEqual(['registration-needs-repair']);
  });

  test('a history of an earlier account is no registration of this one', async () => {
    const { memory, observation } = await afterPollsFor(30 * minute);
    expect(memory.everRegistered).toBe(true);
    const later = Date.parse(observation.at) + 5 * minute;
    const { account } = observation;
    if (!account.ok) throw new Error('the account was not read');
    const poll = (before: Memory, at: number, createdAt: number) =>
      detect({
        memory: before,
        detectors,
        explain: explainFinding,
        settings: detectSettings,
        run: 'a run',
        monotonicCountsSleep: true,
        observation: {
          ...observation,
          at: new Date(at).toISOString(),
          monotonic: observation.monotonic + at - Date.parse(observation.at),
          appSso: { ok: true, value: parseAppSso(neverRegistered) },
          account: { ok: true, value: { ...account.value, createdAt: new Date(createdAt).toISOString() } },
        },
      });
    const openAfter = (createdAt: number) => {
      const first = poll(memory, later, createdAt);
      const second = poll(first.memory, later + 5 * minute, createdAt);
      return poll(second.memory, later + 10 * minute, createdAt).open.map(({ issue }) => issue);
    };
    expect(openAfter(later + 2 * hour)).toEqual(['psso-not-registered']);
    expect(openAfter(later - 30 * day)).toEqual(['registration-needs-repair']);
  });
});

describe('the first tokens and a new local password', () => {
  test('register-sync-c: are a password sync', async () => {
    const replayed = await replayField('register-sync-c');
    expect(kindsOf(replayed)).not.toContain('local-password-changed');
    expect(eventOf(replayed, 'password-synced')).toMatchObject({
      severity: 'info',
      summary: 'The local password was set together with the receipt of tokens: the passwords agree.',
      data: { receivedAt: '2026-11-23T09:20:00Z', lagSeconds: null, activeLagSeconds: null },
    });
  });

  const registered = { registered: true, userPresent: true, receivedAt: '+20m', lastLoginAt: '+20m' };
  const unread = { appSso: { fail: 'timeout' } };
  test.each<readonly [string, readonly object[]]>([
    [
      'first',
      [
        { at: '+12m', passwordLastSetAt: '+12m' },
        { at: '+20m', psso: registered },
      ],
    ],
    ['in the same minute', [{ at: '+20m', psso: registered, passwordLastSetAt: '+20m' }]],
    [
      'nine minutes later',
      [
        { at: '+20m', psso: registered },
        { at: '+29m', passwordLastSetAt: '+29m' },
      ],
    ],
    [
      'first, and app-sso is unreadable for half an hour',
      [
        { at: '+18m', passwordLastSetAt: '+18m', ...unread },
        { at: '+20m', psso: registered },
        { at: '+50m', appSso: null },
      ],
    ],
    [
      'later, and app-sso is unreadable for half an hour',
      [
        { at: '+20m', psso: registered },
        { at: '+21m', passwordLastSetAt: '+21m', ...unread },
        { at: '+50m', appSso: null },
      ],
    ],
  ])('the password was set %s', async (_, changes) => {
    const replayed = await replayLines([
      mac,
      { at: '+0m', psso: null },
      ...changes,
      { at: '+2h', end: true },
    ]);
    expect(kindsOf(replayed)).not.toContain('local-password-changed');
    expect(kindsOf(replayed).filter((kind) => kind === 'password-synced')).toHaveLength(1);
  });

  test('twin: a password that is set an hour before or after is none', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+0m', psso: null },
      { at: '+5m', passwordLastSetAt: '+5m' },
      { at: '+1h', psso: { ...registered, receivedAt: '+1h' } },
      { at: '+2h', passwordLastSetAt: '+2h' },
      { at: '+3h', end: true },
    ]);
    expect(kindsOf(replayed)).not.toContain('password-synced');
    const changed = replayed.events.filter(({ kind }) => kind === 'local-password-changed');
    expect(changed.map(({ severity, summary }) => [severity, summary])).toEqual([
      ['info', 'The local password was set.'],
      [
        'medium',
        'The local password was set without a token refresh near it: it may differ from the work password.',
      ],
    ]);
  });

  test('twin: a second change after the sync is none', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+0m', psso: null },
      { at: '+20m', psso: registered, passwordLastSetAt: '+20m' },
      { at: '+27m', passwordLastSetAt: '+27m' },
      { at: '+1h', end: true },
    ]);
    expect(kindsOf(replayed).filter((kind) => kind === 'password-synced')).toHaveLength(1);
    expect(kindsOf(replayed)).toContain('local-password-changed');
  });
});

describe('a prompt for the password', () => {
  test('change-via-settings-then-prompt: names the change of the local password', async () => {
    const replayed = await replayField('change-via-settings-then-prompt');
    const issue = opened(replayed, 'password-change-prompt-pending');
    expect(issue).toMatchObject({
      severity: 'medium',
      summary: 'macOS asks the user for the work password.',
      data: { userState: 1, localPasswordSetAt: '2026-11-23T10:00:00Z' },
    });
    expect(statedCauses(issue?.data ?? null, 'entra')[0]).toEqual({
      id: 'local-password-changed-outside-idp',
      grade: 'likely',
      sentence: 'The local password was changed on this Mac 3 hours before, without a token refresh.',
      changeAt: '2026-11-23T10:00:00Z',
      remedyFirst: null,
    });
    expect(problemsOf(replayed).map(({ body }) => body)).toEqual([
      'The password of this Mac was changed. Lock the screen, then unlock it with your current work password; your Mac then uses it.',
    ]);
    expect(JSON.stringify(replayed.notifications)).not.toContain('new work password');
    expect(eventOf(replayed, 'prompt-cleared')).toMatchObject({
      summary: 'macOS no longer asks the user for the work password. A new local password was set.',
      data: { newPassword: true },
    });
  });

  test('is no effect of an older change that a password sync followed, or of a later one', async () => {
    const prompt = { at: '+6h', psso: { state: 1 } };
    const end = { at: '+8h', end: true };
    const synced = { at: '+2h', passwordLastSetAt: '+2h', psso: { receivedAt: '+2h' } };
    const sync = await replayLines([mac, { at: '+1h', passwordLastSetAt: '+1h' }, synced, prompt, end]);
    const later = await replayLines([mac, prompt, { at: '+7h', passwordLastSetAt: '+7h' }, end]);
    for (const replayed of [sync, later]) {
      const issue = opened(replayed, 'password-change-prompt-pending');
      expect(issue?.data).not.toHaveProperty('localPasswordSetAt');
      expect(statedCauses(issue?.data ?? null, 'entra')).toEqual([]);
    }
  });

  test('is no effect of a change after which the password was confirmed good', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+1h', passwordLastSetAt: '+1h' },
      { at: '+3h', psso: { receivedAt: '+3h' } },
      { at: '+30h', psso: { state: 1 } },
      { at: '+31h', end: true },
    ]);
    const issue = opened(replayed, 'password-change-prompt-pending');
    expect(issue?.data).toMatchObject({ lastConfirmedGoodAt: '2026-03-02T11:00:00Z' });
    expect(issue?.data).not.toHaveProperty('localPasswordSetAt');
    for (const { body } of problemsOf(replayed))
      expect(body).not.toContain('password of this Mac was changed');
  });

  test('idp-outage-state1: that ends by itself claims nothing', async () => {
    const replayed = await replayField('idp-outage-state1');
    const issue = opened(replayed, 'password-change-prompt-pending');
    expect(issue?.summary).toBe('macOS asks the user for the work password.');
    expect(statedCauses(issue?.data ?? null, 'entra')).toEqual([]);
    expect(problemsOf(replayed).map(({ body }) => body)).toEqual([
      'Your work password was changed elsewhere, or your Mac couldn’t check it. Lock the screen, then unlock it with your current work password; your Mac then uses it.',
    ]);
    const solved = shownOf(replayed).filter(({ purpose }) => purpose === 'solved');
    for (const { title, body } of solved) expect(`${title} ${body}`).not.toMatch(/password/i);
    expect(eventOf(replayed, 'prompt-cleared')).toMatchObject({
      severity: 'info',
      to: 'clear',
      summary: 'macOS no longer asks the user for the work password. No new local password was set.',
      data: { newPassword: false },
    });
  });
});
