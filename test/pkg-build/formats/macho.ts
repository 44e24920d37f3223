import { createHash } from 'node:crypto';

function uint32be(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => {
    bytes.writeUInt32BE(value, index * 4);
  });
  return bytes;
}

interface Blob {
  readonly slot: number;
  readonly bytes: Buffer;
}

export interface MachO {
  readonly cpuType?: number;
  /** The byte that the program consists of: two values give two programs. */
  readonly fill?: number;
  readonly teamId?: string;
  readonly signed?: boolean;
  readonly digest?: 'sha256' | 'sha1';
  /** Makes the CMS of the code directory; without it the signature is ad hoc. */
  readonly sign?: (codeDirectory: Uint8Array) => Uint8Array;
  /** Changes the blobs of the signature. */
  readonly rearrange?: (blobs: readonly Blob[]) => readonly Blob[];
}

const pageSize = 4096;
// The space for the signature. Signatures vary in length, but the first page, which is signed, has the
// length.
const room = 64 * 1024;

/** A program that does nothing, for one processor, with a signature like those of Apple's tools. */
export function machO(options: MachO): Buffer {
  const { cpuType = 0x0100000c, fill = 0xab, signed = true, rearrange = (blobs) => blobs } = options;
  const code = Buffer.alloc(3 * pageSize - 100, fill);
  const header = Buffer.alloc(32);
  header.writeUInt32LE(0xfeedfacf, 0);
  header.writeUInt32LE(cpuType, 4);
  header.writeUInt32LE(2, 12);
  header.writeUInt32LE(signed ? 1 : 0, 16);
  header.writeUInt32LE(signed ? 16 : 0, 20);
  header.copy(code, 0);
  if (!signed) return code;
  [0x1d, 16, code.length, room].forEach((value, index) => {
    code.writeUInt32LE(value, 32 + index * 4);
  });
  const requirements = uint32be(0xfade0c01, 12, 0);
  const directory = codeDirectory(code, requirements, options);
  const cms = options.sign === undefined ? Buffer.alloc(0) : Buffer.from(options.sign(directory));
  const signature = superblob(
    rearrange([
      { slot: 0, bytes: directory },
      { slot: 2, bytes: requirements },
      { slot: 0x10000, bytes: Buffer.concat([uint32be(0xfade0b01, 8 + cms.length), cms]) },
    ]),
  );
  return Buffer.concat([code, signature, Buffer.alloc(room - signature.length)]);
}

function codeDirectory(code: Buffer, requirements: Buffer, options: MachO): Buffer {
  const { teamId = '', digest = 'sha256', sign } = options;
  const hash = (bytes: Uint8Array) => createHash(digest).update(bytes).digest();
  const hashSize = digest === 'sha256' ? 32 : 20;
  const pages = Math.ceil(code.length / pageSize);
  const identifier = Buffer.from('com.example.nothing\0');
  const team = Buffer.from(teamId === '' ? '' : `${teamId}\0`);
  const fixed = 52;
  const hashes = Buffer.concat([
    hash(requirements),
    Buffer.alloc(hashSize),
    ...Array.from({ length: pages }, (_, page) =>
      hash(code.subarray(page * pageSize, (page + 1) * pageSize)),
    ),
  ]);
  const hashOffset = fixed + identifier.length + team.length + 2 * hashSize;
  const flags = (sign === undefined ? 0x2 : 0) | 0x10000;
  const length = fixed + identifier.length + team.length + hashes.length;
  const head = Buffer.concat([
    uint32be(0xfade0c02, length, 0x20200, flags, hashOffset, fixed, 2, pages, code.length),
    Buffer.from([hashSize, digest === 'sha256' ? 2 : 1, 0, 12]),
    uint32be(0, 0, team.length === 0 ? 0 : fixed + identifier.length),
  ]);
  return Buffer.concat([head, identifier, team, hashes]);
}

function superblob(blobs: readonly Blob[]): Buffer {
  let at = 12 + blobs.length * 8;
  const index = blobs.map(({ slot, bytes }) => {
    const entry = uint32be(slot, at);
    at += bytes.length;
    return entry;
  });
  return Buffer.concat([
    uint32be(0xfade0cc0, at, blobs.length),
    ...index,
    ...blobs.map(({ bytes }) => bytes),
  ]);
}
