import { describe, expect, test } from 'vitest';
import { mac, type Replayed, replayLines } from '../../helpers/replayed.ts';
import { leftover } from './leftover.ts';

/** A managed property list with Platform SSO, as text. */
const profile = {
  text: `<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict>
  <key>ExtensionIdentifier</key><string>com.microsoft.CompanyPortalMac.ssoextension</string>
  <key>Type</key><string>Redirect</string>
  <key>PlatformSSO</key><dict><key>AuthenticationMethod</key><string>Password</string></dict>
</dict></plist>`,
};
const notRegistered = { registered: false, userPresent: false };

const minutes = (replayed: Replayed, at: number) => Math.round((at - replayed.start) / 60_000);
const issueEvents = (replayed: Replayed) =>
  replayed.events
    .filter(({ kind }) => kind.startsWith('issue-'))
    .map(({ kind, issue, at }) => `${minutes(replayed, at)} ${kind} ${issue}`);

describe('a profile that macOS has not taken up', () => {
  test('concerns the admin: the user has nothing to click', async () => {
    const replayed = await replayLines([mac, { at: '+0s', psso: null, profile }, { at: '+3d', end: true }]);
    expect(issueEvents(replayed)).toEqual(['16 issue-opened psso-not-registered']);
    expect(replayed.notifications).toEqual([]);
    expect(replayed.state.headline).toBe('needs-attention');
  });

  test('once it is, starts the issue again: the user has time to answer the prompt of macOS', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+0s', psso: null, profile },
      { at: '+3h', psso: notRegistered },
      { at: '+4h', end: true },
    ]);
    expect(issueEvents(replayed)).toEqual([
      '16 issue-opened psso-not-registered',
      '182 issue-resolved psso-not-registered',
      '184 issue-opened psso-not-registered',
      expect.stringContaining('issue-opened registration-long-running-macos14'),
    ]);
    expect(
      replayed.notifications.map(({ at, purpose }) => [purpose, minutes(replayed, at) >= 180 + 15]),
    ).toEqual([['problem', true]]);
  });

  test('taken up in time is a new registration, with two readings and the time that one has', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+0s', psso: null, profile },
      { at: '+14m', psso: notRegistered },
      { at: '+17m', psso: { registered: true, userPresent: true, state: 0, receivedAt: '+17m' } },
      { at: '+1h', end: true },
    ]);
    expect(replayed.notifications).toEqual([]);
    const opened = replayed.events.find(({ kind }) => kind === 'issue-opened');
    const configured = replayed.events.find(({ kind }) => kind === 'psso-configured');
    expect(opened === undefined || opened.at >= (configured?.at ?? Number.POSITIVE_INFINITY)).toBe(true);
  });

  test('does not open by one odd reading, while another issue of the registration is open', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+0s', psso: notRegistered },
      { at: '+3h', psso: null, profile },
      { at: '+3h30s', psso: notRegistered },
      { at: '+3h30m', end: true },
    ]);
    expect(issueEvents(replayed).filter((one) => one.includes('issue-updated'))).toEqual([]);
  });

  test('ends neither because the profile can not be read, nor is it well while app-sso can not', async () => {
    const open = [mac, { at: '+0s', psso: null, profile }];
    const unread = await replayLines([
      ...open,
      { at: '+1h', profile: { text: 'garbage' } },
      { at: '+3h', end: true },
    ]);
    expect(unread.summary.openIssues).toEqual(['psso-not-registered']);
    const silent = await replayLines([
      mac,
      { at: '+0s', psso: null },
      { at: '+1h', appSso: { fail: 'timeout' } },
      { at: '+3h', end: true },
    ]);
    expect(silent.state.headline).toBe('unknown');
  });

  test('on a registered Mac, is a registration to repair as soon as macOS reads it again', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+0s', profile },
      { at: '+1h', psso: null },
      { at: '+2h', psso: notRegistered },
      { at: '+3h', end: true },
    ]);
    expect(replayed.summary.openIssues).toEqual(['registration-needs-repair']);
  });

  test.each([
    ['can not be read for a while', { text: 'garbage' }],
    ['is replaced by MDM, which removes it first', null],
  ])('and %s, too', async (_what, meanwhile) => {
    const replayed = await replayLines([
      mac,
      { at: '+0s', profile },
      { at: '+1h', psso: null },
      { at: '+90m', profile: meanwhile },
      { at: '+92m', profile },
      { at: '+2h', psso: notRegistered },
      { at: '+3h', end: true },
    ]);
    expect(replayed.summary.openIssues).toEqual(['registration-needs-repair']);
  });
});

describe('what an earlier Workplace Join left', () => {
  test('is not gone because the registration is', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+0s', workplaceJoin: leftover },
      { at: '+3h', psso: notRegistered },
      { at: '+4h', psso: { registered: true, userPresent: true, state: 0, receivedAt: '+4h' } },
      { at: '+7h', end: true },
    ]);
    const ofIt = issueEvents(replayed).filter((one) => one.includes('wpj-key'));
    expect(ofIt).toEqual([expect.stringContaining('issue-opened')]);
    expect(replayed.notifications.filter(({ purpose }) => purpose === 'solved')).toEqual([]);
  });

  test('is gone when it is, whether or not the Mac is registered', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+0s', workplaceJoin: leftover },
      { at: '+3h', psso: notRegistered },
      { at: '+210m', workplaceJoin: null },
      { at: '+5h', end: true },
    ]);
    expect(issueEvents(replayed).filter((one) => one.includes('resolved wpj-key'))).toHaveLength(1);
  });

  test('is not gone after one odd reading of the keychain', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+0s', workplaceJoin: leftover },
      { at: '+3h', workplaceJoin: null },
      { at: '+3h3m', workplaceJoin: leftover },
      { at: '+6h', end: true },
    ]);
    expect(issueEvents(replayed)).toEqual([expect.stringContaining('issue-opened wpj-key')]);
  });

  test('ends when Platform SSO is removed', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+0s', workplaceJoin: leftover },
      { at: '+2h', screen: 'locked' },
      { at: '+2h10m', psso: null },
      { at: '+6h', end: true },
    ]);
    expect(replayed.summary.openIssues).toEqual(['sso-profile-missing']);
  });
});
