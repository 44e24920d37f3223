import { describe, expect, test } from 'vitest';
import { mac, type Replayed, replayLines } from '../../helpers/replayed.ts';

describe('the solved notification', () => {
  const nulls =
    'Time: 2026-03-02 13:00:00 +0000\n\nDevice Configuration:\n (null)\n\nLogin Configuration:\n (null)\n\nUser Configuration:\n (null)\n\n';
  const stale = [
    { at: '+4h30m', screen: 'locked' },
    { at: '+4h40m', screen: 'unlocked' },
  ];
  const ofKind = (replayed: Replayed, kind: string) =>
    replayed.events.filter((event) => event.kind === kind).length;
  const solved = (replayed: Replayed) =>
    replayed.notifications.filter((notified) => notified.shown && notified.purpose === 'solved').length;

  test('is not recorded for one failed poll, which ends no issue and starts no token cycle', async () => {
    const replayed = await replayLines([
      mac,
      ...stale,
      { at: '+4h59m30s', appSso: { text: nulls } },
      { at: '+5h0m30s', appSso: null },
      { at: '+7h', end: true },
    ]);
    expect(ofKind(replayed, 'issue-opened')).toBe(1);
    expect(ofKind(replayed, 'issue-resolved')).toBe(0);
    expect(ofKind(replayed, 'sync-window-due')).toBe(1);
    expect(ofKind(replayed, 'sync-window-overdue')).toBe(1);
    expect(solved(replayed)).toBe(0);
  });

  test('is not shown when one issue becomes another, nor while a refresh is still due', async () => {
    const replayed = await replayLines([
      mac,
      ...stale,
      { at: '+5h', psso: { state: 1 } },
      { at: '+6h', psso: { state: 0 } },
      { at: '+8h', psso: { receivedAt: '+8h' } },
      { at: '+9h', end: true },
    ]);
    const opened = replayed.events
      .filter((event) => event.kind === 'issue-opened')
      .map((event) => event.issue);
    expect(new Set(opened)).toEqual(
      new Set(['password-change-window-overdue', 'password-change-prompt-pending']),
    );
    const said = replayed.notifications.filter((notified) => notified.shown && notified.purpose === 'solved');
    expect(said.length).toBe(1);
    expect(said[0]?.at).toBeGreaterThanOrEqual(replayed.start + 8 * 3_600_000);
  });

  test('is not shown when the tokens only disappear', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+1h', psso: { expiresAt: '+1h' } },
      { at: '+2h', psso: { receivedAt: null, expiresAt: null } },
      { at: '+4h', end: true },
    ]);
    expect(replayed.summary.openIssues).toEqual(['sso-tokens-expired']);
    expect(solved(replayed)).toBe(0);
  });

  test('is recorded while an issue stays open that only concerns the admin', async () => {
    const text = `Getting global account policies\n<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict><key>policyCategoryPasswordContent</key><array><dict><key>policyContent</key><string>policyAttributePassword matches '.{14,}'</string></dict></array></dict></plist>\n`;
    const replayed = await replayLines([
      mac,
      { at: '+0s', passwordPolicy: { text } },
      ...stale,
      { at: '+7h', psso: { receivedAt: '+7h' } },
      { at: '+9h', end: true },
    ]);
    expect(replayed.summary.openIssues).toEqual(['passcode-policy-complexity-mismatch']);
    expect(solved(replayed)).toBe(1);
  });

  test('is recorded once for all issues that end together', async () => {
    const replayed = await replayLines([
      mac,
      { at: '+0s', psso: { registered: false, userPresent: false } },
      { at: '+3h', psso: { registered: true, userPresent: true, receivedAt: '+3h' } },
      { at: '+5h', end: true },
    ]);
    expect(ofKind(replayed, 'issue-resolved')).toBe(2);
    expect(solved(replayed)).toBe(1);
  });
});
