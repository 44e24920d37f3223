import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** A buffer of this size is no part of Node's pool of buffers, so it may be freed. */
const chunkSize = Buffer.poolSize;

/** A text as zstd. */
export function packedText(text: string): Uint8Array {
  const bytes = zstdCompressSync(text, { chunkSize });
  const packed = new Uint8Array(bytes);
  free(bytes);
  return packed;
}

/** The text in zstd. Throws an Error for other bytes, and for a text of more than `longest` bytes. */
export function unpackedText(packed: Uint8Array, longest: number): string {
  const bytes = zstdDecompressSync(packed, { chunkSize, maxOutputLength: longest });
  const text = bytes.toString('utf8');
  free(bytes);
  return text;
}

/**
 * Node's zlib keeps the buffer of a result until V8 collects its old space: those of a thousand records would
 * wait there.
 */
function free({ buffer }: Uint8Array<ArrayBuffer>): void {
  buffer.transfer(0);
}
