import { expect, test } from 'vitest';
import type { CommandOutcome } from '../../agent/mac/runner.ts';
import { channelOutcome } from '../../agent/notify/channels/channel.ts';
import { bodyLimit, titleLimit } from '../../agent/notify/notification-limits.ts';
import { testEvent } from '../../agent/notify/test-event.ts';

const shown = { title: 'It works', body: 'This is a test.' };

test('a test notification is recorded as shown, with what was shown', () => {
  expect(testEvent(7, shown, { ok: true, channel: 'osascript' })).toMatchObject({
    at: 7,
    kind: 'notification-shown',
    issue: null,
    severity: 'info',
    summary: 'Test notification: “It works”',
    from: null,
    to: 'shown',
    data: { purpose: 'test', title: 'It works', body: 'This is a test.', channel: 'osascript' },
  });
});

test('or as failed, with the reason', () => {
  const delivery = { ok: false, channel: null, reason: 'no program' } as const;
  expect(testEvent(7, shown, delivery)).toMatchObject({
    kind: 'notification-failed',
    severity: 'low',
    summary: 'The test notification could not be shown: no program.',
    to: 'failed',
    data: { purpose: 'test', title: 'It works', channel: null, reason: 'no program' },
  });
});

test('what a banner does not show is not recorded', () => {
  const long = { title: 'x'.repeat(500), body: 'y'.repeat(500) };
  const { data } = testEvent(7, long, { ok: true, channel: 'osascript' });
  expect([titleLimit, bodyLimit]).toEqual([110, 230]);
  expect(data).toMatchObject({ title: `${'x'.repeat(109)}…`, body: `${'y'.repeat(229)}…` });
});

const exited = (status: number): CommandOutcome => ({ kind: 'exited', status, stdout: '', stderr: '' });

test.each<[CommandOutcome, string]>([
  [exited(3), 'dialog ended with status 3'],
  [{ kind: 'signalled', signal: 'SIGKILL' }, 'dialog was ended by SIGKILL'],
  [{ kind: 'timeout' }, 'dialog did not answer in time'],
  [{ kind: 'denied' }, 'dialog may not be run'],
  [{ kind: 'tooMuchOutput' }, 'dialog printed too much'],
  [{ kind: 'busy' }, 'dialog still shows another notification'],
])('a channel that failed says why: $kind', (outcome, reason) => {
  expect(channelOutcome('dialog', outcome)).toEqual({ kind: 'failed', reason });
});

test('a channel that took it, and one that is not there', () => {
  expect(channelOutcome('dialog', exited(0))).toEqual({ kind: 'taken' });
  expect(channelOutcome('dialog', { kind: 'missing' })).toEqual({ kind: 'absent' });
});
