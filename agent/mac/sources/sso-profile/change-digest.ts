const offsetBasis = 0xcbf29ce484222325n;
const prime = 0x100000001b3n;

/**
 * FNV-1a, 64 bits, as 16 hexadecimal digits: tells whether a text changed, and nothing of what it says. No
 * cryptography, and none is wanted: Node's would stay in memory for it (docs/decisions/0009).
 */
export function changeDigest(text: string): string {
  let digest = offsetBasis;
  for (const byte of Buffer.from(text)) digest = BigInt.asUintN(64, (digest ^ BigInt(byte)) * prime);
  return digest.toString(16).padStart(16, '0');
}
