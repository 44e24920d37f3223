import { closeSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { maxDatabaseBytes } from './copy-untrusted-files.ts';
import { UntrustedDatabaseError } from './untrusted-database-error.ts';

/** Whether these are the first bytes of a gzip file. */
export function isPacked(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Null: the content is larger than `most` bytes. Throws UntrustedDatabaseError. */
export function unpacked(bytes: Uint8Array, most: number): Buffer | null {
  try {
    return gunzipSync(bytes, { maxOutputLength: most });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ERR_BUFFER_TOO_LARGE') return null;
    throw new UntrustedDatabaseError('damaged', 'the compressed file is not complete', error);
  }
}

/** The content of a private copy that is packed by gzip; null: it is not. Throws UntrustedDatabaseError. */
export function contentOfPacked(copy: string): Buffer | null {
  if (!isPacked(firstBytes(copy))) return null;
  const content = unpacked(readFileSync(copy), maxDatabaseBytes);
  if (content === null) throw new UntrustedDatabaseError('tooLarge', 'its content has more than 256 MB');
  return content;
}

/** Replaces a private copy that is packed by gzip with its content. Throws UntrustedDatabaseError. */
export function unpackCopy(copy: string): void {
  const content = contentOfPacked(copy);
  if (content !== null) writeFileSync(copy, content);
}

function firstBytes(path: string): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(2);
    readSync(file, bytes, 0, 2, 0);
    return bytes;
  } finally {
    closeSync(file);
  }
}
