import { gunzipSync } from 'node:zlib';
import { filesOfCpio } from './formats/read-cpio.ts';
import { isPbzx, readPbzx } from './formats/read-pbzx.ts';
import { PackageFormatError } from './formats/tree.ts';
import { readXar } from './formats/xar.ts';

/**
 * The regular files that a package installs, of a payload as gzip or as pbzx. Throws PackageFormatError, and
 * BuildError without the program xz.
 */
export function payloadFiles(bytes: Uint8Array): Generator<{ path: string; content: Uint8Array }> {
  const payload = readXar(bytes).find(({ path }) => path === 'agent.pkg/Payload');
  if (payload === undefined) throw new PackageFormatError('The package has no agent.pkg/Payload.');
  return filesOfCpio(archiveOf(payload.content));
}

function archiveOf(payload: Uint8Array): Uint8Array {
  if (isPbzx(payload)) return readPbzx(payload);
  if (payload[0] === 0x1f && payload[1] === 0x8b) return gunzipSync(payload);
  throw new PackageFormatError('The payload is neither gzip nor pbzx.');
}
