import { createHash } from 'node:crypto';

/** Opaque values that are the same in every run. */

type Part = string | number;

/** base64 SHA-256, as macOS prints secrets. */
export function digest(...of: readonly Part[]): string {
  return createHash('sha256').update(of.join(' ')).digest('base64');
}

/** Forty upper-case hexadecimal digits, as macOS prints the hash of a key. */
export function hexDigest(...of: readonly Part[]): string {
  return createHash('sha256').update(of.join(' ')).digest('hex').slice(0, 40).toUpperCase();
}

/** A GUID, upper case as macOS prints its own. */
export function uuid(...of: readonly Part[]): string {
  return hexDigest(...of).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
}
