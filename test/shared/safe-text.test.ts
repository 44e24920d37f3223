import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bodyLimit, titleLimit } from '../../agent/notify/notification-limits.ts';
import { sanitiseJson, sanitiseLine, sanitiseOutput } from '../../agent/shared/safe-text.ts';

const charactersOf = (text: string) => [...new Intl.Segmenter('en').segment(text)].length;

describe('an outside text', () => {
  test.each([
    ['an escape sequence', 'a\u001b[31mred', 'a[31mred'],
    ['a C1 control, which a terminal obeys too', 'a\u009b31mred', 'a31mred'],
    ['NUL and DEL', 'a\u0000b\u007fc', 'abc'],
    ['a right-to-left override', 'exe.\u202egpj', 'exe.gpj'],
    ['isolates and marks', '\u2066a\u2069\u200e\u200f\u061cb', 'ab'],
    ['a byte order mark', '\ufeffa', 'a'],
  ])('loses %s', (_what, text, expected) => {
    expect(sanitiseLine(text)).toBe(expected);
  });

  test.each([
    ['\n'],
    ['\r\n'],
    ['\t'],
    ['\u000b'],
    ['\u000c'],
    ['\u0085'],
    ['\u2028'],
    ['\u2029'],
    ['\n\n\t'],
  ])('is one line: %j becomes a space', (separator) => {
    expect(sanitiseLine(`one${separator}two`)).toBe('one two');
  });

  test('keeps quotes, shell and script characters, accents, emoji', () => {
    const text = `"it's" \`id\` $(id) \\n {x} Grüße 日本語 👩‍👩‍👧 🇨🇭 – …`;
    expect(sanitiseLine(text)).toBe(text);
  });
});

describe('a limit', () => {
  test('counts graphemes, and marks where the text was cut', () => {
    const families = '👩‍👩‍👧'.repeat(titleLimit);
    expect(sanitiseLine(families, titleLimit)).toBe(families);
    const longer = sanitiseLine(`${families}👩‍👩‍👧`, titleLimit);
    expect(longer).toBe(`${'👩‍👩‍👧'.repeat(titleLimit - 1)}…`);
    expect(sanitiseLine('x'.repeat(bodyLimit), bodyLimit)).toBe('x'.repeat(bodyLimit));
    expect(sanitiseLine('x'.repeat(bodyLimit + 1), bodyLimit)).toBe(`${'x'.repeat(bodyLimit - 1)}…`);
  });

  test('holds for one letter with many accents', () => {
    const text = sanitiseLine(`a${'\u0301'.repeat(100_000)}`, titleLimit);
    expect(text).toMatch(/…$/);
    expect(text.length).toBeLessThanOrEqual(titleLimit * 16 + 1);
  });

  test('never leaves half a character of a text that was far too long', () => {
    for (const shift of ['', 'x']) {
      const text = sanitiseLine(`${shift}${'👩‍👩‍👧'.repeat(5_000)}`, 20);
      expect(text.isWellFormed()).toBe(true);
      expect(text).toMatch(/…$/);
    }
  });

  test('holds for any text, without harmful characters', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 400 }),
        fc.integer({ min: 1, max: 60 }),
        (text, limit) => {
          const clean = sanitiseLine(text, limit);
          expect(charactersOf(clean)).toBeLessThanOrEqual(limit);
          expect(clean).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u);
          expect(sanitiseLine(clean, limit)).toBe(clean);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('an output', () => {
  test('keeps lines and the styles of this product, and nothing else that a terminal obeys', () => {
    const styles = '\u001b[1mbold\u001b[22m \u001b[31mred\u001b[39m\n\u001b[2mdim\u001b[22m';
    expect(sanitiseOutput(styles)).toBe(styles);
    expect(sanitiseOutput('a\u001b[2J\u001b[8mb\u001b]0;x\u0007\n\u009bc\rd\u202e\u001b')).toBe(
      'a[2J[8mb]0;x\ncd',
    );
  });

  test('as JSON keeps its value and has nothing that a terminal obeys', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const json = sanitiseJson(JSON.stringify({ text }, null, 2));
        expect(JSON.parse(json)).toEqual({ text });
        expect(json).not.toMatch(/[[\p{Cc}\p{Bidi_Control}]--\n]/v);
      }),
    );
  });
});
