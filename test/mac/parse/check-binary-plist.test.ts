import { buildBinary } from 'plist';
import { describe, expect, it } from 'vitest';
import { checkBinaryPlist } from '../../../agent/mac/parse/check-binary-plist.ts';
import { parsePlist } from '../../../agent/mac/parse/plist.ts';

/** Expects that the list has this size and no smaller one. */
function expectSize(bytes: Uint8Array, size: number): void {
  expect(() => checkBinaryPlist(bytes, size)).not.toThrow();
  expect(() => checkBinaryPlist(bytes, size - 1)).toThrow('too large');
}

/** A binary property list of these objects, with references of two bytes; the first object is the top. */
function listOf(...objects: readonly (readonly number[])[]): Uint8Array {
  const header = [...Buffer.from('bplist00')];
  const offsets: number[] = [];
  let end = header.length;
  for (const { length } of objects) {
    offsets.push(end);
    end += length;
  }
  const table = offsets.flatMap((offset) => uint(offset, 4));
  const trailer = [0, 0, 0, 0, 0, 0, 4, 2, ...uint(objects.length, 8), ...uint(0, 8), ...uint(end, 8)];
  return Uint8Array.from([...header, ...objects.flat(), ...table, ...trailer]);
}

function uint(value: number, size: number): number[] {
  return Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** (size - 1 - i)) % 256);
}

const array = (references: readonly number[]) => [
  0xaf,
  0x12,
  ...uint(references.length, 4),
  ...references.flatMap((reference) => uint(reference, 2)),
];
const ascii = (length: number) => [0x5f, 0x12, ...uint(length, 4), ...Array<number>(length).fill(0x61)];

describe('the size of a binary property list', () => {
  // The count of members is in the marker of an array, or in one, two or four bytes after it.
  it.each([0, 1, 14, 15, 255, 256, 300, 20_000, 65_535, 65_536, 70_000])('of %d switches', (count) => {
    expectSize(buildBinary(Array<boolean>(count).fill(true)), count + 1);
  });

  it.each([1, 14, 15, 300])('of %d keys with their values', (count) => {
    const pairs = Array.from({ length: count }, (_, index): [string, number] => [`key${100 + index}`, index]);
    expectSize(buildBinary(Object.fromEntries(pairs)), 1 + count * 8);
  });

  it.each(['plain', 'nicht einfach: ä', 'x'.repeat(70_000)])('of a text', (text) => {
    const isAscii = !text.includes('ä');
    expectSize(buildBinary(text), 1 + (isAscii ? text.length : text.length * 2));
  });

  it('of data', () => {
    expectSize(buildBinary(new Uint8Array(300)), 301);
  });

  it('counts a shared text for each reference', () => {
    expectSize(listOf(array([1, 1, 1]), ascii(1_000)), 1 + 3 * 1_001);
  });
});

describe('a binary property list is refused, with the reason', () => {
  it('because small shared texts make a large value', async () => {
    const list = listOf(array(Array<number>(2_000).fill(1)), ascii(100_000));
    await expect(parsePlist(list)).rejects.toThrow('the property list is too large');
  });

  it('because it contains itself', () => {
    expect(() => checkBinaryPlist(listOf(array([0])), 1_000)).toThrow('contains itself');
  });

  it('because it is nested too deep', () => {
    const nested = Array.from({ length: 100 }, (_, index) => array([index + 1]));
    expect(() => checkBinaryPlist(listOf(...nested, ascii(1)), 1_000)).toThrow('too deep');
  });

  it('because a reference or an offset leads nowhere', () => {
    expect(() => checkBinaryPlist(listOf(array([7])), 1_000)).toThrow('not there');
    expect(() => checkBinaryPlist(Uint8Array.from(Buffer.from('bplist00')), 1_000)).toThrow('broken');
  });

  // The builder of the plist package gives 65,537 objects or more references of two bytes: the last wrap.
  it('because it has more objects than its references can name', () => {
    const list = buildBinary(Array.from({ length: 65_536 }, (_, index) => index));
    expect(() => checkBinaryPlist(list, 1_000_000)).toThrow('contains itself');
  });
});
