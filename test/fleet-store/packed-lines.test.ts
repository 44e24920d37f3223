import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packedLine, unpackedLines } from '../../agent/fleet-store/packed-lines.ts';

const most = 64 * 1024 * 1024;
const unpacked = (packed: readonly Uint8Array[]) => [...unpackedLines(packed, most)];
const unpackedOrNone = (packed: readonly Uint8Array[]) => {
  try {
    return unpacked(packed);
  } catch {
    return [];
  }
};
const line = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !text.includes('\n'));

test('texts come back unchanged, in their order', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), (texts) => {
      expect(unpacked(texts.map(packedLine))).toEqual(texts);
    }),
  );
});

test('a text of any length comes back, also where it fills a buffer of zlib', () => {
  for (const length of [0, 1, 8192, 65_536, 262_143, 262_144, 262_145, 3_000_000]) {
    const text = Array.from({ length }, (_, index) => String.fromCharCode(33 + ((index * index) % 89)));
    const lines = [text.join(''), 'x', text.toReversed().join('')];
    expect(unpacked(lines.map(packedLine))).toEqual(lines);
  }
});

test('nothing else loses its bytes while texts are packed and unpacked', () => {
  const texts = Array.from({ length: 500 }, (_, index) => `text ${index}`);
  const pooled = texts.map((text) => Buffer.from(text));
  const packed = texts.map(packedLine);
  expect(unpacked(packed)).toEqual(texts);
  expect(packed.flatMap((one) => unpacked([one]))).toEqual(texts);
  expect(pooled.map(String)).toEqual(texts);
});

test('the buffers of packed and unpacked texts do not wait for the garbage collector', () => {
  const inBuffersAfter = (text: string) => {
    const packed = [packedLine(text)];
    const before = process.memoryUsage().arrayBuffers;
    for (let count = 0; count < 300; count++) unpacked(packed);
    return process.memoryUsage().arrayBuffers - before;
  };
  // 300 times, 64 kB for the text, or 10 kB for its packed bytes.
  expect(inBuffersAfter('text '.repeat(2_000))).toBeLessThan(4_000_000);
  expect(inBuffersAfter(randomBytes(10_000).toString('hex'))).toBeLessThan(1_000_000);
});

test('a text is decoded when it is asked for, and a caller may stop', () => {
  const packed = ['first', 'second', 'third'].map(packedLine);
  const lines = unpackedLines(packed, most);
  expect(lines.next().value).toBe('first');
  lines.return();
  expect(lines.next().done).toBe(true);
  expect(unpacked(packed)).toEqual(['first', 'second', 'third']);
});

test('a damaged line does not block, and no other line takes its place', () => {
  const line = packedLine('{"state":{"headline":"ok"},"weeks":[2928,2929]}');
  const changed = (at: number) => Uint8Array.from(line, (byte, index) => (index === at ? byte ^ 255 : byte));
  for (let at = 0; at < line.length; at++)
    for (const damaged of [line.subarray(0, at), changed(at)]) {
      const lines = unpackedOrNone([packedLine('before'), damaged, packedLine('after')]);
      expect([-1, 0]).toContain(lines.indexOf('before'));
      expect([-1, 2]).toContain(lines.indexOf('after'));
    }
});

test('other bytes, too long texts and a line break in a text are errors', () => {
  const cutOrBroken = 'a packed line is cut, or has a line break';
  const cut = packedLine('cut').subarray(0, -1);
  expect(() => unpacked([new Uint8Array([1, 2, 3])])).toThrow('Unknown frame descriptor');
  expect(() => unpacked([cut])).toThrow(cutOrBroken);
  expect(() => unpacked([cut, packedLine('whole')])).toThrow(cutOrBroken);
  expect(() => unpacked([packedLine('two\nlines')])).toThrow(cutOrBroken);
  const long = [packedLine('x'.repeat(1000)), packedLine('y')];
  expect(() => [...unpackedLines(long, 1000)]).toThrow('Cannot create a Buffer larger than 1000 bytes');
});
