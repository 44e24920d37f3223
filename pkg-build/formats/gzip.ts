import { Gzip } from 'fflate';

const piece = 1 << 20;

/**
 * Gzip with equal output on every machine: fflate is JavaScript only, while zlib may differ between
 * processors. The header has no time and no system. Level 0 stores without compression.
 */
export function gzip(
  chunks: Iterable<Uint8Array>,
  { level = 6 }: { readonly level?: 0 | 6 } = {},
): Uint8Array {
  const packed: Uint8Array[] = [];
  const stream = new Gzip({ level, mtime: 0 }, (chunk) => packed.push(chunk));
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.byteLength; at += piece) stream.push(chunk.subarray(at, at + piece));
  }
  stream.push(new Uint8Array(), true);
  const whole = Buffer.concat(packed);
  // RFC 1952: 255 is "unknown".
  whole[9] = 255;
  return whole;
}
