import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** A buffer of this size is no part of Node's pool of buffers, so it may be freed. */
const chunkSize = Buffer.poolSize;

/** A text without a line break, as zstd. */
export function packedLine(text: string): Uint8Array {
  const bytes = zstdCompressSync(text, { chunkSize });
  const packed = new Uint8Array(bytes);
  free(bytes);
  return packed;
}

const lineBreak = '\n';
const packedBreak = packedLine(lineBreak);

/**
 * The texts of `packedLine`, in one call: each call of Node's zstd makes a decoder, which V8 keeps until a
 * full garbage collection. Frames of zstd may follow one another (RFC 8878, 3.1). Throws an Error for other
 * bytes, and for more than `longest` bytes of text in all.
 */
export function unpackedLines(packed: readonly Uint8Array[], longest: number): string[] {
  if (packed.length === 0) return [];
  const frames = packed.flatMap((line) => [line, packedBreak]);
  const bytes = zstdDecompressSync(Buffer.concat(frames), { chunkSize, maxOutputLength: longest });
  const lines: string[] = [];
  let from = 0;
  for (let end = bytes.indexOf(lineBreak); end !== -1; end = bytes.indexOf(lineBreak, from)) {
    lines.push(bytes.toString('utf8', from, end));
    from = end + 1;
  }
  const isWhole = from === bytes.length && lines.length === packed.length;
  free(bytes);
  // zstd takes the bytes after a cut frame for its rest, without an error.
  if (!isWhole) throw new Error('a packed line is cut, or has a line break');
  return lines;
}

/** Node's zlib keeps the buffer of a result until V8 collects its old space. */
function free({ buffer }: Uint8Array<ArrayBuffer>): void {
  buffer.transfer(0);
}
