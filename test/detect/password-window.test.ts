import { describe, expect, test } from 'vitest';
import { hour, minute } from '../../agent/shared/time.ts';
import { begin, live } from './password-window-model.ts';

const kinds = (lived: ReturnType<typeof live>) => lived.events.map((event) => event.kind);
const every = 5 * minute;

describe('the password window', () => {
  test('records nothing while the tokens are younger than 4 h 05 min', () => {
    const lived = live([{ at: 0 }], 4 * hour + 5 * minute, every);
    expect(kinds(lived)).toEqual([]);
    expect(lived.memory.phase).toBe('fresh');
  });

  test('is due after the due time, and in phase hint after 15 active minutes without an unlock', () => {
    const lived = live([{ at: 0 }], 4 * hour + 30 * minute, every);
    expect(kinds(lived)).toEqual(['sync-window-due']);
    expect(lived.memory.phase).toBe('hint');
  });

  test('is overdue when the tokens stay stale across an online unlock', () => {
    const lived = live(
      [
        { at: 0 },
        { at: 4 * hour + 25 * minute, unlocked: false },
        { at: 4 * hour + 30 * minute, unlocked: true },
      ],
      5 * hour,
      every,
    );
    expect(kinds(lived)).toEqual(['sync-window-due', 'sync-window-overdue']);
    expect(lived.memory.phase).toBe('overdue');
  });

  test('ignores an unlock before the due time', () => {
    const lived = live(
      [{ at: 0 }, { at: 3 * hour, unlocked: false }, { at: 3 * hour + 30 * minute, unlocked: true }],
      6 * hour,
      every,
    );
    expect(kinds(lived)).toEqual(['sync-window-due']);
    expect(lived.memory.phase).toBe('hint');
  });

  test('ignores an unlock without a network', () => {
    const offline = { at: 4 * hour, online: false };
    const lived = live(
      [{ at: 0 }, offline, { at: 5 * hour, unlocked: false }, { at: 5 * hour + 10 * minute, unlocked: true }],
      9 * hour,
      every,
    );
    expect(kinds(lived)).toEqual([]);
  });

  test('ends at a refresh, with the lag after the due time in wall and in active seconds', () => {
    const lived = live(
      [
        { at: 0 },
        { at: 4 * hour + 5 * minute, unlocked: false },
        { at: 6 * hour, unlocked: true },
        { at: 6 * hour + 10 * minute, receivedAt: 6 * hour + 10 * minute },
      ],
      7 * hour,
      every,
    );
    expect(kinds(lived)).toEqual(['sync-window-due', 'token-refreshed']);
    const row = lived.rows.at(-1);
    expect(row).toMatchObject({
      staleFrom: begin,
      dueAt: begin + 4 * hour + 5 * minute,
      refreshedAt: begin + 6 * hour + 10 * minute,
      outcome: 'token-refreshed',
      lagSeconds: (2 * hour + 5 * minute) / 1000,
      activeLagSeconds: (10 * minute) / 1000,
    });
  });

  test('records no lag for a refresh before the due time', () => {
    const lived = live([{ at: 0 }, { at: 4 * hour, receivedAt: 4 * hour }], 5 * hour, every);
    expect(lived.rows).toMatchObject([
      { outcome: 'token-refreshed', dueAt: null, lagSeconds: null, activeLagSeconds: null },
    ]);
  });

  test("measures the lag from the admin's time of the password change", () => {
    const lived = live(
      [{ at: 0 }, { at: 2 * hour, receivedAt: 2 * hour }, { at: 5 * hour, receivedAt: 5 * hour }],
      6 * hour,
      every,
      begin + 3 * hour,
    );
    expect(lived.rows.map((row) => row.lagSeconds)).toEqual([null, (2 * hour) / 1000]);
    expect(lived.rows.at(-1)?.passwordChangedAt).toBe(begin + 3 * hour);
  });

  test('is pending, not overdue, while macOS prompts the user', () => {
    const lived = live(
      [
        { at: 0 },
        { at: 4 * hour + 10 * minute, userState: 1 },
        { at: 5 * hour, unlocked: false },
        { at: 5 * hour + 10 * minute, unlocked: true },
      ],
      8 * hour,
      every,
    );
    expect(kinds(lived)).not.toContain('sync-window-overdue');
    expect(lived.memory.phase).toBe('pending');
  });
});
