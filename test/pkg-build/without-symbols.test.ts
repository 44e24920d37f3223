import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { BuildError } from '../../pkg-build/build-error.ts';
import { machoParts } from '../../pkg-build/formats/macho-parts.ts';
import { PackageFormatError } from '../../pkg-build/formats/tree.ts';
import type { RunTool } from '../../pkg-build/signing.ts';
import { withoutSymbols } from '../../pkg-build/without-symbols.ts';

const exportsOffset = 0x200;
const symbolsOffset = 0x300;

/** A program with a section of code, one of zeros, fixups and exports, and symbols at the end. */
function program(): Buffer {
  const bytes = Buffer.alloc(0x400);
  const words = (at: number, ...values: number[]) => {
    for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, at + index * 4);
  };
  words(0, 0xfeedfacf, 0x0100000c, 0, 2, 3, 72 + 2 * 80 + 16 + 16);
  words(32, 0x19, 72 + 2 * 80);
  words(32 + 64, 2);
  const section = (index: number, name: string, offset: number, flags: number) => {
    const at = 32 + 72 + index * 80;
    bytes.write(name, at, 'latin1');
    bytes.write('__TEXT', at + 16, 'latin1');
    bytes.writeBigUInt64LE(BigInt(0x1000 * (index + 1)), at + 32);
    bytes.writeBigUInt64LE(16n, at + 40);
    words(at + 48, offset);
    words(at + 64, flags);
  };
  section(0, '__text', 0x180, 0);
  section(1, '__bss', 0, 1);
  words(32 + 72 + 160, 0x80000034, 16, 0x1c0, 8);
  words(32 + 72 + 160 + 16, 0x80000033, 16, exportsOffset, 8);
  bytes.fill('code', 0x180, 0x190);
  bytes.fill('fix', 0x1c0, 0x1c8);
  bytes.fill('export', exportsOffset, exportsOffset + 8);
  bytes.fill('symbols', symbolsOffset);
  return bytes;
}

/** Apple's strip, which leaves this of the file. */
const strip =
  (change: (file: Buffer) => Buffer): RunTool =>
  ({ command, args }) => {
    expect([command, ...args.slice(0, -1)]).toEqual(['/usr/bin/strip', '-S', '-x']);
    const file = args.at(-1) ?? '';
    writeFileSync(file, change(readFileSync(file)));
    return { status: 0, stdout: '' };
  };

describe('a program without symbols', () => {
  test('keeps what runs and what dyld reads', () => {
    const stripped = withoutSymbols(
      program(),
      strip((file) => file.subarray(0, symbolsOffset)),
    );
    expect(stripped.byteLength).toBe(symbolsOffset);
    expect([...machoParts(stripped).keys()]).toEqual([
      '__TEXT,__text at 1000, 16 bytes',
      '__TEXT,__bss at 2000, 16 bytes',
      'fixups 0',
      'exports 0',
    ]);
  });

  test.each<[string, (file: Buffer) => Buffer, string]>([
    ['code', (file) => file.fill(0, 0x180, 0x181), '__TEXT,__text at 1000, 16 bytes'],
    ['a fixup', (file) => file.fill(0, 0x1c0, 0x1c1), 'fixups 0'],
    ['an export', (file) => file.fill(0, exportsOffset, exportsOffset + 1), 'exports 0'],
    ['the place of code', (file) => file.fill(3, 32 + 72 + 33, 32 + 72 + 34), '__TEXT,__text at 1000'],
    ['the exports as a whole', (file) => file.fill(0, 16, 20).fill(2, 16, 17), 'exports 0'],
  ])('is refused when strip changed %s', (_what, change, named) => {
    const made = () => withoutSymbols(program(), strip(change));
    expect(made).toThrow(BuildError);
    expect(made).toThrow(`strip changed what runs (${named}`);
  });

  test('is refused when strip fails, or leaves no program', () => {
    expect(() => withoutSymbols(program(), () => ({ status: 1, stdout: '' }))).toThrow(
      /strip -S ended with status 1/,
    );
    expect(() =>
      withoutSymbols(
        program(),
        strip(() => Buffer.from('cafe')),
      ),
    ).toThrow(PackageFormatError);
    expect(() =>
      withoutSymbols(
        program(),
        strip((file) => file.subarray(0, 60)),
      ),
    ).toThrow(PackageFormatError);
  });
});
