import { PackageFormatError } from './tree.ts';

const headerBytes = 76;

/** The regular files of a cpio archive in the odc format. Throws PackageFormatError. */
export function* filesOfCpio(archive: Uint8Array): Generator<{ path: string; content: Uint8Array }> {
  const whole = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  let at = 0;
  while (at < whole.byteLength) {
    const field = (from: number, digits: number) => {
      const value = Number.parseInt(whole.toString('latin1', at + from, at + from + digits), 8);
      if (Number.isNaN(value)) throw new PackageFormatError('The payload is no cpio archive, or is damaged.');
      return value;
    };
    if (whole.toString('latin1', at, at + 6) !== '070707')
      throw new PackageFormatError('The payload is no cpio archive of the kind odc, or is damaged.');
    const [mode, nameBytes, size] = [field(18, 6), field(59, 6), field(65, 11)];
    const name = at + headerBytes;
    const content = name + nameBytes;
    const path = whole.toString('utf8', name, content - 1);
    if (path === 'TRAILER!!!') return;
    at = content + size;
    if (at > whole.byteLength) throw new PackageFormatError('The payload is cut off.');
    if ((mode & 0o170000) === 0o100000) yield { path, content: whole.subarray(content, at) };
  }
}
