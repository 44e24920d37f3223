import { expect, test } from 'vitest';
import type { Device, Facts } from '../../agent/detect/facts.ts';
import { emptyMemory, type Memory } from '../../agent/detect/memory.ts';
import { registrationMemory } from '../../agent/detect/registration-memory.ts';
import type { Observation } from '../../agent/shared/observation.ts';
import { read } from '../../agent/shared/reading.ts';
import { hour, toIso } from '../../agent/shared/time.ts';
import { afterPollsFor } from './remembered-polls.ts';

const now = Date.parse('2026-03-02T12:00:00Z');
const configuredAt = now - 5 * hour;
const device: Device = { configuredAt, deviceId: 'one', exempt: false, method: 'password' };

async function observed(): Promise<Observation> {
  return (await afterPollsFor(0)).observation;
}

function complete(more: Partial<Device> = {}): Facts {
  return {
    registration: 'complete',
    method: 'password',
    user: { state: 0, name: null },
    tokens: null,
    device: { ...device, ...more },
  };
}

function after(before: Partial<Memory>, facts: Facts, observation: Observation) {
  return registrationMemory({ ...emptyMemory(), ...before }, facts, observation, now).lastRegistration;
}

const seen = { configuredAt, deviceId: 'one', seenAt: now - 4 * hour };

test('the same device keeps the time at which its registration was first seen', async () => {
  expect(after({ facts: complete(), lastRegistration: seen }, complete(), await observed())).toEqual(seen);
});

test.each([{ deviceId: 'two' }, { configuredAt: now - hour }])(
  'a device with %j is a registration of its own, seen now',
  async (more) => {
    expect(after({ facts: complete(), lastRegistration: seen }, complete(more), await observed())).toEqual({
      configuredAt,
      deviceId: 'one',
      ...more,
      seenAt: now,
    });
  },
);

test('the first registration of a history is as old as its device configuration', async () => {
  const observation = await observed();
  expect(after({}, complete(), observation)?.seenAt).toBe(configuredAt);
  expect(after({}, complete({ configuredAt: now + hour }), observation)?.seenAt).toBe(now);
});

test.each([
  ['facts', { facts: complete() }],
  ['an earlier registration', { lastRegistration: { ...seen, deviceId: 'zero' } }],
])('a registration after %s is seen now', async (_, before) => {
  expect(after(before, complete(), await observed())?.seenAt).toBe(now);
});

test.each([
  ['a profile that is gone for good', false, {}],
  ['a profile that was replaced just now', true, { profileGoneSince: now - 60_000 }],
  ['a profile that was never seen', true, { profileGoneSince: null }],
  ['Platform SSO that was configured without a profile', true, { configuredWithoutProfile: true }],
])('without Platform SSO, after %s, the Mac was registered before: %j', async (_, everRegistered, more) => {
  const observation = { ...(await observed()), at: toIso(now), ssoProfile: read(null) };
  const before = { ...emptyMemory(), everRegistered: true, profileGoneSince: now - hour, ...more };
  const none: Facts = { registration: 'notConfigured', method: 'none', user: null, tokens: null };
  expect(registrationMemory(before, none, observation, now).everRegistered).toBe(everRegistered);
});
