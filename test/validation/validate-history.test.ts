import { describe, expect, test } from 'vitest';
import { validateHistory } from '../../agent/validation/validate-history.ts';
import type { ValidationOutput } from '../../agent/validation/validation-output.ts';
import { mac, type Replayed, replayLines, replayScenario } from '../helpers/replayed.ts';

const lastAt = ({ rows }: Replayed) => Date.parse(rows.at(-1)?.at ?? '');

function judge(replayed: Replayed, since: number | null = null, later = 0): ValidationOutput {
  const now = lastAt(replayed) + later;
  const state = Object.entries(replayed.state).map(([key, value]) => ({ key, value, since: '' }));
  const { rows: events, issues, sync } = replayed;
  const lastPoll = { at: lastAt(replayed), agent: 'none' } as const;
  return validateHistory({ events, evidence: events, issues, sync, state }, { since, now, lastPoll });
}

const stepOf = (output: ValidationOutput, id: string) => output.steps.find((step) => step.id === id);
const resultsOf = ({ steps }: ValidationOutput) =>
  Object.fromEntries(steps.map(({ id, result }) => [id, result]));

describe('proven from real events', () => {
  test('a password change that reached the Mac, with its times', async () => {
    const output = judge(await replayScenario('working-day'));
    expect(resultsOf(output)).toEqual({
      preconditions: 'passed',
      registration: 'passed',
      'password-sync': 'passed',
      repair: 'not-seen',
      migration: 'not-possible',
      extension: 'passed',
      autofill: 'passed',
      notification: 'passed',
      agent: 'passed',
    });
    expect(stepOf(output, 'password-sync')?.sentence).toMatch(
      /^New tokens and the new local password came 2026-.*Z, prompted 2026-.*Z; lag .* in use\)\.$/,
    );
    expect(output).toMatchObject({ method: 'password', macos: '15.6', companyPortal: '5.2504.0' });
  });

  test('a registration', async () => {
    const step = stepOf(
      judge(await replayScenario('psso-not-registered.twin-taken-up-at-once')),
      'registration',
    );
    expect(step).toMatchObject({ result: 'passed', at: expect.stringMatching(/^2026-03-02T/) });
    expect(step?.judgedBy).toContain('v_events: registration-completed, re-registered');
  });

  test.each(['registration-needs-repair', 'deregister-reregister-macos13'])('a repair: %s', async (name) => {
    const output = judge(await replayScenario(name));
    expect(stepOf(output, 'repair')).toMatchObject({ result: 'passed' });
    expect(stepOf(output, 'repair')?.at).not.toBeNull();
  });

  test('a migration', async () => {
    const output = judge(await replayScenario('wpj-key-not-removed-after-migration'));
    expect(stepOf(output, 'migration')).toMatchObject({ result: 'passed' });
  });
});

const p = (psso: object) => ({ psso });
const lost = p({ registered: false, userPresent: false });

const until = (at: string) => ({ at, end: true });

interface Failure {
  readonly id: string;
  readonly issue: string;
  readonly lines: readonly object[];
  readonly macos?: string;
}

const failures: readonly Failure[] = [
  {
    id: 'preconditions',
    issue: 'company-portal-missing',
    lines: [{ at: '+1h', companyPortal: null }, until('+6h')],
  },
  {
    id: 'preconditions',
    issue: 'mdm-enrollment-missing',
    lines: [{ at: '+1h', enrolled: false }, until('+6h')],
  },
  {
    id: 'registration',
    issue: 'psso-not-registered',
    lines: [{ at: '+0s', ...lost }, until('+20m')],
  },
  {
    id: 'repair',
    issue: 'registration-needs-repair',
    lines: [{ at: '+1h', ...lost }, until('+2h')],
  },
  {
    id: 'repair',
    issue: 'deregister-reregister-macos13',
    macos: '13.6',
    lines: [{ at: '+1h', ...lost }, until('+2h')],
  },
  {
    id: 'password-sync',
    issue: 'password-change-window-overdue',
    lines: [{ at: '+4h10m', screen: 'locked' }, { at: '+4h20m', screen: 'unlocked' }, until('+6h')],
  },
  {
    id: 'password-sync',
    issue: 'password-change-prompt-pending',
    lines: [
      { at: '+1h', ...p({ state: 1, receivedAt: '+1h' }) },
      { at: '+3h', ...p({ state: 1, receivedAt: '+3h' }) },
      until('+6h'),
    ],
  },
];

describe('failed, with the issue and its remedy', () => {
  test.each(failures)('$id: $issue', async ({ id, issue, lines, macos = mac.macos }) => {
    const output = judge(await replayLines([{ ...mac, macos }, ...lines]), null, 60_000);
    const step = stepOf(output, id);
    expect(step).toMatchObject({ result: 'failed', issue, at: expect.any(String) });
    expect(step?.remedy).not.toEqual([]);
    expect(step?.judgedBy).toEqual([`v_issues: ${issue}`]);
  });

  test('an agent that has not polled for a day; what it saw last is not known to hold', async () => {
    const output = judge(await replayScenario('working-day'), null, 2 * 86_400_000);
    expect(resultsOf(output)).toMatchObject({
      agent: 'failed',
      preconditions: 'unknown',
      'password-sync': 'passed',
    });
  });
});

describe('AutoFill of Company Portal', () => {
  const of = async (autoFill: string, method: string, length = '+30m') => {
    const lines = [{ at: '+0s', autoFill, ...p({ method }) }, until(length)];
    return stepOf(judge(await replayLines([mac, ...lines])), 'autofill');
  };

  test.each([
    ['used', 'secureEnclaveKey', 'passed'],
    ['known', 'secureEnclaveKey', 'not-seen'],
    ['absent', 'secureEnclaveKey', 'not-possible'],
    ['known', 'password', 'not-possible'],
  ])('%s, with %s: %s', async (autoFill, method, result) => {
    expect((await of(autoFill, method))?.result).toBe(result);
  });

  test('that stays off fails, with the remedy', async () => {
    expect(await of('ignored', 'secureEnclaveKey', '+5h')).toMatchObject({
      result: 'failed',
      issue: 'passkey-provider-disabled',
      remedy: expect.arrayContaining([expect.stringContaining('AutoFill & Passwords')]),
    });
  });
});

describe('not proven', () => {
  test('with a Secure Enclave key no password reaches the Mac', async () => {
    const lines = [
      { at: '+0s', ...p({ method: 'secureEnclaveKey' }) },
      { at: '+2h', end: true },
    ];
    expect(stepOf(judge(await replayLines([mac, ...lines])), 'password-sync')?.result).toBe('not-possible');
  });

  test('what happened before the time that counts', async () => {
    const replayed = await replayScenario('working-day');
    const output = judge(replayed, lastAt(replayed));
    expect(resultsOf(output)).toMatchObject({ 'password-sync': 'not-seen', notification: 'not-seen' });
    expect(output.since).toBe(new Date(lastAt(replayed)).toISOString().replace('.000Z', 'Z'));
  });

  test('a migration of a Mac without a leftover of Workplace Join', async () => {
    const output = judge(await replayLines([mac, { at: '+1h', end: true }]));
    expect(stepOf(output, 'migration')).toMatchObject({ result: 'not-possible', issue: null, remedy: [] });
  });

  test('nothing is known of an empty history', () => {
    const output = validateHistory(
      { events: [], evidence: [], issues: [], sync: [], state: [] },
      { since: null, now: 0, lastPoll: { at: null, agent: 'none' } },
    );
    expect(resultsOf(output)).toMatchObject({
      preconditions: 'unknown',
      registration: 'unknown',
      'password-sync': 'not-seen',
      agent: 'failed',
    });
  });
});
