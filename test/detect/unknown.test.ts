import { beforeAll, expect, test } from 'vitest';
import { explainFinding } from '../../agent/causes/explain-finding.ts';
import { detect } from '../../agent/detect/detect.ts';
import { emptyMemory, type Memory, memoryToStored } from '../../agent/detect/memory.ts';
import { detectors } from '../../agent/issues/issues.ts';
import { type Observation, type SourceName, sourceNames } from '../../agent/shared/observation.ts';
import { hour, minute, toIso } from '../../agent/shared/time.ts';
import { afterPollsFor, detectSettings } from './remembered-polls.ts';

/**
 * What is not read is unknown: no key of `v_state` and no key of the memory takes a value from a failure, and
 * what was known stays as it was stored.
 */

const unrecorded: readonly SourceName[] = ['focus', 'fingerprints'];
const recorded = sourceNames.filter((source) => !unrecorded.includes(source));
const failed = { ok: false, reason: 'timeout' } as const;

function withFailing(observation: Observation, sources: readonly SourceName[]): Observation {
  return { ...observation, ...Object.fromEntries(sources.map((source) => [source, failed])) };
}

/** Polls each five minutes for an hour, always with the same readings. */
function pollsFrom(before: Memory, observation: Observation) {
  const from = Date.parse(observation.at);
  let memory = before;
  let state = {};
  let events: readonly { kind: string; to: string | null }[] = [];
  for (let passed = 5 * minute; passed <= hour; passed += 5 * minute) {
    const detected = detect({
      memory,
      detectors,
      explain: explainFinding,
      observation: {
        ...observation,
        at: toIso(from + passed),
        monotonic: observation.monotonic + passed,
      },
      run: 'a run',
      monotonicCountsSleep: true,
      settings: detectSettings,
    });
    memory = detected.memory;
    state = detected.state;
    events = [...events, ...detected.events];
  }
  return { memory: memoryToStored(memory), state, events: events.map(({ kind, to }) => [kind, to]) };
}

/** The keys whose values differ, with the value of the second. */
function differences(one: object, other: object): Record<string, unknown> {
  const before = new Map(Object.entries(one));
  const after = new Map(Object.entries(other));
  const keys = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  const different = keys.filter((key) => JSON.stringify(before.get(key)) !== JSON.stringify(after.get(key)));
  return Object.fromEntries(different.map((key) => [key, after.get(key)]));
}

let known: Awaited<ReturnType<typeof afterPollsFor>>;
let healthy: ReturnType<typeof pollsFrom>;
beforeAll(async () => {
  known = await afterPollsFor(hour);
  healthy = pollsFrom(known.memory, known.observation);
});

/** What differs after an hour in which one source failed: in the state, in the memory; and the events. */
const table: Readonly<Record<SourceName, { state: object; memory: readonly string[] }>> = {
  appSso: {
    state: { 'app-sso': 'unreadable: timeout', headline: 'unknown', 'password-window': 'unknown' },
    memory: ['failing', 'window', 'withoutFacts'],
  },
  account: { state: {}, memory: ['failing'] },
  passwordPolicy: { state: {}, memory: ['failing'] },
  // Active time is not counted, also not in the password window.
  session: { state: {}, memory: ['active', 'activeTime', 'failing', 'window'] },
  power: { state: {}, memory: ['failing', 'moment'] },
  network: { state: {}, memory: ['active', 'activeTime', 'failing', 'window'] },
  // Often not readable, so a failure is not recorded.
  focus: { state: {}, memory: [] },
  macos: { state: {}, memory: ['failing'] },
  companyPortal: { state: {}, memory: ['failing'] },
  oktaVerify: { state: {}, memory: ['failing'] },
  ssoProfile: { state: {}, memory: ['failing'] },
  enrollment: { state: {}, memory: ['failing'] },
  workplaceJoin: { state: {}, memory: ['failing'] },
  screenUnlock: { state: {}, memory: ['failing'] },
  chromeHost: { state: {}, memory: ['failing'] },
  extensions: { state: {}, memory: ['failing'] },
  passwordTools: { state: {}, memory: ['failing'] },
  fileVault: { state: {}, memory: ['failing'] },
  systemIntegrity: { state: {}, memory: ['failing'] },
  fingerprints: { state: {}, memory: [] },
  smartCards: { state: {}, memory: ['failing'] },
  hosts: { state: {}, memory: ['failing'] },
};

test.each(sourceNames)('%s fails for an hour: what was known stays', (source) => {
  const { state, memory, events } = pollsFrom(known.memory, withFailing(known.observation, [source]));
  expect(differences(healthy.state, state)).toEqual(table[source].state);
  expect(Object.keys(differences(healthy.memory, memory))).toEqual(table[source].memory);
  expect(events).toEqual(unrecorded.includes(source) ? [] : [['source-failed', 'timeout']]);
});

test('everything fails for an hour: what was known stays', () => {
  const { state, memory, events } = pollsFrom(known.memory, withFailing(known.observation, sourceNames));
  expect(differences(healthy.state, state)).toEqual({
    ...table.appSso.state,
    'app-installed': 'unknown',
    // Not written, so it stays as stored.
    'password-rules-not-compared': undefined,
  });
  expect(Object.keys(differences(healthy.memory, memory))).toEqual([
    'active',
    'activeTime',
    'failing',
    'moment',
    'preconditions',
    'window',
    'withoutFacts',
  ]);
  expect(events).toEqual(recorded.map(() => ['source-failed', 'timeout']));
});

/** The state of a Mac of which a source was never read, where it differs from the known one. */
const neverRead: Readonly<Record<SourceName, object>> = {
  appSso: {
    'app-sso': 'unreadable: timeout',
    configured: '',
    headline: 'unknown',
    'last-confirmed-good': '',
    method: 'unknown',
    'method-known': 'unknown',
    'methods-agree': 'unknown',
    'password-rules-not-compared': undefined,
    'password-window': 'unknown',
    registration: 'unknown',
    'registration-complete': 'unknown',
    'tokens-expire-at': '',
    'tokens-fresh': 'unknown',
    'tokens-present': 'unknown',
    'tokens-valid': 'unknown',
    'user-state': '',
    'user-state-normal': 'unknown',
  },
  account: { 'password-last-set': '', 'password-rules-not-compared': undefined },
  passwordPolicy: {},
  session: {},
  power: {},
  network: {},
  focus: {},
  macos: { macos: '' },
  companyPortal: { 'app-installed': 'unknown', 'company-portal': '' },
  // The Mac has Microsoft's extension.
  oktaVerify: {},
  ssoProfile: { 'profile-installed': 'unknown' },
  enrollment: { enrolled: '', 'mdm-enrolled': 'unknown' },
  workplaceJoin: {},
  screenUnlock: {},
  chromeHost: {},
  extensions: {},
  passwordTools: {},
  fileVault: {},
  systemIntegrity: {},
  fingerprints: {},
  smartCards: {},
  hosts: {},
};

test.each(sourceNames)('%s was never read: its state is unknown', (source) => {
  const { state } = pollsFrom(emptyMemory(), withFailing(known.observation, [source]));
  expect(differences(healthy.state, state)).toEqual(neverRead[source]);
});

test('nothing was ever read: every key says so, and the memory holds no fact', () => {
  const { state, memory, events } = pollsFrom(emptyMemory(), withFailing(known.observation, sourceNames));
  expect(state).toEqual({
    ...neverRead.appSso,
    ...neverRead.account,
    ...neverRead.macos,
    ...neverRead.companyPortal,
    ...neverRead.ssoProfile,
    ...neverRead.enrollment,
    'trouble-since': '',
    'identity-provider': '',
    'method-not-understood': '',
    'open-issues': '',
  });
  const { moment: _moment, failing: _failing, ...facts } = differences(memoryToStored(emptyMemory()), memory);
  expect(facts).toEqual({
    activeTime: 0,
    configuredWithoutProfile: false,
    doubts: [],
    emptyFor: null,
    everConfigured: false,
    extensionIdentifier: null,
    lastConfirmedGoodAt: null,
    lastTokensAt: null,
    offlineSince: null,
    preconditions: { 'app-installed': 'unknown' },
    profileGoneSince: null,
    profileSeen: false,
    withoutFacts: 2,
  });
  expect(events).toEqual(recorded.map(() => ['source-failed', 'timeout']));
});
