import { expect, test } from 'vitest';
import { emptyMemory, type Memory } from '../../agent/detect/memory.ts';
import { promptChange } from '../../agent/detect/password-prompt.ts';
import { clearedPrompt } from '../../agent/detect/remembered-changes.ts';
import { type NewEvent, newEvent } from '../../agent/shared/event.ts';
import { minute } from '../../agent/shared/time.ts';

const now = Date.parse('2026-03-02T09:00:00Z');
const promptedAt = now - 30 * minute;
const prompted: Memory = {
  ...emptyMemory(),
  promptPending: true,
  window: {
    phase: 'pending',
    closed: null,
    cycle: {
      receivedAt: promptedAt - minute,
      age: 31 * minute,
      unread: 0,
      stretches: [],
      dueTold: false,
      overdueTold: false,
      unlockedAge: null,
      unlocks: 0,
      prompt: { age: minute, at: promptedAt, told: true },
    },
  },
};
const synced = newEvent(now, 'password-synced', 'info', 'The local password was set.');

function ended(passwordLastSetAt: number | null, passwordRead = true, events: NewEvent[] = []) {
  return promptChange(prompted, { promptPending: false, passwordLastSetAt }, { passwordRead, events });
}

test('a prompt that ends proves only what was read of the local password', () => {
  expect(ended(promptedAt + minute)).toEqual({ kind: 'ended', newPassword: true });
  expect(ended(promptedAt - minute)).toEqual({ kind: 'ended', newPassword: false });
  expect(ended(null)).toEqual({ kind: 'ended', newPassword: false });
  expect(ended(promptedAt - minute, false)).toEqual({ kind: 'ended', newPassword: null });
  // A sync sets the password minutes before the agent sees the prompt.
  expect(ended(promptedAt - minute, true, [synced])).toEqual({ kind: 'ended', newPassword: true });
});

test('only a prompt that ended without a new password is remembered as evidence', () => {
  const kinds = (change: Parameters<typeof clearedPrompt>[0]) =>
    clearedPrompt(change, { now, activeTime: 0 }).map(({ kind }) => kind);
  expect(kinds(ended(promptedAt - minute))).toEqual(['prompt-cleared']);
  expect(kinds(ended(promptedAt + minute))).toEqual([]);
  expect(kinds(ended(promptedAt - minute, false))).toEqual([]);
  expect(kinds({ kind: 'begun' })).toEqual([]);
  expect(kinds(null)).toEqual([]);
});
