import { spawnSync } from 'node:child_process';
import { BuildError } from '../build-error.ts';

/** The first bytes of a stream. */
export const magic = Buffer.from('pbzx', 'latin1');

const wholeBlock = 16 * 1024 * 1024;

/**
 * A pbzx stream, the form of the payload in Apple's own packages (compression_tool(1)): the magic, the size
 * of a block, then each block with its size and the size of its xz stream. Numbers are big-endian, of 64
 * bits. A block that xz can't make smaller is stored, with two equal sizes. Throws BuildError.
 *
 * Readers know the last block by its size: bit 24 is set in a whole one of 16 MiB only.
 */
export function pbzx(chunks: Iterable<Uint8Array>): Uint8Array {
  const packed: Uint8Array[] = [magic, number(wholeBlock)];
  for (const block of blocksOf(chunks)) {
    const stream = xz(block);
    const content = stream.byteLength < block.byteLength ? stream : block;
    packed.push(number(block.byteLength), number(content.byteLength), content);
  }
  return Buffer.concat(packed);
}

function number(value: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

function* blocksOf(chunks: Iterable<Uint8Array>): Generator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.byteLength; ) {
      const piece = chunk.subarray(at, at + wholeBlock - length);
      waiting.push(piece);
      length += piece.byteLength;
      at += piece.byteLength;
      if (length < wholeBlock) continue;
      yield Buffer.concat(waiting);
      [waiting, length] = [[], 0];
    }
  }
  if (length > 0) yield Buffer.concat(waiting);
}

/**
 * CRC32 is the check that every decoder has. One thread, since more would split the block. The bytes depend
 * on the version of xz.
 */
const settings = ['--format=xz', '--check=crc32', '--lzma2=preset=6', '--threads=1', '--stdout', '--quiet'];

/** One xz stream, by the program xz. Throws BuildError. */
function xz(block: Uint8Array): Uint8Array {
  // Its variables would change the settings.
  const { XZ_DEFAULTS, XZ_OPT, ...env } = process.env;
  const ran = spawnSync('xz', settings, { input: block, maxBuffer: 2 * wholeBlock, env });
  if (ran.error !== undefined && 'code' in ran.error && ran.error.code === 'ENOENT')
    throw new BuildError(
      'A pbzx payload needs the program xz: install xz-utils (Debian) or xz (Homebrew), or build without --payload.',
    );
  if (ran.error !== undefined || ran.status !== 0)
    throw new BuildError(`xz could not compress the payload: ${ran.error?.message ?? String(ran.stderr)}`, {
      cause: ran.error,
    });
  return ran.stdout;
}
