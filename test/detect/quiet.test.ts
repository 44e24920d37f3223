import { describe, expect, test } from 'vitest';
import { type BeforeLook, mayBeQuiet, saysNothingNew } from '../../agent/detect/quiet.ts';
import { dueAge } from '../../agent/detect/sync-cycle.ts';
import { read } from '../../agent/types/reading.ts';
import { fromIso, hour, minute, second } from '../../agent/types/time.ts';
import { afterLooksAt } from './remembered-looks.ts';

const { memory, appSso, now, monotonic } = await afterLooksAt(1 * hour);

/** Five minutes after a look at which all was well, with tokens that are an hour old. */
const usual: BeforeLook = {
  memory,
  trouble: false,
  somethingToTell: false,
  idpPasswordChangedAt: null,
  now: now + 5 * minute,
  monotonic: monotonic + 5 * minute,
  planned: 5 * minute,
  nextIn: 5 * minute,
};
const { cycle } = memory.window;
if (cycle === null || memory.facts === null) throw new Error('the look of this test saw no tokens');
const { facts } = memory;

describe('a look may be quiet', () => {
  test('when all is well', () => {
    expect(mayBeQuiet(usual)).toBe(true);
  });

  test('with a Secure Enclave key however old the tokens are, since no window runs', () => {
    const window = { phase: 'notApplicable', cycle: { ...cycle, age: 3 * dueAge } } as const;
    expect(mayBeQuiet({ ...usual, memory: { ...memory, window } })).toBe(true);
  });

  test.each<[string, Partial<BeforeLook>]>([
    ['something is wrong or not confirmed', { trouble: true }],
    ['the user is still to hear that it works again', { somethingToTell: true }],
    ['nothing is known yet', { memory: { ...memory, facts: null } }],
    ['this is the first look', { memory: { ...memory, moment: null } }],
    ['the registration is not healthy', { memory: { ...memory, facts: { ...facts, userState: 1 } } }],
    ['the tokens have expired', { memory: { ...memory, facts: { ...facts, expired: true } } }],
    ['there are no tokens', { memory: { ...memory, facts: { ...facts, receivedAt: null } } }],
    [
      'a new password waits to be explained',
      { memory: { ...memory, unexplainedPassword: { setAt: now, waited: 0, watched: true } } },
    ],
    ['the look is late: the Mac slept', { now: usual.now + minute, monotonic: usual.monotonic + minute }],
    ['the Mac slept and its monotonic clock stood still', { now: usual.now + minute }],
    ['the clock was set forward', { now: usual.now + hour }],
    ['the clock was set back', { now: usual.now - hour }],
    ['another run looked last', { monotonic: 0 }],
    ['the password was changed elsewhere since', { idpPasswordChangedAt: cycle.receivedAt + 1 }],
    ['the password is to be changed elsewhere', { idpPasswordChangedAt: usual.now + hour }],
  ])('not when %s', (_what, other) => {
    expect(mayBeQuiet({ ...usual, ...other })).toBe(false);
  });

  test('again once newer tokens came than the password that was changed elsewhere', () => {
    expect(mayBeQuiet({ ...usual, idpPasswordChangedAt: cycle.receivedAt - 1 })).toBe(true);
  });

  test('not shortly before the mark: the first look past it compares with a whole one', () => {
    const aged = (age: number) =>
      mayBeQuiet({ ...usual, memory: { ...memory, window: { phase: 'fresh', cycle: { ...cycle, age } } } });
    expect(aged(dueAge - 11 * minute)).toBe(true);
    expect(aged(dueAge - 10 * minute)).toBe(false);
  });

  test('not when the next look, by a setting that has just changed, may be past the mark', () => {
    expect(mayBeQuiet({ ...usual, nextIn: hour })).toBe(true);
    const window = { phase: 'fresh', cycle: { ...cycle, age: dueAge - hour } } as const;
    expect(mayBeQuiet({ ...usual, memory: { ...memory, window } })).toBe(true);
    expect(mayBeQuiet({ ...usual, memory: { ...memory, window }, nextIn: hour })).toBe(false);
  });

  test('not while a password that is set a little later could still explain the last refresh', () => {
    const nothing = { dueAt: null, promptedAt: null, passwordChangedAt: null, lagSeconds: null };
    const closed = {
      ...{ ...nothing, activeLagSeconds: null, staleFrom: 0, refreshedAt: now },
      outcome: 'token-refreshed' as const,
    };
    const window = { phase: 'fresh', cycle, closed } as const;
    expect(mayBeQuiet({ ...usual, memory: { ...memory, window } })).toBe(false);
  });

  test.each(['unknown', 'suspended', 'due', 'hint', 'overdue', 'pending'] as const)(
    'not in phase %s',
    (phase) => {
      expect(mayBeQuiet({ ...usual, memory: { ...memory, window: { phase, cycle } } })).toBe(false);
    },
  );

  test('a few seconds late, as timers of a background process are', () => {
    const late = 20 * second;
    expect(mayBeQuiet({ ...usual, now: usual.now + late, monotonic: usual.monotonic + late })).toBe(true);
  });
});

describe('app-sso says nothing new', () => {
  const later = now + 5 * minute;

  test('when it says what is believed, whatever else is in its answer', () => {
    expect(saysNothingNew(memory, read(appSso), later)).toBe(true);
    const other = { ...appSso, observedAt: '2030-01-01T00:00:00.000Z', warnings: ['a new one'] };
    expect(saysNothingNew(memory, read(other), later)).toBe(true);
  });

  test('not when it is not understood', () => {
    expect(saysNothingNew(memory, { ok: false, reason: 'timeout', detail: '' }, later)).toBe(false);
    expect(saysNothingNew(memory, read({ ...appSso, status: 'unknown' }), later)).toBe(false);
  });

  test('not when its tokens are newer, or past their expiry by now', () => {
    const { tokens } = appSso;
    if (tokens === null) throw new Error('the look of this test saw no tokens');
    const newer = { ...tokens, receivedAt: '2026-03-02T08:59:00.000Z' };
    expect(saysNothingNew(memory, read({ ...appSso, tokens: newer }), later)).toBe(false);
    expect(saysNothingNew(memory, read(appSso), fromIso(tokens.expiresAt ?? '') + 1)).toBe(false);
  });

  test('not when the user or the device is another', () => {
    const { user, device } = appSso;
    expect(saysNothingNew(memory, read({ ...appSso, user: null, status: 'needsAttention' }), later)).toBe(
      false,
    );
    if (user === null || device === null) throw new Error('the look of this test saw no registration');
    expect(saysNothingNew(memory, read({ ...appSso, user: { ...user, state: 1 } }), later)).toBe(false);
    expect(
      saysNothingNew(memory, read({ ...appSso, device: { ...device, deviceId: 'another' } }), later),
    ).toBe(false);
    expect(
      saysNothingNew(
        memory,
        read({ ...appSso, device: { ...device, configuredAt: '2026-03-02T08:30:00.000Z' } }),
        later,
      ),
    ).toBe(false);
  });
});
