import { describe, expect, test } from 'vitest';
import { emptyAgentMemory, parseAgentMemory, sameExceptTime } from '../../agent/daemon/agent-memory.ts';

describe('the agent memory', () => {
  test('survives its JSON', () => {
    const before = emptyAgentMemory();
    before.detection.everRegistered = true;
    before.detection.macos = '15.6';
    expect(parseAgentMemory(JSON.stringify(before))).toEqual({ memory: before, valid: true });
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
