import { describe, expect, test } from 'vitest';
import { nothingRemembered, recall, sameEssence } from '../agent/remembered.ts';

describe('what outlives a restart', () => {
  test('comes back as it was', () => {
    const before = nothingRemembered();
    before.detection.everRegistered = true;
    before.detection.macos = '15.6';
    expect(recall(JSON.stringify(before))).toEqual({ remembered: before, understood: true });
  });

  test('a new database remembers nothing, and that is in order', () => {
    expect(recall(null)).toEqual({ remembered: nothingRemembered(), understood: true });
  });

  test.each(['', '{', '[]', '{"detection":{}}', 'null'])('%j is not trusted in part: a baseline', (text) => {
    expect(recall(text)).toEqual({ remembered: nothingRemembered(), understood: false });
  });

  test('time alone is not worth a write; everything else is', () => {
    const before = nothingRemembered();
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
    expect(sameEssence(later, before)).toBe(true);
    later.detection.screen = 'locked';
    expect(sameEssence(later, before)).toBe(false);
    expect(sameEssence(before, later)).toBe(false);
  });

  test('a key more or less is something else, in either direction, at any depth', () => {
    const before = nothingRemembered();
    const later = structuredClone(before);
    later.manners.episodes.some = {
      openedAt: 1,
      tellings: 0,
      lastAt: null,
      suppressed: [],
      heardOf: false,
      resolvedAt: null,
    };
    expect(sameEssence(later, before)).toBe(false);
    expect(sameEssence(before, later)).toBe(false);
    const told = structuredClone(later);
    told.manners.episodes.some?.suppressed.push('focus');
    expect(sameEssence(later, told)).toBe(false);
    expect(sameEssence(later, structuredClone(later))).toBe(true);
  });

  test('what JSON would leave out is no difference', () => {
    const before = nothingRemembered();
    const { companyPortal: _, ...without } = before.detection;
    expect(sameEssence({ ...before, detection: { ...without, companyPortal: undefined } }, before)).toBe(
      true,
    );
  });
});
