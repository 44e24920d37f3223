import { cksum } from './cksum.ts';
import { contentOf, type Entry, nameOf, PackageFormatError, parentOf } from './tree.ts';

/**
 * The bill of materials of a package, in Apple's BOMStore format, big-endian; macOS makes the receipt from
 * it. Apple does not document it: this follows public descriptions, checked against bills of Apple's tools.
 * `entries` in the order of `sortedTree`. Throws PackageFormatError.
 */
export function bom(entries: readonly Entry[]): Uint8Array {
  const store = new Store();
  const ids = new Map(entries.map((entry, index) => [entry.path, index + 1]));
  const parentId = (path: string) => ids.get(parentOf(path) ?? '') ?? 0;

  const items = entries
    .map((entry) => ({ entry, id: ids.get(entry.path) ?? 0, parent: parentId(entry.path) }))
    .map((item) => ({ ...item, name: Buffer.from(nameOf(item.entry.path)) }))
    .sort((a, b) => a.parent - b.parent || Buffer.compare(a.name, b.name))
    .map(({ entry, id, parent, name }) => {
      const details = store.add(pathDetails(entry));
      const info = store.add(uint32(id, details));
      return { info, file: store.add(Buffer.concat([uint32(parent), name, Buffer.from([0])])) };
    });

  const bytes = entries.reduce((sum, entry) => sum + contentOf(entry).byteLength, 0);
  if (bytes > 0xffffffff) throw new PackageFormatError('A package of more than four gigabytes.');
  store.name('BomInfo', store.add(uint32(1, entries.length + 1, 1, 0, 0, bytes, 0)));
  store.name('Paths', pathsTree(store, items));
  store.name('HLIndex', emptyTree(store, 4096));
  store.name('VIndex', store.add(Buffer.concat([uint32(1, emptyTree(store, 128), 0), Buffer.from([0])])));
  store.name('Size64', emptyTree(store, 4096));
  return store.bytes();
}

const kinds = { file: 1, folder: 2, link: 3 } as const;
const typeBits = { folder: 0o040000, file: 0o100000, link: 0o120000 } as const;

function pathDetails(entry: Entry): Buffer {
  const content = contentOf(entry);
  const target = entry.kind === 'link' ? Buffer.from(`${entry.target}\0`) : Buffer.alloc(0);
  const fixed = Buffer.alloc(31);
  fixed.writeUInt8(kinds[entry.kind], 0);
  fixed.writeUInt8(1, 1);
  // Both architectures; the Installer ignores it.
  fixed.writeUInt16BE(3, 2);
  fixed.writeUInt16BE(typeBits[entry.kind] | entry.mode, 4);
  fixed.writeUInt32BE(entry.uid, 6);
  fixed.writeUInt32BE(entry.gid, 10);
  fixed.writeUInt32BE(entry.mtime, 14);
  fixed.writeUInt32BE(content.byteLength, 18);
  fixed.writeUInt8(1, 22);
  fixed.writeUInt32BE(entry.kind === 'folder' ? 0 : cksum(content), 23);
  fixed.writeUInt32BE(target.byteLength, 27);
  const after = { folder: 0, file: 4, link: 8 }[entry.kind];
  return Buffer.concat([fixed, target, Buffer.alloc(after)]);
}

interface Item {
  readonly info: number;
  readonly file: number;
}

const blockSize = 4096;
const perNode = Math.floor((blockSize - 12) / 8);

/** A B-tree: one level of chained leaves, below a root when there is more than one leaf. */
function pathsTree(store: Store, items: readonly Item[]): number {
  const tree = store.reserve();
  const leaves: Item[][] = [];
  for (let at = 0; at < items.length; at += perNode) leaves.push(items.slice(at, at + perNode));
  if (leaves.length > perNode) throw new PackageFormatError('A package of more than 260,000 entries.');
  const blocks = leaves.map(() => store.reserve());
  for (const [index, leaf] of leaves.entries()) {
    store.fill(
      blocks[index] ?? 0,
      node(true, blocks[index + 1] ?? 0, blocks[index - 1] ?? 0, leaf, blockSize),
    );
  }
  const root =
    leaves.length === 1
      ? (blocks[0] ?? 0)
      : store.add(
          node(
            false,
            0,
            0,
            leaves.map((leaf, index) => ({ info: blocks[index] ?? 0, file: leaf.at(-1)?.file ?? 0 })),
            blockSize,
          ),
        );
  store.fill(tree, treeHeader(root, blockSize, items.length));
  return tree;
}

function emptyTree(store: Store, size: number): number {
  return store.add(treeHeader(store.add(node(true, 0, 0, [], size)), size, 0));
}

function treeHeader(child: number, size: number, count: number): Buffer {
  return Buffer.concat([Buffer.from('tree'), uint32(1, child, size, count), Buffer.from([0])]);
}

function node(leaf: boolean, forward: number, back: number, items: readonly Item[], size: number): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(leaf ? 1 : 0, 0);
  head.writeUInt16BE(items.length, 2);
  const body = Buffer.concat([
    head,
    uint32(forward, back),
    ...items.map(({ info, file }) => uint32(info, file)),
  ]);
  return Buffer.concat([body, Buffer.alloc(size - body.byteLength)]);
}

function uint32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => {
    bytes.writeUInt32BE(value, index * 4);
  });
  return bytes;
}

const headerSize = 512;

/** Numbered blocks, some with a name. Block 0 does not exist. */
class Store {
  readonly #blocks: Buffer[] = [];
  readonly #names: { readonly name: string; readonly block: number }[] = [];

  add(content: Buffer): number {
    return this.#blocks.push(content);
  }

  reserve(): number {
    return this.add(Buffer.alloc(0));
  }

  fill(block: number, content: Buffer): void {
    this.#blocks[block - 1] = content;
  }

  name(name: string, block: number): void {
    this.#names.push({ name, block });
  }

  bytes(): Buffer {
    const variables = Buffer.concat([
      uint32(this.#names.length),
      ...this.#names.map(({ name, block }) =>
        Buffer.concat([uint32(block), Buffer.from([name.length]), Buffer.from(name)]),
      ),
    ]);
    let at = headerSize;
    const pointers: number[] = [0, 0];
    for (const block of this.#blocks) {
      pointers.push(at, block.byteLength);
      at += block.byteLength;
    }
    // The list of free blocks follows the table; it has two empty entries.
    const table = Buffer.concat([uint32(this.#blocks.length + 1, ...pointers), uint32(2, 0, 0, 0, 0)]);
    const header = Buffer.alloc(headerSize);
    header.write('BOMStore', 0, 'latin1');
    const used = this.#blocks.filter((block) => block.byteLength > 0).length;
    uint32(1, used, at + variables.byteLength, table.byteLength, at, variables.byteLength).copy(header, 8);
    return Buffer.concat([header, ...this.#blocks, variables, table]);
  }
}
