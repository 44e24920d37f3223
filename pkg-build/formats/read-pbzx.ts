import { spawnSync } from 'node:child_process';
import { BuildError } from '../build-error.ts';
import { magic } from './pbzx.ts';
import { PackageFormatError } from './tree.ts';

const numberBytes = 8;
const headBytes = 2 * numberBytes;

export function isPbzx(stream: Uint8Array): boolean {
  return Buffer.from(stream.buffer, stream.byteOffset, stream.byteLength).indexOf(magic) === 0;
}

/** What a pbzx stream contains, read to its end. Throws PackageFormatError, and BuildError without xz. */
export function readPbzx(stream: Uint8Array): Buffer {
  const whole = Buffer.from(stream.buffer, stream.byteOffset, stream.byteLength);
  const blocks: Uint8Array[] = [];
  for (let at = magic.byteLength + numberBytes; at < whole.byteLength; ) {
    if (at + headBytes > whole.byteLength) throw new PackageFormatError('The payload is cut off.');
    const size = Number(whole.readBigUInt64BE(at));
    const end = at + headBytes + Number(whole.readBigUInt64BE(at + numberBytes));
    if (end > whole.byteLength) throw new PackageFormatError('The payload is cut off.');
    const packed = whole.subarray(at + headBytes, end);
    const block = packed.byteLength === size ? packed : unpacked(packed, size);
    if (block.byteLength !== size) throw new PackageFormatError('A block of the payload is damaged.');
    blocks.push(block);
    at = end;
  }
  return Buffer.concat(blocks);
}

/** By the program xz, as `pbzx` packs it. */
function unpacked(stream: Uint8Array, size: number): Uint8Array {
  const { XZ_DEFAULTS, XZ_OPT, ...env } = process.env;
  const ran = spawnSync('xz', ['--decompress', '--format=xz', '--stdout', '--quiet'], {
    input: stream,
    maxBuffer: size + 1,
    env,
  });
  if (ran.error !== undefined && 'code' in ran.error && ran.error.code === 'ENOENT')
    throw new BuildError('A pbzx payload needs the program xz: install xz-utils (Debian) or xz (Homebrew).');
  if (ran.error !== undefined || ran.status !== 0)
    throw new PackageFormatError('A block of the payload is damaged.', { cause: ran.error });
  return ran.stdout;
}
