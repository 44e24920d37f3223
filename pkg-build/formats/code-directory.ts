import { createHash } from 'node:crypto';
import { PackageFormatError } from './tree.ts';

/** One blob of a code signature: its slot in the superblob, and its bytes with their header. */
export interface Blob {
  readonly slot: number;
  readonly bytes: Uint8Array;
}

/** The slots of a code signature (Apple's cs_blobs.h). */
export const slots = { codeDirectory: 0, cms: 0x10000 } as const;

/** The code directory has hashes of slots 1 to 11: requirements (2), entitlements (5, 7) and others. */
const lastSpecialSlot = 11;

const superblobMagic = 0xfade0cc0;
const codeDirectoryMagic = 0xfade0c02;
const codeSignatureCommand = 0x1d;
const machO64 = 0xfeedfacf;
const sha256 = 2;

/** The blobs of a thin Mach-O's signature; null when it has none. Throws PackageFormatError. */
export function signatureBlobs(program: Uint8Array): Blob[] | null {
  const file = new DataView(program.buffer, program.byteOffset, program.byteLength);
  const within = (offset: number, length: number) => {
    if (offset < 0 || length < 0 || offset + length > program.byteLength)
      throw new PackageFormatError('The program is cut off.');
    return offset;
  };
  if (program.byteLength < 32 || file.getUint32(0, true) !== machO64)
    throw new PackageFormatError('This is no program for one 64-bit Mac processor.');
  let command = 32;
  for (let left = file.getUint32(16, true); left > 0; left--) {
    within(command, 16);
    const size = file.getUint32(command + 4, true);
    if (file.getUint32(command, true) === codeSignatureCommand) {
      const at = file.getUint32(command + 8, true);
      const length = file.getUint32(command + 12, true);
      within(at, length);
      return blobsAt(program.subarray(at, at + length));
    }
    if (size < 8) throw new PackageFormatError('The program has a broken load command.');
    command += size;
  }
  return null;
}

function blobsAt(signature: Uint8Array): Blob[] {
  if (signature.byteLength < 12) throw new PackageFormatError('The code signature is cut off.');
  const view = new DataView(signature.buffer, signature.byteOffset, signature.byteLength);
  const count = view.getUint32(8);
  if (view.getUint32(0) !== superblobMagic || 12 + count * 8 > signature.byteLength)
    throw new PackageFormatError('The code signature is broken.');
  const blobs = Array.from({ length: count }, (_, index) => {
    const slot = view.getUint32(12 + index * 8);
    const at = view.getUint32(16 + index * 8);
    const length = at + 8 <= signature.byteLength ? view.getUint32(at + 4) : -1;
    if (length < 8 || at + length > signature.byteLength)
      throw new PackageFormatError('The code signature is cut off.');
    return { slot, bytes: signature.subarray(at, at + length) };
  });
  // Of two blobs in one slot, macOS might use the other one than this check.
  if (new Set(blobs.map(({ slot }) => slot)).size < blobs.length)
    throw new PackageFormatError('The signature has a part twice.');
  return blobs;
}

export interface CodeDirectory {
  readonly identifier: string;
  /** Empty for an ad-hoc signature. */
  readonly teamId: string;
  readonly adHoc: boolean;
  readonly hardenedRuntime: boolean;
  readonly pages: number;
  /** The bytes in the signature; its CMS signs them. */
  readonly bytes: Uint8Array;
  /** SHA-256 of the directory, hexadecimal; codesign shows the first 40 digits. */
  readonly digest: string;
}

/**
 * Reads the code directory, and compares its hashes with each page of the program and with the other blobs of
 * the signature. Throws PackageFormatError, which names the difference.
 *
 * Only the first directory counts, since the CMS signs that one. Programs for macOS before 10.11.4 have a
 * SHA-1 directory there; they are refused.
 */
export function verifiedCodeDirectory(program: Uint8Array, blobs: readonly Blob[]): CodeDirectory {
  const directory = blobs.find(({ slot }) => slot === slots.codeDirectory)?.bytes;
  if (directory === undefined || !isSha256Directory(directory))
    throw new PackageFormatError('The signature has no SHA-256 code directory.');
  const view = new DataView(directory.buffer, directory.byteOffset, directory.byteLength);
  const at = (field: number) => view.getUint32(field);
  const [version, flags, hashOffset, identifierOffset] = [at(8), at(12), at(16), at(20)];
  const [specialSlots, codeSlots, codeLimit] = [at(24), at(28), at(32)];
  const hashSize = view.getUint8(36);
  const pageSize = 2 ** view.getUint8(39);
  if (hashSize !== 32 || hashOffset + codeSlots * 32 > directory.byteLength || specialSlots * 32 > hashOffset)
    throw new PackageFormatError('The code directory is broken.');
  if (codeLimit > program.byteLength || Math.ceil(codeLimit / pageSize) !== codeSlots)
    throw new PackageFormatError('The code directory is for another length of program.');

  const hashAt = (slot: number) =>
    Buffer.from(directory.subarray(hashOffset + slot * 32, hashOffset + (slot + 1) * 32));
  for (let page = 0; page < codeSlots; page++) {
    const bytes = program.subarray(page * pageSize, Math.min((page + 1) * pageSize, codeLimit));
    if (!digestOf(bytes).equals(hashAt(page)))
      throw new PackageFormatError(`Page ${page} of ${codeSlots} is not what was signed.`);
  }
  // A blob without a hash in the directory was added after signing.
  for (let slot = 1; slot <= Math.max(specialSlots, lastSpecialSlot); slot++) {
    const wanted = slot <= specialSlots ? hashAt(-slot) : Buffer.alloc(32);
    const blob = blobs.find((one) => one.slot === slot);
    const there = blob === undefined ? Buffer.alloc(32) : digestOf(blob.bytes);
    // Info.plist (1) and resources (3) are files of a bundle; this program has none.
    if (!there.equals(wanted) && !(blob === undefined && (slot === 1 || slot === 3)))
      throw new PackageFormatError(`Slot ${slot} of the signature is not what was signed.`);
  }
  return {
    identifier: textAt(directory, identifierOffset),
    teamId: version >= 0x20200 && at(48) !== 0 ? textAt(directory, at(48)) : '',
    adHoc: (flags & 0x2) !== 0,
    hardenedRuntime: (flags & 0x10000) !== 0,
    pages: codeSlots,
    bytes: directory,
    digest: digestOf(directory).toString('hex'),
  };
}

function isSha256Directory(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return bytes.byteLength > 52 && view.getUint32(0) === codeDirectoryMagic && view.getUint8(37) === sha256;
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function textAt(bytes: Uint8Array, offset: number): string {
  const end = bytes.indexOf(0, offset);
  return Buffer.from(bytes.subarray(offset, end === -1 ? offset : end)).toString('latin1');
}
