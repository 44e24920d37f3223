import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptInput, largestInput } from '../../../agent/mac/parse/input.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 + text.length * 2));
  [0xfeff, ...Array.from(text, (_, index) => text.charCodeAt(index))].forEach((unit, index) => {
    view.setUint16(index * 2, unit, littleEndian);
  });
  return new Uint8Array(view.buffer);
}

describe('accepted input', () => {
  it.each([
    ['UTF-8', bytes('Größe\nzwei')],
    ['a byte order mark', bytes('\uFEFFGröße\nzwei')],
    ['CRLF', bytes('Größe\r\nzwei')],
    ['CR alone', bytes('Größe\rzwei')],
    ['UTF-16, little-endian', utf16('Größe\r\nzwei', true)],
    ['UTF-16, big-endian', utf16('Größe\r\nzwei', false)],
  ])('is the same text from %s', (_, given) => {
    expect(acceptInput(given)).toEqual({ ok: true, text: 'Größe\nzwei' });
  });

  it('keeps what surrounds bytes that are no UTF-8', () => {
    expect(acceptInput(Uint8Array.of(0x61, 0xff, 0x62))).toEqual({ ok: true, text: 'a\uFFFDb' });
  });

  it('keeps any text except for its line ends', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        fc.pre(!text.startsWith('\uFEFF') && text.isWellFormed());
        expect(acceptInput(bytes(text))).toEqual({
          ok: true,
          text: text.replaceAll('\r\n', '\n').replaceAll('\r', '\n'),
        });
      }),
      { numRuns: 200 },
    );
  });

  it('never throws, for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (given) => {
        const accepted = acceptInput(given);
        if (accepted.ok) expect(accepted.text).not.toContain('\r');
      }),
      { numRuns: 200 },
    );
  });
});

describe('refused input', () => {
  it.each([
    ['nothing', new Uint8Array()],
    ['a byte order mark alone', Uint8Array.of(0xef, 0xbb, 0xbf)],
    ['a UTF-16 byte order mark alone', Uint8Array.of(0xff, 0xfe)],
  ])('is empty for %s', (_, given) => {
    expect(acceptInput(given)).toEqual({ ok: false, reason: 'empty', limitBytes: largestInput });
  });

  it('is too large above 16 MiB, and not at it', () => {
    expect(largestInput).toBe(16 * 1024 * 1024);
    expect(acceptInput(new Uint8Array(largestInput).fill(0x20)).ok).toBe(true);
    expect(acceptInput(new Uint8Array(largestInput + 1))).toEqual({
      ok: false,
      reason: 'tooLarge',
      limitBytes: largestInput,
    });
  });
});
