import { beforeAll, expect, test } from 'vitest';
import { breaksSignIn, issues } from '../../agent/issues/issues.ts';
import { hour, toIso } from '../../agent/shared/time.ts';
import type { ValidatedHistory } from '../../agent/validation/judged-mac.ts';
import { validateHistory } from '../../agent/validation/validate-history.ts';
import { replayScenario } from '../helpers/replayed.ts';

let healthy: ValidatedHistory;
let now: number;

beforeAll(async () => {
  const replayed = await replayScenario('working-day');
  healthy = { ...replayed, events: replayed.rows, evidence: replayed.rows, state: replayed.stateRows };
  now = Date.parse(replayed.rows.at(-1)?.at ?? '');
});

const breaking: readonly string[] = issues.map(({ id }) => id).filter((id) => breaksSignIn(id));

function judgedWith(issue: string, openFor: number) {
  const open = {
    issue,
    status: 'open' as const,
    severity: 'high',
    summary: `${issue} is open.`,
    opened_at: toIso(now - openFor),
    resolved_at: '',
    open_seconds: String(openFor / 1000),
  };
  const history = { ...healthy, issues: [...healthy.issues, open] };
  return validateHistory(history, { since: null, now, lastPoll: { at: now, agent: 'running' } });
}

test('a Mac without an open issue fails no step', () => {
  const { steps } = validateHistory(healthy, { since: null, now, lastPoll: { at: now, agent: 'running' } });
  expect(steps.filter(({ result }) => result === 'failed')).toEqual([]);
});

test.each(breaking)('%s, which breaks sign-in, fails a step', (issue) => {
  const { result, steps } = judgedWith(issue, 5 * hour);
  expect(result).toBe('failed');
  const failed = steps.filter((step) => step.issue === issue);
  expect(failed.length).toBeGreaterThan(0);
  for (const { sentence, judgedBy } of failed)
    expect({ sentence, judgedBy }).toEqual({
      sentence: `${issue} is open.`,
      judgedBy: [`v_issues: ${issue}`],
    });
});

test('a prompt that is open for less than four hours is a stage of the sync, and fails nothing', () => {
  expect(judgedWith('password-change-prompt-pending', hour).result).not.toBe('failed');
});
