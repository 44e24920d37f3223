import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packedText, unpackedText } from '../../agent/fleet-store/packed-text.ts';

const most = 64 * 1024 * 1024;
const unpacked = (packed: Uint8Array) => unpackedText(packed, most);

test('a text comes back unchanged', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      expect(unpacked(packedText(text))).toBe(text);
    }),
  );
});

test('a text of any length comes back, also where it fills a buffer of zlib', () => {
  for (const length of [0, 1, 65_535, 65_536, 65_537, 3_000_000]) {
    const text = Array.from({ length }, (_, index) => String.fromCharCode(33 + ((index * index) % 89)));
    expect(unpacked(packedText(text.join('')))).toBe(text.join(''));
  }
});

test('nothing else loses its bytes while texts are packed and unpacked', () => {
  const texts = Array.from({ length: 500 }, (_, index) => `text ${index}`);
  const pooled = texts.map((text) => Buffer.from(text));
  const packed = texts.map(packedText);
  expect(packed.map(unpacked)).toEqual(texts);
  expect(packed.map(unpacked)).toEqual(texts);
  expect(pooled.map(String)).toEqual(texts);
});

test('the buffers of texts do not wait for the garbage collector', () => {
  const packed = packedText('text '.repeat(2_000));
  const before = process.memoryUsage().arrayBuffers;
  for (let count = 0; count < 300; count++) unpacked(packed);
  // Of 300 buffers with 64 kB each.
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4_000_000);
});

test('other bytes and too long a text are errors', () => {
  expect(() => unpacked(new Uint8Array([1, 2, 3]))).toThrow(Error);
  expect(() => unpacked(packedText('cut').subarray(0, -1))).toThrow(Error);
  expect(() => unpackedText(packedText('x'.repeat(1000)), 999)).toThrow(Error);
});
