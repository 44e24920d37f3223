import { describe, expect, test } from 'vitest';
import { essenceOf, nothingRemembered, recall } from '../agent/remembered.ts';

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
    expect(essenceOf(later)).toBe(essenceOf(before));
    later.detection.screen = 'locked';
    expect(essenceOf(later)).not.toBe(essenceOf(before));
  });
});
