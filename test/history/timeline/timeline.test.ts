import { describe, expect, test } from 'vitest';
import type { History } from '../../../agent/history/history.ts';
import { issueTitle } from '../../../agent/history/issue-title.ts';
import { timelineOf } from '../../../agent/history/timeline/timeline.ts';
import type { Timeline } from '../../../agent/history/timeline/timeline-shape.ts';
import { noOrganisation } from '../../../agent/issues/organisation.ts';
import { en } from '../../../agent/texts/en.ts';
import { eventAt, historyAfter, noHistory } from '../../report/histories.ts';

const titleOf = (issue: string) =>
  issueTitle(issue, { texts: en, provider: 'entra', organisation: noOrganisation });
const words = { lanes: en.report.lanes, titleOf };

function drawn(history: History, lastPollAt: number | null = null): Timeline {
  const timeline = timelineOf(history, lastPollAt, words);
  if (timeline === null) throw new Error('nothing was drawn');
  return timeline;
}

/** A lane as text: start times and states. */
function told(timeline: Timeline, lane: string): string[] {
  const found = timeline.lanes.find(({ name }) => name === lane);
  if (found === undefined) throw new Error(`there is no lane ${lane}`);
  return found.spans.map(([from, , state]) => {
    const at = new Date(from).toISOString().slice(5, 16).replace('T', ' ');
    return `${at} ${found.states[state]?.name}`;
  });
}

describe('the timeline', () => {
  test('shows a late password: due, overdue, confirmed again, and the issue', async () => {
    const timeline = drawn(await historyAfter('password-change-window-overdue'));
    expect(told(timeline, 'Password window')).toEqual([
      '03-02 08:00 confirmed',
      '03-02 12:05 to be confirmed at the next unlock',
      '03-02 12:45 overdue',
      '03-02 14:00 confirmed',
    ]);
    expect(told(timeline, 'Registration')).toEqual(['03-02 08:00 registered']);
    expect(timeline.lanes.at(-1)).toMatchObject({
      name: 'Sign-in wasn’t renewed after unlocking',
      spans: [[Date.UTC(2026, 2, 2, 12, 45), Date.UTC(2026, 2, 2, 14, 1), 0]],
    });
    expect(timeline.marks).toMatchObject([{ name: 'Shown to the user', events: [4, 7] }]);
  });

  test('shows sleep and the prompt', async () => {
    const timeline = drawn(await historyAfter('working-day'));
    expect(told(timeline, 'Mac and agent')).toEqual([
      '03-02 08:00 watching',
      '03-02 12:00 asleep',
      '03-02 13:03 watching',
    ]);
    expect(told(timeline, 'Password window')).toContain('03-02 13:13 macOS asks for the password');
  });

  test('shows a lost registration', async () => {
    const timeline = drawn(await historyAfter('registration-needs-repair'));
    expect(told(timeline, 'Registration')).toEqual([
      '03-02 08:00 registered',
      '03-02 09:11 not registered',
      '03-02 11:00 registered',
    ]);
    // Tokens of a lost registration are not valid, and are never drawn as good.
    for (const lane of ['Sign-in tokens', 'Password window'])
      expect(told(timeline, lane)[1]).toBe('03-02 09:11 no registration');
  });

  test('has no password window for an independent password', async () => {
    const timeline = drawn(await historyAfter('password-change-window-overdue.twin-secure-enclave'));
    expect(timeline.lanes.map(({ name }) => name)).not.toContain('Password window');
  });

  test('shows unknown in a gap without the agent, and the old state in sleep', () => {
    const timeline = drawn({
      ...noHistory,
      events: [
        eventAt('2026-03-02T08:00:00Z', 'registration-completed', {
          from_state: 'none',
          to_state: 'complete',
        }),
        eventAt('2026-03-02T10:00:00Z', 'gap', {
          detail: '{"reason":"asleep","from":"2026-03-02T09:00:00Z","seconds":3600}',
        }),
        eventAt('2026-03-02T11:00:00Z', 'agent-stopped'),
        eventAt('2026-03-02T12:00:00Z', 'agent-started'),
        eventAt('2026-03-02T13:00:00Z', 'source-failed', { detail: '{"source":"appSso"}' }),
        eventAt('2026-03-02T14:00:00Z', 'source-recovered', { detail: '{"source":"appSso"}' }),
        eventAt('2026-03-02T15:00:00Z', 'agent-stopped'),
      ],
    });
    expect(told(timeline, 'Registration')).toEqual([
      '03-02 08:00 registered',
      '03-02 11:00 unknown',
      '03-02 12:00 registered',
      '03-02 13:00 unknown',
      '03-02 14:00 registered',
    ]);
    expect(told(timeline, 'Mac and agent')).toEqual([
      '03-02 08:00 watching',
      '03-02 09:00 asleep',
      '03-02 10:00 watching',
      '03-02 11:00 agent not running',
      '03-02 12:00 watching',
    ]);
  });

  test('ends at the last poll', () => {
    const lastPoll = Date.parse('2026-03-02T09:00:00Z');
    const timeline = drawn(
      { ...noHistory, events: [eventAt('2026-03-02T08:00:00Z', 'agent-started')] },
      lastPoll,
    );
    expect(timeline.to).toBe(lastPoll);
    expect(told(timeline, 'Registration')).toEqual(['03-02 08:00 unknown']);
  });

  test('shows tokens that expire after the last event', () => {
    const timeline = drawn(
      {
        ...noHistory,
        events: [
          eventAt('2026-03-02T08:00:00Z', 'token-refreshed', {
            detail: '{"receivedAt":"2026-03-02T08:00:00Z"}',
          }),
        ],
        state: [{ key: 'tokens-expire-at', value: '2026-03-16T08:00:00Z', since: '' }],
      },
      Date.parse('2026-03-17T08:00:00Z'),
    );
    expect(told(timeline, 'Sign-in tokens')).toEqual(['03-02 08:00 valid', '03-16 08:00 expired']);
  });

  test('returns null for an empty history and for unreadable instants', () => {
    expect(timelineOf(noHistory, null, words)).toBeNull();
    expect(timelineOf({ ...noHistory, events: [eventAt('yesterday', 'gap')] }, null, words)).toBeNull();
  });

  test('ignores a detail that is no JSON and an instant of the year 9999', () => {
    const timeline = drawn({
      ...noHistory,
      events: [
        eventAt('2026-03-02T08:00:00Z', 'gap', { detail: '{' }),
        eventAt('9999-01-01T00:00:00Z', 'token-refreshed', { detail: '{"receivedAt":7}' }),
      ],
    });
    expect(timeline.to).toBe(timeline.from);
  });
});
