import { describe, expect, test } from 'vitest';
import { emptyAgentMemory, parseAgentMemory, sameExceptTime } from '../../agent/daemon/agent-memory.ts';

describe('what outlives a restart', () => {
  test('comes back as it was', () => {
    const before = emptyAgentMemory();
    before.detection.everRegistered = true;
    before.detection.macos = '15.6';
    expect(parseAgentMemory(JSON.stringify(before))).toEqual({ remembered: before, understood: true });
  });

  test('a new database remembers nothing, and that is in order', () => {
    expect(parseAgentMemory(null)).toEqual({ remembered: emptyAgentMemory(), understood: true });
  });

  test.each(['', '{', '[]', '{"detection":{}}', 'null'])('%j is not trusted in part: a baseline', (text) => {
    expect(parseAgentMemory(text)).toEqual({ remembered: emptyAgentMemory(), understood: false });
  });

  test('time alone is not worth a write; everything else is', () => {
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

  test('a key more or less is something else, in either direction, at any depth', () => {
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

  test('what JSON would leave out is no difference', () => {
    const before = emptyAgentMemory();
    const { companyPortal: _, ...without } = before.detection;
    expect(sameExceptTime({ ...before, detection: { ...without, companyPortal: undefined } }, before)).toBe(
      true,
    );
  });
});
