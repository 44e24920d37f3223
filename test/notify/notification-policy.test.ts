import { describe, expect, test } from 'vitest';
import { markUndelivered, notifiedSince } from '../../agent/notify/policy-memory.ts';
import { day, hour, minute } from '../../agent/shared/time.ts';
import { cadence, Days, start } from './days.ts';

describe('the ladder of one issue', () => {
  test('counts active time first, then real time, and ends', () => {
    const days = new Days();
    days.opens('a', { cadence: { firstAfterSeconds: 900, repeatAfterSeconds: [3600, 86_400], maximum: 4 } });
    expect(days.pass(5 * day, 15 * minute)).toEqual([
      '0:15 problem a',
      '1:15 reminder a',
      '25:15 reminder a',
      '49:15 reminder a',
    ]);
  });

  test('waits for that much active time', () => {
    const days = new Days();
    days.opens('a');
    days.present = false;
    expect(days.pass(3 * hour)).toEqual([]);
    days.present = true;
    expect(days.pass(hour)).toEqual(['3:15 problem a']);
  });

  test('begins later when the issue requires it, and never for one that does not concern the user', () => {
    const days = new Days();
    days.opens('late', { notifyAfterSeconds: 7200 });
    days.opens('quiet', { notify: false });
    days.opens('causes', { cadence: { ...cadence, maximum: 0 } });
    expect(days.pass(150 * minute)).toEqual(['2:00 problem late']);
  });

  test('begins again for an issue that reopens after an hour', () => {
    const days = new Days();
    days.opens('a');
    days.pass(20 * minute);
    days.resolves('a');
    expect(days.pass(hour)).toEqual(['0:21 withdraw a', '0:25 solved a']);
    days.pass(hour);
    days.opens('a');
    expect(days.pass(20 * minute)).toEqual(['2:35 problem a']);
  });

  test('continues for an issue that reopens at once, with one notification', () => {
    const days = new Days();
    days.opens('a', { cadence: { firstAfterSeconds: 60, repeatAfterSeconds: [86_400], maximum: 5 } });
    const said = days.pass(5 * minute);
    for (let i = 0; i < 20; i++) {
      days.resolves('a');
      said.push(...days.pass(15 * minute));
      days.opens('a', { cadence: { firstAfterSeconds: 60, repeatAfterSeconds: [86_400], maximum: 5 } });
      said.push(...days.pass(15 * minute));
    }
    expect(said).toEqual(['0:01 problem a', '0:06 withdraw a', '0:11 solved a']);
  });
});

describe('a thread of issues', () => {
  const once = { firstAfterSeconds: 0, repeatAfterSeconds: [86_400], maximum: 5 };
  const member = (rank: number) => ({ cadence: once, thread: { id: 'thread', rank } });

  test('notifies of one at a time, the most specific one', () => {
    const days = new Days();
    days.opens('least', member(2));
    const said = days.pass(hour);
    days.opens('more', member(1));
    said.push(...days.pass(18 * minute));
    days.opens('most', member(0));
    said.push(...days.pass(2 * day));
    expect(said).toEqual([
      '0:01 problem least',
      '4:01 withdraw least',
      '4:01 problem most',
      '28:01 reminder most',
    ]);
  });

  test('waits although the first issue was resolved into the second', () => {
    const days = new Days();
    days.wellAgain = false;
    days.opens('least', member(2));
    const said = days.pass(hour);
    days.resolves('least');
    days.opens('more', member(1));
    said.push(...days.pass(4 * hour));
    expect(said).toEqual(['0:01 problem least', '1:01 withdraw least', '4:01 problem more']);
  });

  test('begins again once all was well', () => {
    const days = new Days();
    days.opens('least', member(2));
    days.pass(30 * minute);
    days.resolves('least');
    days.pass(30 * minute);
    days.opens('more', member(1));
    expect(days.pass(hour)).toEqual(['1:01 problem more']);
  });

  test('is led by another issue while the most specific one is silenced or does not concern the user', () => {
    const days = new Days();
    days.opens('silenced', member(0));
    days.opens('admins', { ...member(1), notify: false });
    days.opens('least', member(2));
    days.silences = { silenced: start + 30 * day };
    expect(days.pass(day)).toEqual(['0:01 (silenced) problem silenced', '0:01 problem least']);
  });

  test('leaves other issues alone', () => {
    const days = new Days();
    days.opens('least', member(2));
    days.opens('other', { cadence: once });
    expect(days.pass(hour)).toEqual(['0:01 problem least', '0:11 problem other']);
  });
});

describe('several issues', () => {
  test('take turns: the most severe first, then the oldest, ten minutes apart', () => {
    const days = new Days();
    const at = (age: number) => ({ openedAt: start - age, cadence: { ...cadence, firstAfterSeconds: 0 } });
    days.opens('young', at(hour));
    days.opens('old', at(2 * hour));
    days.opens('severe', { ...at(0), severity: 'high' });
    days.opens('slight', { ...at(3 * hour), severity: 'info' });
    expect(days.pass(40 * minute)).toEqual([
      '0:01 problem severe',
      '0:11 problem old',
      '0:21 problem young',
      '0:31 problem slight',
    ]);
  });

  test('share one maximum a day; the rest follows the next day, and the reason is recorded once', () => {
    const days = new Days();
    days.settings = { maximumPerDay: 2 };
    for (const issue of ['a', 'b', 'c']) days.opens(issue);
    expect(days.pass(hour)).toEqual(['0:15 problem a', '0:25 problem b', '0:25 (cadence) problem c']);
    days.open.delete('a');
    days.open.delete('b');
    expect(days.pass(15 * hour)).toEqual(['16:00 problem c']);
  });

  test('that are solved do not count', () => {
    const days = new Days();
    days.settings = { maximumPerDay: 2 };
    days.opens('a');
    days.pass(20 * minute);
    days.resolves('a');
    days.opens('b');
    expect(days.pass(hour)).toEqual(['0:21 withdraw a', '0:25 solved a', '0:35 problem b']);
    days.resolves('b');
    expect(days.pass(hour)).toEqual(['1:21 withdraw b', '1:21 solved b']);
  });
});

describe('nothing is shown', () => {
  test('while the user is away, and nothing is recorded', () => {
    const days = new Days();
    days.opens('a', { cadence: { ...cadence, firstAfterSeconds: 0 } });
    days.present = false;
    days.focus = 'on';
    expect(days.pass(2 * hour)).toEqual([]);
    days.focus = 'off';
    days.present = true;
    expect(days.pass(5 * minute)).toEqual(['2:01 problem a']);
  });

  test('for an absent user only when the absence is known', () => {
    const days = new Days();
    days.opens('a');
    days.present = null;
    expect(days.pass(20 * minute)).toEqual(['0:15 problem a']);
  });

  test('in Focus, is recorded once, and follows when Focus ends', () => {
    const days = new Days();
    days.opens('a');
    days.focus = 'on';
    expect(days.pass(2 * hour)).toEqual(['0:15 (focus) problem a']);
    days.focus = 'unknown';
    expect(days.pass(10 * minute)).toEqual(['2:01 problem a']);
  });

  test.each([
    ['from evening to morning', { fromMinute: 22 * 60, toMinute: 7 * 60 }, 14, 23],
    ['within a day', { fromMinute: 9 * 60, toMinute: 10 * 60 }, 1, 2],
  ])('in quiet hours %s', (_what, quietHours, fromHour, toHour) => {
    const days = new Days();
    days.settings = { quietHours };
    days.pass(fromHour * hour - minute);
    days.opens('a', { cadence: { ...cadence, firstAfterSeconds: 0 } });
    const said = days.pass((toHour - fromHour) * hour + 2 * minute);
    expect(said).toEqual([`${fromHour}:00 (quietHours) problem a`, `${toHour}:00 problem a`]);
  });

  test('while the user silenced that issue, and only that issue', () => {
    const days = new Days();
    days.opens('a');
    days.opens('b');
    days.silences = { a: start + 4 * hour };
    expect(days.pass(5 * hour)).toEqual([
      '0:15 (silenced) problem a',
      '0:15 problem b',
      '1:15 reminder b',
      '4:00 problem a',
      '5:00 reminder a',
    ]);
  });

  test('when an admin switched it off: one issue, or all', () => {
    const days = new Days();
    days.opens('a');
    days.opens('b');
    days.settings = { disabledIssues: ['a'] };
    expect(days.pass(30 * minute)).toEqual(['0:15 (disabled) problem a', '0:15 problem b']);
    days.settings = { enabled: false };
    expect(days.pass(2 * hour)).toEqual(['1:15 (disabled) reminder b']);
    days.settings = {};
    expect(days.pass(30 * minute)).toEqual(['2:31 problem a', '2:41 reminder b']);
  });

  test('records each reason once for each notification', () => {
    const days = new Days();
    days.opens('a');
    const said: string[] = [];
    for (let i = 0; i < 6; i++) {
      days.focus = 'on';
      said.push(...days.pass(30 * minute));
      days.silences = { a: days.now + 31 * minute };
      said.push(...days.pass(30 * minute));
    }
    expect(said).toEqual(['0:15 (focus) problem a', '0:31 (silenced) problem a']);
  });
});

describe('“works again”', () => {
  test('follows only a notification of the episode', () => {
    const days = new Days();
    days.opens('a');
    days.pass(10 * minute);
    days.resolves('a');
    expect(days.pass(hour)).toEqual([]);
  });

  test('waits for the end of Focus, for half a day at most', () => {
    const days = new Days();
    days.opens('a');
    days.pass(20 * minute);
    days.resolves('a');
    days.focus = 'on';
    expect(days.pass(2 * hour)).toEqual(['0:21 withdraw a', '0:21 (focus) solved a']);
    days.focus = 'off';
    expect(days.pass(5 * minute)).toEqual(['2:21 solved a']);

    const late = new Days();
    late.opens('a');
    late.pass(20 * minute);
    late.resolves('a');
    late.focus = 'on';
    late.pass(13 * hour);
    late.focus = 'off';
    expect(late.pass(hour)).toEqual([]);
  });

  test('is dropped when the issue reopens before it was shown', () => {
    const days = new Days();
    days.opens('a');
    days.pass(20 * minute);
    days.resolves('a');
    days.present = false;
    expect(days.pass(10 * minute)).toEqual(['0:21 withdraw a']);
    days.opens('a', { cadence: { ...cadence, repeatAfterSeconds: [86_400] } });
    days.present = true;
    expect(days.pass(10 * minute)).toEqual([]);
    days.resolves('a');
    expect(days.pass(10 * minute)).toEqual(['0:41 withdraw a', '0:41 solved a']);
  });
});

describe('a clock that is set', () => {
  test('back by a year delays a reminder by no more than its step', () => {
    const days = new Days();
    days.opens('a');
    expect(days.pass(20 * minute)).toEqual(['0:15 problem a']);
    days.now -= 365 * day;
    const before = days.now;
    const said = days.pass(2 * hour).length;
    expect(said).toBe(1);
    expect(days.memory.lastNoticeAt).toBe(before + minute + hour);
  });

  test('forward and back causes no burst', () => {
    const days = new Days();
    days.opens('a', { cadence: { ...cadence, maximum: 100, repeatAfterSeconds: [3600] } });
    days.settings = { maximumPerDay: 3 };
    const shown: string[] = [];
    for (let i = 0; i < 10; i++) {
      shown.push(...days.pass(20 * minute).filter((said) => !said.includes('(')));
      days.now += i % 2 === 0 ? day : -day;
    }
    // Two local days were seen.
    expect(shown.length).toBeLessThanOrEqual(6);
  });
});

test('leaves the given memory unchanged', () => {
  const days = new Days();
  for (const issue of ['a', 'b']) days.opens(issue);
  days.pass(20 * minute);
  days.resolves('a');
  days.focus = 'on';
  const { memory } = days;
  const before = structuredClone(memory);
  days.pass(minute);
  expect(memory).toEqual(before);
});

describe('a notification that no channel delivered', () => {
  test('was not shown: its end is not shown either', () => {
    const days = new Days();
    days.opens('a', { cadence });
    expect(days.pass(hour)).toEqual([expect.stringContaining('problem a')]);
    days.memory = markUndelivered(days.memory, 'a');
    days.resolves('a');
    expect(days.pass(hour)).toEqual([]);
  });
});

describe('notifiedSince', () => {
  const toldAtFive = () => {
    const days = new Days();
    days.opens('a', { cadence: { firstAfterSeconds: 300, repeatAfterSeconds: [], maximum: 1 } });
    days.pass(10 * minute);
    return days;
  };
  const notified = ({ memory }: Days, at: number) => notifiedSince(memory, start + at - hour, start + at);

  test('is true for an hour after a notification', () => {
    const days = toldAtFive();
    expect([4, 5, 6, 64, 65].map((minutes) => notified(days, minutes * minute))).toEqual([
      // A clock that was set back: no notification was shown yet.
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  test('is false once the issue is resolved', () => {
    const days = toldAtFive();
    days.resolves('a');
    days.pass(minute);
    expect(notified(days, 11 * minute)).toBe(false);
  });
});
