import { describe, expect, test } from 'vitest';
import { explainFinding } from '../../agent/causes/explain-finding.ts';
import { detect } from '../../agent/detect/detect.ts';
import { foundChanges, type LastPoll, type PlanInput, planPoll } from '../../agent/detect/plan-poll.ts';
import { dueAge } from '../../agent/detect/token-cycle.ts';
import { detectors } from '../../agent/issues/issues.ts';
import type { AppSso, Observation } from '../../agent/shared/observation.ts';
import { failed, read } from '../../agent/shared/reading.ts';
import { fromIso, hour, minute, second, toIso } from '../../agent/shared/time.ts';
import { afterPollsFor, detectSettings } from './remembered-polls.ts';

const { memory, observation } = await afterPollsFor(1 * hour);
const now = fromIso(observation.at);
const { monotonic } = observation;
const { cycle } = memory.window;
if (cycle === null || memory.facts === null) throw new Error('the last poll of this test saw no tokens');
const { facts } = memory;
if (facts.registration !== 'complete' || facts.tokens === null)
  throw new Error('the last poll of this test saw no complete registration');
const { tokens } = facts;
const closed = null;

const last: LastPoll = {
  observation,
  needsFullPoll: false,
  nextPollIn: 5 * minute,
  fullAt: monotonic - 5 * minute,
  shortPolls: 1,
};
const settings = { idpPasswordChangedAt: null, interval: 5 * minute };
/** Five minutes after a poll at which all was well, with tokens that are an hour old. */
const usual: PlanInput = {
  memory,
  last,
  settings,
  notificationPending: false,
  now: now + 5 * minute,
  monotonic: monotonic + 5 * minute,
};
const planned = (other: Partial<PlanInput> = {}) => planPoll({ ...usual, ...other }).kind;

describe('a poll is short', () => {
  test('when all is well, and keeps the readings of the other sources', () => {
    const { account, power, network } = observation;
    expect(planPoll(usual)).toEqual({ kind: 'short', keep: { account, power, network } });
  });

  test('with a Secure Enclave key at any age of the tokens, since no window runs', () => {
    const window = { phase: 'notApplicable', closed, cycle: { ...cycle, age: 3 * dueAge } } as const;
    expect(planned({ memory: { ...memory, window } })).toBe('short');
  });

  test('where Platform SSO is not set up', () => {
    const window = { phase: 'unknown', cycle: null } as const;
    const notConfigured = {
      registration: 'notConfigured',
      method: 'none',
      user: null,
      tokens: null,
    } as const;
    expect(planned({ memory: { ...memory, facts: notConfigured, window } })).toBe('short');
  });

  test('a few seconds late, as timers of a background process are', () => {
    const late = 20 * second;
    expect(planned({ now: usual.now + late, monotonic: usual.monotonic + late })).toBe('short');
  });

  test('again once the tokens are newer than the password change in the IdP', () => {
    const idpPasswordChangedAt = cycle.receivedAt - 1;
    expect(planned({ settings: { ...settings, idpPasswordChangedAt } })).toBe('short');
  });
});

describe('a poll is full', () => {
  const lastWith = (other: Partial<LastPoll>) => ({ last: { ...last, ...other } });

  test.each<[string, Partial<PlanInput>]>([
    ['this is the first poll', { last: null }],
    ['something is wrong or not confirmed', lastWith({ needsFullPoll: true })],
    ['a solved notification waits', { notificationPending: true }],
    ['the registration is unknown', { memory: { ...memory, facts: null } }],
    [
      'the registration is not healthy',
      { memory: { ...memory, facts: { ...facts, user: { state: 1, name: null } } } },
    ],
    [
      'the tokens have expired',
      { memory: { ...memory, facts: { ...facts, tokens: { ...tokens, expired: true } } } },
    ],
    ['there are no tokens', { memory: { ...memory, facts: { ...facts, tokens: null } } }],
    [
      'a new password waits to be explained',
      { memory: { ...memory, unexplainedPassword: { setAt: now, waited: 0, watched: true } } },
    ],
    ['the poll is late: the Mac slept', { now: usual.now + minute, monotonic: usual.monotonic + minute }],
    ['the Mac slept and its monotonic clock stood still', { now: usual.now + minute }],
    ['the clock was set forward', { now: usual.now + hour }],
    ['the clock was set back', { now: usual.now - hour }],
    [
      'the password was changed elsewhere since',
      { settings: { ...settings, idpPasswordChangedAt: cycle.receivedAt + 1 } },
    ],
    [
      'the password is to be changed elsewhere',
      { settings: { ...settings, idpPasswordChangedAt: usual.now + hour } },
    ],
    ['there were eleven short polls', lastWith({ shortPolls: 11 })],
    ['the last full poll was an hour ago', lastWith({ fullAt: usual.monotonic - hour })],
  ])('when %s', (_what, other) => {
    expect(planned(other)).toBe('full');
  });

  test.each(['appSso', 'session', 'account', 'power', 'network'] as const)(
    'after a poll that could not read %s',
    (source) => {
      const unread = { ...observation, [source]: failed('timeout', 'no answer') };
      expect(planned(lastWith({ observation: unread }))).toBe('full');
    },
  );

  test('shortly before the due time: the first poll after it compares with a full one', () => {
    const aged = (age: number) =>
      planned({ memory: { ...memory, window: { phase: 'fresh', closed, cycle: { ...cycle, age } } } });
    expect(aged(dueAge - 11 * minute)).toBe('short');
    expect(aged(dueAge - 10 * minute)).toBe('full');
  });

  test('when the next poll, by a setting that has just changed, may be after the due time', () => {
    const hourly = { ...settings, interval: hour };
    expect(planned({ settings: hourly })).toBe('short');
    const window = { phase: 'fresh', closed, cycle: { ...cycle, age: dueAge - hour } } as const;
    expect(planned({ memory: { ...memory, window } })).toBe('short');
    expect(planned({ memory: { ...memory, window }, settings: hourly })).toBe('full');
  });

  test('while a password that is set a little later could still explain the last refresh', () => {
    const nothing = { dueAt: null, promptedAt: null, passwordChangedAt: null, lagSeconds: null };
    const closed = {
      ...nothing,
      activeLagSeconds: null,
      staleFrom: 0,
      refreshedAt: now,
      outcome: 'token-refreshed' as const,
    };
    const window = { phase: 'fresh', cycle, closed } as const;
    expect(planned({ memory: { ...memory, window } })).toBe('full');
  });

  test.each(['unknown', 'suspended', 'due', 'hint', 'overdue', 'pending'] as const)(
    'in phase %s',
    (phase) => {
      expect(planned({ memory: { ...memory, window: { phase, cycle, closed } } })).toBe('full');
    },
  );
});

describe('a short poll found a change', () => {
  const { appSso } = observation;
  if (!appSso.ok) throw new Error('app-sso was not understood');
  const { user, device, tokens } = appSso.value;
  if (user === null || device === null || tokens === null)
    throw new Error('the last poll of this test saw no registration');

  const isNews = (other: Partial<Observation>, passed = 5 * minute) => {
    const at = { at: toIso(now + passed), monotonic: monotonic + passed };
    const found = { ...observation, ...at, ...other };
    const detected = detect({
      detectors,
      explain: explainFinding,
      memory,
      observation: found,
      run: 'a run',
      monotonicCountsSleep: true,
      settings: detectSettings,
    });
    return foundChanges(memory, found, detected);
  };
  const says = (other: Partial<AppSso>) => ({ appSso: read({ ...appSso.value, ...other }) });

  test('not when the facts are the same, with any other output', () => {
    expect(isNews({})).toBe(false);
    expect(isNews(says({ observedAt: '2030-01-01T00:00:00.000Z', warnings: ['a new one'] }))).toBe(false);
  });

  test.each<[string, Partial<Observation>]>([
    ['app-sso can not be read', { appSso: failed('timeout', 'no answer') }],
    ['the session can not be read', { session: failed('timeout', 'no answer') }],
    ['the account can not be read', { account: failed('timeout', 'no answer') }],
    ['the tokens are newer', says({ tokens: { ...tokens, receivedAt: '2026-03-02T08:59:00.000Z' } })],
    [
      'the tokens have another expiry',
      says({ tokens: { ...tokens, expiresAt: '2027-03-02T08:59:00.000Z' } }),
    ],
    ['the user section is gone', says({ user: null, status: 'needsAttention' })],
    [
      'the user is in another state',
      says({ user: { ...user, state: 1, stateLabel: null }, status: 'needsAttention' }),
    ],
    ['the device is another', says({ device: { ...device, deviceId: 'another' } })],
    [
      'the device was configured again',
      says({ device: { ...device, configuredAt: '2026-03-02T08:30:00.000Z' } }),
    ],
    ['macOS was updated', { macos: read('15.7') }],
    ['Company Portal was removed', { companyPortal: read(null) }],
    ['the profile was removed', { ssoProfile: read(null) }],
    ['the Mac left device management', { enrollment: read({ enrolled: false, userApproved: null }) }],
    [
      'another device left something',
      { workplaceJoin: read({ leftovers: [{ kind: 'certificate', deviceId: 'another' }] }) },
    ],
  ])('when %s', (_what, other) => {
    expect(isNews(other)).toBe(true);
  });

  test('when the account has another password', () => {
    const { account } = observation;
    if (!account.ok) throw new Error('the account was not understood');
    const changed = { ...account.value, passwordLastSetAt: toIso(now) };
    expect(isNews({ account: read(changed) })).toBe(true);
  });

  test('when the tokens have expired', () => {
    expect(isNews({}, fromIso(tokens.expiresAt ?? '') - now + 1)).toBe(true);
  });
});
