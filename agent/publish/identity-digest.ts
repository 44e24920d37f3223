/** What a digest stands for. The same text gives another digest as a device than as a user. */
export type IdentityPart = 'user' | 'device';

/**
 * The digest of the setting StoredIdentity `hashed`: HMAC-SHA-256 with this key, cut to 32 hexadecimal
 * digits. The agent stores it, and `fleet --password-changes` compares it. Empty for an empty text.
 */
export async function identityDigester(key: string): Promise<(part: IdentityPart, value: string) => string> {
  // Cryptography is loaded only when a digest is needed.
  const { createHmac } = await import('node:crypto');
  return (part, value) =>
    value === '' ? '' : createHmac('sha256', key).update(`${part}:${value}`).digest('hex').slice(0, 32);
}
