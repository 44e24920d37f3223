import { PackageFormatError } from './tree.ts';

/** Load commands with a part of the link edit data: what dyld binds, and what a program exports. */
const linkData: Readonly<Record<number, string>> = {
  34: 'dyld info',
  2147483682: 'dyld info',
  2147483699: 'exports',
  2147483700: 'fixups',
};
const segment64 = 0x19;
/** A section of zeros, which has no content in the file. */
const zeroFill = 1;

/**
 * The parts of a thin 64-bit Mach-O program that run, or that dyld reads: its sections by address, its fixups
 * and its exports. Symbols and the signature are not among them. Throws PackageFormatError.
 */
export function machoParts(program: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(program.buffer, program.byteOffset, program.byteLength);
  if (program.byteLength < 32 || view.getUint32(0, true) !== 0xfeedfacf)
    throw new PackageFormatError('This is no program for one processor.');
  const parts = new Map<string, Uint8Array>();
  try {
    let at = 32;
    for (let count = view.getUint32(16, true); count > 0; count--) {
      const command = view.getUint32(at, true);
      const name = linkData[command];
      if (command === segment64) addSections(parts, program, view, at);
      else if (name !== undefined) addLinkData(parts, program, view, { at, name });
      at += view.getUint32(at + 4, true);
    }
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new PackageFormatError('The program is truncated.', { cause });
  }
  return parts;
}

function addSections(parts: Map<string, Uint8Array>, program: Uint8Array, view: DataView, at: number): void {
  const text = (from: number) =>
    Buffer.from(program.subarray(from, from + 16))
      .toString('latin1')
      .replace(/\0.*$/s, '');
  for (let index = 0; index < view.getUint32(at + 64, true); index++) {
    const section = at + 72 + index * 80;
    const address = view.getBigUint64(section + 32, true);
    const size = Number(view.getBigUint64(section + 40, true));
    const offset = view.getUint32(section + 48, true);
    const isEmpty = (view.getUint32(section + 64, true) & 0xff) === zeroFill;
    const name = `${text(section + 16)},${text(section)} at ${address.toString(16)}, ${size} bytes`;
    parts.set(name, isEmpty ? new Uint8Array() : program.subarray(offset, offset + size));
  }
}

/** `dyld info` has five ranges, of which the other commands have one. */
function addLinkData(
  parts: Map<string, Uint8Array>,
  program: Uint8Array,
  view: DataView,
  { at, name }: { at: number; name: string },
): void {
  const ranges = name === 'dyld info' ? 5 : 1;
  for (let index = 0; index < ranges; index++) {
    const offset = view.getUint32(at + 8 + index * 8, true);
    const size = view.getUint32(at + 12 + index * 8, true);
    parts.set(`${name} ${index}`, program.subarray(offset, offset + size));
  }
}
