import { PackageFormatError } from './tree.ts';

export type Cpu = 'x86_64' | 'arm64';

/** CPU type, subtype, and alignment of a slice as a power of two: the values of lipo. */
const cpus: Readonly<Record<Cpu, { type: number; subtype: number; align: number }>> = {
  x86_64: { type: 0x01000007, subtype: 3, align: 12 },
  arm64: { type: 0x0100000c, subtype: 0, align: 14 },
};

const fatMagic = 0xcafebabe;

/** Joins the programs for two processors into one file. Each slice stays unchanged, with its signature. */
export function universalBinary(
  programs: readonly { readonly cpu: Cpu; readonly content: Uint8Array }[],
): Uint8Array {
  for (const { cpu, content } of programs)
    if (cpuTypeOf(content) !== cpus[cpu].type)
      throw new PackageFormatError(`There is no program for ${cpu}.`);
  if (new Set(programs.map(({ cpu }) => cpu)).size < programs.length)
    throw new PackageFormatError('A processor has its program twice.');
  let end = 8 + programs.length * 20;
  const placed = programs.map(({ cpu, content }) => {
    const { align } = cpus[cpu];
    const offset = Math.ceil(end / 2 ** align) * 2 ** align;
    end = offset + content.byteLength;
    return { cpu, content, offset };
  });
  if (end > 0xffffffff) throw new PackageFormatError('The programs are too large for one file.');
  const whole = Buffer.alloc(end);
  whole.writeUInt32BE(fatMagic, 0);
  whole.writeUInt32BE(programs.length, 4);
  for (const [index, { cpu, content, offset }] of placed.entries()) {
    const { type, subtype, align } = cpus[cpu];
    [type, subtype, offset, content.byteLength, align].forEach((value, field) => {
      whole.writeUInt32BE(value, 8 + index * 20 + field * 4);
    });
    whole.set(content, offset);
  }
  return whole;
}

/** The programs of a universal file; a thin file has one. Throws PackageFormatError. */
export function slices(bytes: Uint8Array): { readonly cpuType: number; readonly content: Uint8Array }[] {
  const cpuType = cpuTypeOf(bytes);
  if (cpuType !== null) return [{ cpuType, content: bytes }];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 8 || view.getUint32(0) !== fatMagic)
    throw new PackageFormatError('This is no Mach-O file.');
  const count = view.getUint32(4);
  if (count > 8 || 8 + count * 20 > bytes.byteLength)
    throw new PackageFormatError('A broken universal file.');
  return Array.from({ length: count }, (_, index) => {
    const at = 8 + index * 20;
    const offset = view.getUint32(at + 8);
    const size = view.getUint32(at + 12);
    if (offset + size > bytes.byteLength) throw new PackageFormatError('A universal file that is cut off.');
    return { cpuType: view.getUint32(at), content: bytes.subarray(offset, offset + size) };
  });
}

/** Null: not a thin 64-bit Mach-O. */
function cpuTypeOf(bytes: Uint8Array): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return bytes.byteLength >= 8 && view.getUint32(0, true) === 0xfeedfacf ? view.getUint32(4, true) : null;
}
