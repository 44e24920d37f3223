import { build } from 'plist';
import { expect, test } from 'vitest';
import { mac, replayLines } from '../../helpers/replayed.ts';

const fourteen = `Getting global account policies\n${build({
  policyCategoryPasswordContent: [
    {
      policyContent: "policyAttributePassword matches '.{14,}+'",
      policyIdentifier: 'ProfilePayload:9D6A9E09-5D7B-4CC9-89F8-1B265F85E306:minLength',
    },
  ],
})}`;

/** The rules want more than the work password, which is stale in the morning, and then prompted for. */
const morning = [
  { ...mac, start: '2026-11-26T17:00:00Z' },
  { at: '+0m', passwordPolicy: { text: fourteen } },
  { at: '+1h', screen: 'locked' },
  { at: '+14h', screen: 'unlocked' },
  { at: '+15h20m', psso: { state: 1 } },
];

test('a morning with three issues of one password has one request at a time', async () => {
  const replayed = await replayLines([...morning, { at: '+23h', end: true }]);
  expect(replayed.events.filter(({ kind }) => kind === 'issue-opened').map(({ issue }) => issue)).toEqual([
    'passcode-policy-complexity-mismatch',
    'password-change-window-overdue',
    'password-change-prompt-pending',
  ]);
  const shown = replayed.notifications.filter(({ shown: was }) => was);
  expect(shown.map(({ issue, purpose }) => [issue, purpose])).toEqual([
    ['password-change-window-overdue', 'problem'],
    ['passcode-policy-complexity-mismatch', 'problem'],
  ]);
  const [first, second] = shown.map(({ at }) => at);
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(4 * 3_600_000);
});

test('a morning that ends well ends with one solved notification', async () => {
  const replayed = await replayLines([
    ...morning,
    { at: '+16h', psso: { state: 0, receivedAt: '+16h' }, passwordLastSetAt: '+16h' },
    { at: '+18h', end: true },
  ]);
  const shown = replayed.notifications.filter(({ shown: was }) => was);
  expect(shown.map(({ issue, purpose }) => [issue, purpose])).toEqual([
    ['password-change-window-overdue', 'problem'],
    ['password-change-window-overdue', 'solved'],
  ]);
});
