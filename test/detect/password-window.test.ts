import { describe, expect, test } from 'vitest';
import { hour, minute } from '../../agent/shared/time.ts';
import { begin, live } from './password-window-model.ts';

const kinds = (story: ReturnType<typeof live>) => story.events.map((event) => event.kind);
const every = 5 * minute;

describe('the password window', () => {
  test('says nothing while the tokens are younger than 4 h 05 min', () => {
    const story = live([{ at: 0 }], 4 * hour + 5 * minute, every);
    expect(kinds(story)).toEqual([]);
    expect(story.memory.phase).toBe('fresh');
  });

  test('is due past the mark, and gives a hint after 15 minutes of use without an unlock', () => {
    const story = live([{ at: 0 }], 4 * hour + 30 * minute, every);
    expect(kinds(story)).toEqual(['sync-window-due']);
    expect(story.memory.phase).toBe('hint');
  });

  test('is overdue when the tokens stay stale across an online unlock', () => {
    const story = live(
      [
        { at: 0 },
        { at: 4 * hour + 25 * minute, unlocked: false },
        { at: 4 * hour + 30 * minute, unlocked: true },
      ],
      5 * hour,
      every,
    );
    expect(kinds(story)).toEqual(['sync-window-due', 'sync-window-overdue']);
    expect(story.memory.phase).toBe('overdue');
  });

  test('an unlock before the mark is no proof of anything', () => {
    const story = live(
      [{ at: 0 }, { at: 3 * hour, unlocked: false }, { at: 3 * hour + 30 * minute, unlocked: true }],
      6 * hour,
      every,
    );
    expect(kinds(story)).toEqual(['sync-window-due']);
    expect(story.memory.phase).toBe('hint');
  });

  test('an unlock without a network is no proof either', () => {
    const offline = { at: 4 * hour, online: false };
    const story = live(
      [{ at: 0 }, offline, { at: 5 * hour, unlocked: false }, { at: 5 * hour + 10 * minute, unlocked: true }],
      9 * hour,
      every,
    );
    expect(kinds(story)).toEqual([]);
  });

  test('a refresh ends the cycle, with the lag past the mark in wall and in active seconds', () => {
    const story = live(
      [
        { at: 0 },
        { at: 4 * hour + 5 * minute, unlocked: false },
        { at: 6 * hour, unlocked: true },
        { at: 6 * hour + 10 * minute, receivedAt: 6 * hour + 10 * minute },
      ],
      7 * hour,
      every,
    );
    expect(kinds(story)).toEqual(['sync-window-due', 'token-refreshed']);
    const row = story.rows.at(-1);
    expect(row).toMatchObject({
      staleFrom: begin,
      dueAt: begin + 4 * hour + 5 * minute,
      refreshedAt: begin + 6 * hour + 10 * minute,
      outcome: 'token-refreshed',
      lagSeconds: (2 * hour + 5 * minute) / 1000,
      activeLagSeconds: (10 * minute) / 1000,
    });
  });

  test('a refresh in time owes nothing: the row has no lag', () => {
    const story = live([{ at: 0 }, { at: 4 * hour, receivedAt: 4 * hour }], 5 * hour, every);
    expect(story.rows).toMatchObject([
      { outcome: 'token-refreshed', dueAt: null, lagSeconds: null, activeLagSeconds: null },
    ]);
  });

  test("the admin's time of the change makes the lag exact", () => {
    const story = live(
      [{ at: 0 }, { at: 2 * hour, receivedAt: 2 * hour }, { at: 5 * hour, receivedAt: 5 * hour }],
      6 * hour,
      every,
      begin + 3 * hour,
    );
    expect(story.rows.map((row) => row.lagSeconds)).toEqual([null, (2 * hour) / 1000]);
    expect(story.rows.at(-1)?.passwordChangedAt).toBe(begin + 3 * hour);
  });

  test('a pending prompt is macOS having noticed by itself: not overdue', () => {
    const story = live(
      [
        { at: 0 },
        { at: 4 * hour + 10 * minute, userState: 1 },
        { at: 5 * hour, unlocked: false },
        { at: 5 * hour + 10 * minute, unlocked: true },
      ],
      8 * hour,
      every,
    );
    expect(kinds(story)).not.toContain('sync-window-overdue');
    expect(story.memory.phase).toBe('pending');
  });
});
