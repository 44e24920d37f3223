import { contentOf, type Entry, PackageFormatError } from './tree.ts';

const typeBits = { folder: 0o040000, file: 0o100000, link: 0o120000 } as const;

/**
 * A cpio archive in the odc format ("070707"), in chunks. The Installer accepts this format only, not the
 * newer "newc". `entries` in the order of `sortedTree`.
 */
export function* cpioOdc(entries: readonly Entry[]): Generator<Uint8Array> {
  for (const [index, entry] of entries.entries()) {
    const children = entries.filter((other) => other.kind === 'folder' && isChild(other.path, entry.path));
    const links = entry.kind === 'folder' ? 2 + children.length : 1;
    yield header(entry, index + 1, links);
    yield contentOf(entry);
  }
  yield header(
    { kind: 'file', path: 'TRAILER!!!', mode: 0, uid: 0, gid: 0, mtime: 0, content: new Uint8Array() },
    0,
    1,
    0,
  );
}

function header(entry: Entry, inode: number, links: number, type: number = typeBits[entry.kind]): Buffer {
  const name = Buffer.from(`${entry.path}\0`);
  const octal = (value: number, digits: number) => octalOf(value, digits, entry.path);
  const fields = [
    '070707',
    octal(0, 6),
    octal(inode, 6),
    octal(type | entry.mode, 6),
    octal(entry.uid, 6),
    octal(entry.gid, 6),
    octal(links, 6),
    octal(0, 6),
    octal(entry.mtime, 11),
    octal(name.byteLength, 6),
    octal(contentOf(entry).byteLength, 11),
  ];
  return Buffer.concat([Buffer.from(fields.join('')), name]);
}

/** The format's limits: a file of eight gigabytes, and 262,143 for a number of an owner or an entry. */
function octalOf(value: number, digits: number, path: string): string {
  const text = value.toString(8);
  if (!Number.isInteger(value) || value < 0 || text.length > digits)
    throw new PackageFormatError(`"${path}" can't be in a cpio archive: ${value} has no room in it.`);
  return text.padStart(digits, '0');
}

function isChild(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`) && !path.slice(folder.length + 1).includes('/');
}
