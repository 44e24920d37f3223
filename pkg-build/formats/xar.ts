import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { zlibSync } from 'fflate';
import { PackageFormatError } from './tree.ts';

export interface Member {
  /** `Distribution`, `agent.pkg/Bom`. */
  readonly path: string;
  readonly content: Uint8Array;
}

const headerBytes = 28;
const checksumBytes = 20;

/**
 * A xar archive: a header, a compressed table of contents in XML, and the heap, which begins with the
 * checksum of that table. Members are not compressed: the Installer refuses compressed ones. Readers expect
 * SHA-1; it detects damage, and the package's signature detects manipulation. Throws PackageFormatError.
 */
export function xar(members: readonly Member[], { createdAt }: { readonly createdAt: number }): Uint8Array {
  checkPaths(members);
  let offset = checksumBytes;
  const placed = members.map((member) => {
    const at = offset;
    offset += member.content.byteLength;
    return { ...member, at };
  });
  const toc = Buffer.from(tableOfContents(placed, createdAt));
  const packed = zlibSync(toc, { level: 9 });
  const header = Buffer.alloc(headerBytes);
  header.write('xar!', 0, 'latin1');
  header.writeUInt16BE(headerBytes, 4);
  header.writeUInt16BE(1, 6);
  header.writeBigUInt64BE(BigInt(packed.byteLength), 8);
  header.writeBigUInt64BE(BigInt(toc.byteLength), 16);
  header.writeUInt32BE(1, 24);
  return Buffer.concat([header, packed, sha1(packed), ...members.map(({ content }) => content)]);
}

function checkPaths(members: readonly Member[]): void {
  const paths = members.map(({ path }) => path);
  for (const [index, path] of paths.entries()) {
    if (path.split('/').some((part) => part === '' || part === '.' || part === '..') || !isPlain(path))
      throw new PackageFormatError(`"${path}" is no name for a member of a package, such as agent.pkg/Bom.`);
    if (paths.indexOf(path) !== index) throw new PackageFormatError(`"${path}" is there twice.`);
    if (paths.some((other) => other.startsWith(`${path}/`)))
      throw new PackageFormatError(`"${path}" is both a member and a folder.`);
  }
}

/** XML can't hold control characters. */
function isPlain(text: string): boolean {
  return [...text].every((one) => one >= ' ');
}

function tableOfContents(members: readonly (Member & { at: number })[], createdAt: number): string {
  const created = new Date(createdAt * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
  let id = 0;
  const filesIn = (folder: string, indent: string): string => {
    const names = [
      ...new Set(
        members
          .filter(({ path }) => path.startsWith(folder))
          .map(({ path }) => path.slice(folder.length).split('/')[0] ?? ''),
      ),
    ];
    return names
      .map((name) => {
        const path = `${folder}${name}`;
        const member = members.find((one) => one.path === path);
        id += 1;
        const opening = `${indent}<file id="${id}">\n`;
        const inner =
          member === undefined
            ? folderXml(name, filesIn(`${path}/`, `${indent} `), `${indent} `)
            : fileXml(name, member, `${indent} `);
        return `${opening}${inner}${indent}</file>\n`;
      })
      .join('');
  };
  return `<?xml version="1.0" encoding="UTF-8"?>
<xar>
 <toc>
  <creation-time>${created}</creation-time>
  <checksum style="sha1">
   <offset>0</offset>
   <size>${checksumBytes}</size>
  </checksum>
${filesIn('', '  ')} </toc>
</xar>
`;
}

function folderXml(name: string, files: string, indent: string): string {
  return `${indent}<name>${escaped(name)}</name>\n${indent}<type>directory</type>\n${files}`;
}

function fileXml(name: string, { content, at }: Member & { at: number }, indent: string): string {
  const digest = sha1(content).toString('hex');
  const size = content.byteLength;
  return [
    `<data>`,
    ` <archived-checksum style="sha1">${digest}</archived-checksum>`,
    ` <extracted-checksum style="sha1">${digest}</extracted-checksum>`,
    ` <encoding style="application/octet-stream"/>`,
    ` <length>${size}</length>`,
    ` <offset>${at}</offset>`,
    ` <size>${size}</size>`,
    `</data>`,
    `<type>file</type>`,
    `<name>${escaped(name)}</name>`,
    `<mode>0644</mode>`,
  ]
    .map((line) => `${indent}${line}\n`)
    .join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function sha1(bytes: Uint8Array): Buffer {
  return createHash('sha1').update(bytes).digest();
}

/** The members of an archive of `xar`, each verified by its checksum. Throws PackageFormatError. */
export function readXar(bytes: Uint8Array): Member[] {
  const { text, whole, heap } = readContents(bytes);
  return membersOf(text).map(({ path, at, size, digest }) => {
    const content = whole.subarray(heap + at, heap + at + size);
    if (content.byteLength !== size || sha1(content).toString('hex') !== digest)
      throw new PackageFormatError(`${path} is damaged.`);
    return { path, content };
  });
}

/** Whether productsign has signed a package: its table of contents then names a signature. */
export function isSigned(bytes: Uint8Array): boolean {
  return readContents(bytes).text.includes('<signature');
}

function readContents(bytes: Uint8Array): { text: string; whole: Buffer; heap: number } {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (whole.byteLength < headerBytes || whole.toString('latin1', 0, 4) !== 'xar!')
    throw new PackageFormatError('This is no xar archive.');
  // Format 1, checksums in SHA-1.
  if (whole.readUInt32BE(4) !== ((headerBytes << 16) | 1) || whole.readUInt32BE(24) !== 1)
    throw new PackageFormatError('This is no xar archive of the kind that packages are.');
  const packedLength = Number(whole.readBigUInt64BE(8));
  const heap = headerBytes + packedLength;
  const packed = whole.subarray(headerBytes, heap);
  if (!sha1(packed).equals(whole.subarray(heap, heap + checksumBytes)))
    throw new PackageFormatError('The table of contents is damaged.');
  const toc = inflateSync(packed);
  if (BigInt(toc.byteLength) !== whole.readBigUInt64BE(16))
    throw new PackageFormatError('The table of contents has a wrong length.');
  return { text: toc.toString('utf8'), whole, heap };
}

function membersOf(toc: string): { path: string; at: number; size: number; digest: string }[] {
  const found: ReturnType<typeof membersOf> = [];
  const folders: { name: string; data: string }[] = [];
  for (const [, opening, name, data] of toc.matchAll(
    /<(\/?file)(?: id="\d+")?>|<name>([^<]*)<\/name>|<data>([\s\S]*?)<\/data>/g,
  )) {
    const last = folders.at(-1);
    if (opening === 'file') folders.push({ name: '', data: '' });
    else if (opening === '/file') {
      const path = folders.map((one) => one.name).join('/');
      if (last !== undefined && last.data !== '') {
        const value = (tag: string) => new RegExp(`<${tag}[^>]*>([^<]*)</${tag}>`).exec(last.data)?.[1] ?? '';
        found.push({
          path: path.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
          at: Number(value('offset')),
          size: Number(value('length')),
          digest: value('archived-checksum'),
        });
      }
      folders.pop();
    } else if (last !== undefined && name !== undefined) last.name = name;
    else if (last !== undefined && data !== undefined) last.data = data;
  }
  return found;
}
