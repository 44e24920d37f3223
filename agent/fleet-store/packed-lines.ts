import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** A buffer of this size or more is no part of Node's pool of buffers, so it may be freed. */
const leastBytes = Buffer.poolSize;
/**
 * A text usually has fewer bytes, and so the texts of one call fit in one buffer. Otherwise zlib joins
 * several in the end, and those that the garbage collector finds in use stay until a full collection.
 */
const usualBytes = 16 * 1024;

/** A text without a line break, as zstd. */
export function packedLine(text: string): Uint8Array {
  const bytes = zstdCompressSync(text, { chunkSize: leastBytes });
  const packed = new Uint8Array(bytes);
  free(bytes);
  return packed;
}

const lineBreak = '\n';
const packedBreak = packedLine(lineBreak);

/**
 * The texts of `packedLine`, in one call: each call of Node's zstd makes a decoder, which V8 keeps until a
 * full garbage collection. Frames of zstd may follow one another (RFC 8878, 3.1). A text is decoded when it
 * is asked for: few are in memory. Throws an Error for other bytes, and for more than `longest` bytes of text
 * in all.
 */
export function unpackedLines(packed: readonly Uint8Array[], longest: number): Generator<string, void> {
  if (packed.length === 0) return lines(Buffer.alloc(0), []);
  const frames = joined(packed.flatMap((line) => [line, packedBreak]));
  const bytes = zstdDecompressSync(frames, {
    chunkSize: Math.max(leastBytes, packed.length * usualBytes),
    maxOutputLength: longest,
  });
  free(frames);
  const ends: number[] = [];
  for (let end = bytes.indexOf(lineBreak); end !== -1; end = bytes.indexOf(lineBreak, end + 1))
    ends.push(end);
  // zstd takes the bytes after a cut frame for its rest, without an error.
  if (ends.length !== packed.length || ends.at(-1) !== bytes.length - 1) {
    free(bytes);
    throw new Error('a packed line is cut, or has a line break');
  }
  return lines(bytes, ends);
}

function* lines(bytes: Buffer<ArrayBuffer>, ends: readonly number[]): Generator<string, void> {
  try {
    let from = 0;
    for (const end of ends) {
      yield bytes.toString('utf8', from, end);
      from = end + 1;
    }
  } finally {
    free(bytes);
  }
}

/** Not by `Buffer.concat`: a short result is a part of Node's pool, which must not be freed. */
function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Node's zlib keeps the buffer of a result until V8 collects its old space. */
function free({ buffer }: Uint8Array<ArrayBuffer>): void {
  buffer.transfer(0);
}
