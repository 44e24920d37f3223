import { describe, expect, test } from 'vitest';
import { timelineOf } from '../../../agent/history/timeline/timeline.ts';
import { en } from '../../../agent/texts/en.ts';
import { eventAt, noHistory } from '../../report/histories.ts';

const words = { lanes: en.report.lanes, titleOf: (issue: string) => issue };
const start = eventAt('2026-03-02T08:00:00Z', 'agent-started');

/** The spans of a lane: hour and state. */
function spansOf(lane: string, ...events: readonly ReturnType<typeof eventAt>[]): string[] {
  const end = eventAt('2026-03-02T18:00:00Z', 'source-failed');
  const timeline = timelineOf({ ...noHistory, events: [start, ...events, end] }, null, words);
  const found = timeline?.lanes.find(({ name }) => name === lane);
  return (
    found?.spans.map(
      ([from, , state]) => `${new Date(from).toISOString().slice(11, 16)} ${found.states[state]?.name}`,
    ) ?? []
  );
}

describe('the lane of the agent', () => {
  const lane = en.report.lanes.watching.name;

  test('shows from when a crashed agent was not seen any more', () => {
    const detail = JSON.stringify({ lastSeenAt: '2026-03-02T10:00:00Z' });
    const crash = eventAt('2026-03-02T12:00:00Z', 'agent-crashed', { detail });
    expect(spansOf(lane, crash)).toEqual(['08:00 watching', '10:00 agent not running', '12:00 watching']);
    const unknown = eventAt('2026-03-02T12:00:00Z', 'agent-crashed');
    expect(spansOf(lane, unknown)).toEqual(['08:00 watching']);
  });
});

describe('the lane of the tokens', () => {
  const lane = en.report.lanes.tokens.name;

  test('shows tokens that expired, and newer ones', () => {
    const expired = eventAt('2026-03-02T10:00:00Z', 'token-expired');
    const refreshed = eventAt('2026-03-02T12:00:00Z', 'token-refreshed');
    expect(spansOf(lane, expired, refreshed)).toEqual(['08:00 valid', '10:00 expired', '12:00 valid']);
    const detail = JSON.stringify({ receivedAt: '2026-03-02T11:00:00Z' });
    const synced = eventAt('2026-03-02T12:00:00Z', 'password-synced', { detail });
    expect(spansOf(lane, expired, synced)).toEqual(['08:00 valid', '10:00 expired', '11:00 valid']);
  });
});
