import { describe, expect, test } from 'vitest';
import {
  agentMemoryText,
  emptyAgentMemory,
  parseAgentMemory,
  sameExceptTime,
} from '../../agent/daemon/agent-memory.ts';
import type { Facts } from '../../agent/detect/facts.ts';

describe('the agent memory', () => {
  test('survives its JSON', () => {
    const before = emptyAgentMemory();
    before.detection.everRegistered = true;
    before.detection.macos = '15.6';
    expect(parseAgentMemory(agentMemoryText(before))).toEqual({ memory: before, valid: true });
  });

  const device = { configuredAt: 100, deviceId: 'a device', exempt: false, method: 'password' } as const;
  const tokens = { receivedAt: 200, expiresAt: 900, expired: false };
  test.each<Facts>([
    { registration: 'notConfigured', method: 'none', user: null, tokens: null },
    { registration: 'none', method: 'password', device, user: { state: 2, name: null }, tokens: null },
    { registration: 'device', method: 'password', device, user: null, tokens: null },
    { registration: 'device', method: 'password', device, user: { state: 4, name: null }, tokens },
    { registration: 'complete', method: 'smartCard', device, user: { state: 1, name: null }, tokens },
    {
      registration: 'complete',
      method: 'password',
      device,
      user: { state: 0, name: null },
      tokens: { receivedAt: null, expiresAt: null, expired: false },
    },
    { registration: 'unclear', method: 'password', device, user: { state: 9, name: null }, tokens },
    {
      registration: 'complete',
      method: 'openId',
      device,
      user: { state: 0, name: null },
      tokens,
      methodLabel: 'POLoginTypeOpenID',
      webLoginPasswordSync: true,
    },
  ])('keeps the facts $registration', (facts) => {
    const before = emptyAgentMemory();
    before.detection.facts = facts;
    before.detection.candidate = { facts, firstAt: 1 };
    expect(parseAgentMemory(agentMemoryText(before))).toEqual({ memory: before, valid: true });
  });

  test('has the keys of the databases that exist', () => {
    const storedFacts = {
      configured: true,
      registration: 'complete',
      userPresent: true,
      userState: 1,
      method: 'password',
      exempt: false,
      expired: false,
      receivedAt: 200,
      expiresAt: 900,
      configuredAt: 100,
      deviceId: 'a device',
      tokensUnreadable: false,
      deviceMethod: 'password',
    };
    const storedCycle = {
      receivedAt: 200,
      age: 300,
      unread: 0,
      stretches: [[10, 20]],
      dueTold: true,
      overdueTold: false,
      unlockedAge: null,
      unlocks: 0,
      promptedAge: 250,
      promptedAt: 450,
      promptTold: true,
    };
    const empty = JSON.parse(agentMemoryText(emptyAgentMemory()));
    const stored = (facts: object, window: object) => ({
      ...empty,
      detection: { ...empty.detection, facts, candidate: { facts, firstAt: 1 }, window },
    });
    const current = stored(storedFacts, { phase: 'pending', cycle: storedCycle, closed: null });
    const { memory, valid } = parseAgentMemory(JSON.stringify(current));
    expect(valid).toBe(true);
    expect(memory.detection.facts).toMatchObject({
      registration: 'complete',
      user: { state: 1, name: null },
      tokens,
    });
    expect(memory.detection.window.cycle?.prompt).toEqual({ age: 250, at: 450, told: true });
    expect(JSON.parse(agentMemoryText(memory))).toEqual(current);

    const { tokensUnreadable: _, ...olderFacts } = storedFacts;
    const { promptTold: __, ...olderCycle } = storedCycle;
    const older = stored(olderFacts, { phase: 'pending', cycle: olderCycle });
    const fromOlder = parseAgentMemory(JSON.stringify(older)).memory;
    expect(fromOlder.detection.facts).toEqual(memory.detection.facts);
    expect(fromOlder.detection.window.cycle?.prompt).toEqual({ age: 250, at: 450, told: false });
  });

  test('is empty and valid in a new database', () => {
    expect(parseAgentMemory(null)).toEqual({ memory: emptyAgentMemory(), valid: true });
  });

  test.each(['', '{', '[]', '{"detection":{}}', 'null'])('%j is not trusted in part: a baseline', (text) => {
    expect(parseAgentMemory(text)).toEqual({ memory: emptyAgentMemory(), valid: false });
  });

  test('counts as changed by any key except time counters', () => {
    const before = emptyAgentMemory();
    const later = structuredClone(before);
    later.detection.moment = {
      at: 1,
      monotonic: 1,
      run: 'one',
      bootedAt: null,
      sleptAt: null,
      wokeAt: null,
      powerKnown: false,
    };
    expect(sameExceptTime(later, before)).toBe(true);
    later.detection.screen = 'locked';
    expect(sameExceptTime(later, before)).toBe(false);
    expect(sameExceptTime(before, later)).toBe(false);
  });

  test('counts as changed by a key more or less, at any depth', () => {
    const before = emptyAgentMemory();
    const later = structuredClone(before);
    later.manners.episodes.some = {
      openedAt: 1,
      tellings: 0,
      lastAt: null,
      suppressed: [],
      heardOf: false,
      resolvedAt: null,
    };
    expect(sameExceptTime(later, before)).toBe(false);
    expect(sameExceptTime(before, later)).toBe(false);
    const notified = structuredClone(later);
    notified.manners.episodes.some?.suppressed.push('focus');
    expect(sameExceptTime(later, notified)).toBe(false);
    expect(sameExceptTime(later, structuredClone(later))).toBe(true);
  });

  test('does not count as changed by a key that JSON leaves out', () => {
    const before = emptyAgentMemory();
    const { companyPortal: _, ...without } = before.detection;
    expect(sameExceptTime({ ...before, detection: { ...without, companyPortal: undefined } }, before)).toBe(
      true,
    );
  });
});
