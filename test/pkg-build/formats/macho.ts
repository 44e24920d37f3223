import { createHash } from 'node:crypto';

function uint32be(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => {
    bytes.writeUInt32BE(value, index * 4);
  });
  return bytes;
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

/** A program that does nothing, for one processor, signed as Apple's tools sign. `sign` makes the CMS of the code directory. */
export function machO(options: {
  readonly cpuType?: number;
  readonly teamId?: string;
  readonly sign?: (codeDirectory: Uint8Array) => Uint8Array;
  readonly signed?: boolean;
}): Buffer {
  const { cpuType = 0x0100000c, teamId = '', sign, signed = true } = options;
  const pageSize = 4096;
  const code = Buffer.alloc(3 * pageSize - 100, 0xab);
  const header = Buffer.alloc(32);
  header.writeUInt32LE(0xfeedfacf, 0);
  header.writeUInt32LE(cpuType, 4);
  header.writeUInt32LE(2, 12);
  header.writeUInt32LE(signed ? 1 : 0, 16);
  header.writeUInt32LE(signed ? 16 : 0, 20);
  header.copy(code, 0);
  if (!signed) return code;
  const placeCommand = (length: number) => {
    [0x1d, 16, code.length, length].forEach((value, index) => {
      code.writeUInt32LE(value, 32 + index * 4);
    });
  };
  const build = () => {
    const requirements = Buffer.concat([uint32be(0xfade0c01, 12, 0)]);
    const pages = Math.ceil(code.length / pageSize);
    const identifier = Buffer.from('com.example.nothing\0');
    const team = Buffer.from(teamId === '' ? '' : `${teamId}\0`);
    const fixed = 52;
    const hashes = Buffer.concat([
      sha256(requirements),
      Buffer.alloc(32),
      ...Array.from({ length: pages }, (_, page) =>
        sha256(code.subarray(page * pageSize, (page + 1) * pageSize)),
      ),
    ]);
    const hashOffset = fixed + identifier.length + team.length + 64;
    const flags = (sign === undefined ? 0x2 : 0) | 0x10000;
    const length = fixed + identifier.length + team.length + hashes.length;
    const head = Buffer.concat([
      uint32be(0xfade0c02, length, 0x20200, flags, hashOffset, fixed, 2, pages, code.length),
      Buffer.from([32, 2, 0, 12]),
      uint32be(0, 0, team.length === 0 ? 0 : fixed + identifier.length),
    ]);
    const directory = Buffer.concat([head, identifier, team, hashes]);
    const cms = sign === undefined ? Buffer.alloc(0) : Buffer.from(sign(directory));
    const wrapper = Buffer.concat([uint32be(0xfade0b01, 8 + cms.length), cms]);
    const blobs = [
      { slot: 0, bytes: directory },
      { slot: 2, bytes: requirements },
      { slot: 0x10000, bytes: wrapper },
    ];
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
  };
  // The length of the signature stands on the first page, which the signature is of; signatures vary, so room is left.
  placeCommand(64 * 1024);
  const signature = build();
  return Buffer.concat([code, signature, Buffer.alloc(64 * 1024 - signature.length)]);
}
