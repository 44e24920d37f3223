import { describe, expect, test } from 'vitest';
import { type AgentState, type Freshness, freshnessOf } from '../../agent/assess/freshness.ts';
import { day, hour, minute } from '../../agent/shared/time.ts';

const now = Date.UTC(2026, 10, 28, 12);

describe('the freshness of a record', () => {
  test.each<[AgentState, number | null, Freshness]>([
    ['running', 10 * minute, 'live'],
    ['running', 2 * hour, 'late'],
    ['running', day, 'late'],
    ['running', day + 1, 'silent'],
    ['running', null, 'silent'],
    ['crashed', 14 * minute, 'live'],
    ['crashed', 15 * minute, 'late'],
    ['crashed', 4 * day, 'silent'],
    ['stopped', 10 * minute, 'live'],
    ['stopped', 20 * hour, 'late'],
    ['stopped', 2 * day, 'ended'],
    ['none', 10 * minute, 'live'],
    ['none', hour, 'late'],
    ['none', 250 * day, 'ended'],
    ['none', null, 'ended'],
    // A wrong clock.
    ['running', -2 * day, 'silent'],
    ['none', -2 * day, 'ended'],
  ])('%s agent, last poll %s ms ago: %s', (agent, ago, freshness) => {
    expect(freshnessOf({ at: ago === null ? null : now - ago, agent }, now)).toBe(freshness);
  });

  test('the limit can be another one', () => {
    expect(freshnessOf({ at: now - 2 * day, agent: 'none' }, now, 3 * day)).toBe('late');
    expect(freshnessOf({ at: now - 4 * day, agent: 'none' }, now, 3 * day)).toBe('ended');
  });
});
