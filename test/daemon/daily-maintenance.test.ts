import { describe, expect, test } from 'vitest';
import { DailyMaintenance } from '../../agent/daemon/daily-maintenance.ts';
import type { ElapsedTime } from '../../agent/detect/elapsed-time.ts';
import { day, hour, minute } from '../../agent/shared/time.ts';
import { storeError } from '../../agent/store/errors.ts';

const start = Date.UTC(2026, 0, 5, 8);

/** A maintenance whose steps are recorded, on a clock that the test sets. */
function maintained(options: { lastRunAt?: number | null; check?: () => void } = {}) {
  let now = start;
  const done: string[] = [];
  const said: string[] = [];
  const kept: number[] = [];
  const maintenance = new DailyMaintenance({
    clock: { now: () => now },
    store: {
      check: options.check ?? (() => done.push('check')),
      retain: () => {
        done.push('retain');
        return { deletedEvents: 0 };
      },
    },
    log: { info: (_, message) => said.push(message), warn: (_, message) => said.push(message) },
    retentionDays: () => 180,
    ownUse: () => ({ rssBytes: 1 }),
    lastRunAt: options.lastRunAt ?? null,
    keep: (at) => kept.push(at),
  });
  /** A poll after `elapsed` milliseconds, in which the clock was set by `clockShift`. */
  function poll(total: number, clockShift = 0): void {
    now += total + clockShift;
    const elapsedTime: ElapsedTime = {
      total,
      awake: total,
      slept: false,
      rebooted: false,
      clockShift,
      newRun: false,
    };
    maintenance.afterPoll(elapsedTime);
  }
  const pollFor = (time: number) => {
    for (let passed = 0; passed < time; passed += 5 * minute) poll(5 * minute);
  };
  return { maintenance, done, said, kept, poll, pollFor, at: () => now };
}

describe('the daily maintenance', () => {
  test('waits for the first hour of a run, then runs, and runs again after a day', () => {
    const { done, kept, pollFor } = maintained();
    pollFor(55 * minute);
    expect(done).toEqual([]);
    pollFor(5 * minute);
    expect(done).toEqual(['check', 'retain']);
    expect(kept).toEqual([start + hour]);
    pollFor(day - 5 * minute);
    expect(done.length).toBe(2);
    pollFor(5 * minute);
    expect(done.length).toBe(4);
  });

  test('is not repeated when an earlier run did it today', () => {
    const { done, pollFor } = maintained({ lastRunAt: start - 10 * hour });
    pollFor(13 * hour);
    expect(done).toEqual([]);
    pollFor(hour);
    expect(done).toEqual(['check', 'retain']);
  });

  test('ignores a time of an earlier run that is in the future', () => {
    const { done, pollFor } = maintained({ lastRunAt: start + 365 * day });
    pollFor(hour);
    expect(done).toEqual(['check', 'retain']);
  });

  test.each([5 * 365 * day, 200 * day, -3 * 365 * day, 90_000])(
    'deletes nothing within a day of a clock change by %d ms, and still checks the database',
    (clockShift) => {
      const { done, poll, pollFor } = maintained({ lastRunAt: start - 23 * hour });
      pollFor(50 * minute);
      poll(5 * minute, clockShift);
      pollFor(hour);
      expect(done).toEqual(['check']);
      pollFor(day);
      expect(done).toEqual(['check', 'check', 'retain']);
    },
  );

  test('runs once after a sleep of thirty days, at the first poll', () => {
    const { done, poll, pollFor } = maintained({ lastRunAt: start });
    pollFor(2 * hour);
    poll(30 * day);
    expect(done).toEqual(['check', 'retain']);
    pollFor(hour);
    expect(done.length).toBe(2);
  });

  test('runs at the time of the calendar, and ignores a request that follows soon after', () => {
    const { maintenance, done, poll, pollFor } = maintained({ lastRunAt: start - 21 * hour });
    maintenance.request();
    pollFor(55 * minute);
    expect(done).toEqual([]);
    pollFor(5 * minute);
    expect(done.length).toBe(2);
    maintenance.request();
    poll(5 * minute);
    expect(done.length).toBe(2);
    pollFor(23 * hour);
    maintenance.request();
    poll(5 * minute);
    expect(done.length).toBe(4);
  });

  test('continues after a failed step; a database that moved ends the run', () => {
    const busy = maintained({
      lastRunAt: null,
      check: () => {
        throw storeError('busy', 'events.db');
      },
    });
    busy.pollFor(hour);
    expect(busy.done).toEqual(['retain']);
    expect(busy.kept.length).toBe(1);
    expect(busy.said).toContain('The integrity check failed; it runs again tomorrow.');
    const moved = maintained({
      check: () => {
        throw storeError('moved', 'events.db');
      },
    });
    expect(() => moved.pollFor(hour)).toThrow(expect.objectContaining({ code: 'moved' }));
  });

  test('does not count time before this run, and unknown time', () => {
    const { maintenance, done } = maintained();
    maintenance.afterPoll(null);
    const before = { total: 10 * day, awake: 0, slept: true, rebooted: false, clockShift: 0, newRun: true };
    maintenance.afterPoll(before);
    expect(done).toEqual([]);
  });
});
