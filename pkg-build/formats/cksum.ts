const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc >>> 0;
});

/** POSIX cksum: the CRC of the bytes, then of their number. A bill of materials holds it. */
export function cksum(bytes: Uint8Array): number {
  let crc = 0;
  // An index is ten times faster than an iterator, and Node has 300 MB.
  for (let at = 0; at < bytes.length; at++) {
    crc = (crc << 8) ^ (table[((crc >>> 24) ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  }
  for (let length = bytes.length; length > 0; length = Math.floor(length / 256)) {
    crc = (crc << 8) ^ (table[((crc >>> 24) ^ (length & 0xff)) & 0xff] ?? 0);
  }
  return ~crc >>> 0;
}
