import { Gzip } from 'fflate';

const piece = 1 << 20;

/**
 * Gzip that is the same on every machine: fflate is JavaScript throughout, where zlib may differ between processors. No
 * time and no system in the header.
 */
export function gzip(chunks: Iterable<Uint8Array>): Uint8Array {
  const packed: Uint8Array[] = [];
  const stream = new Gzip({ level: 6, mtime: 0 }, (chunk) => packed.push(chunk));
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.byteLength; at += piece) stream.push(chunk.subarray(at, at + piece));
  }
  stream.push(new Uint8Array(), true);
  const whole = Buffer.concat(packed);
  // RFC 1952: 255 is "unknown".
  whole[9] = 255;
  return whole;
}
