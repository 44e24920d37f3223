import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slices, universalBinary } from '../../../pkg-build/formats/fat.ts';
import { verifyCodeSignature } from '../../../pkg-build/formats/macho-signature.ts';
import { PackageFormatError } from '../../../pkg-build/formats/tree.ts';
import { machO } from './macho.ts';

const intel = machO({ cpuType: 0x01000007 });
const programs = [
  { cpu: 'x86_64', content: intel },
  { cpu: 'arm64', content: machO({}) },
] as const;

/** What file(1) says. It ends before it has read a large standard input, so it gets a file. */
function fileSays(content: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-fat-'));
  try {
    writeFileSync(join(folder, 'program'), content);
    return execFileSync('file', ['-b', join(folder, 'program')], { encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('a universal file', () => {
  it('contains each program and its signature unchanged, at the alignment of its processor', async () => {
    const whole = universalBinary(programs);
    const read = slices(whole);
    expect(read.map(({ cpuType }) => cpuType)).toEqual([0x01000007, 0x0100000c]);
    for (const [index, { content }] of read.entries()) {
      expect(Buffer.from(content).equals(programs[index]?.content ?? Buffer.alloc(0))).toBe(true);
      expect(await verifyCodeSignature(content)).toMatchObject({ kind: 'adHoc' });
    }
    const view = Buffer.from(whole);
    expect(view.readUInt32BE(16) % 2 ** 12).toBe(0);
    expect(view.readUInt32BE(36) % 2 ** 14).toBe(0);
    expect(fileSays(whole)).toMatch(/universal binary with 2/);
  });

  it('is refused with a program for a wrong processor, or with two for one processor', () => {
    expect(() => universalBinary([{ cpu: 'arm64', content: intel }])).toThrow('no program for arm64');
    expect(() => universalBinary([{ cpu: 'arm64', content: Buffer.from('x') }])).toThrow(PackageFormatError);
    const twice = { cpu: 'x86_64', content: intel } as const;
    expect(() => universalBinary([twice, twice])).toThrow('twice');
  });

  it('is refused when it is no universal file, or is truncated', () => {
    expect(() => slices(Buffer.from('no program'))).toThrow(PackageFormatError);
    expect(() => slices(Buffer.from(universalBinary(programs)).subarray(0, -1))).toThrow('cut off');
  });

  it('with any damage in its header is read within its end, or refused', () => {
    const whole = Buffer.from(universalBinary(programs));
    fc.assert(
      fc.property(fc.nat(48), fc.nat(255), (at, byte) => {
        const damaged = Buffer.from(whole);
        damaged[at] = byte;
        try {
          for (const { content } of slices(damaged)) expect(content.length).toBeLessThanOrEqual(whole.length);
        } catch (error) {
          expect(error).toBeInstanceOf(PackageFormatError);
        }
      }),
    );
  });
});
