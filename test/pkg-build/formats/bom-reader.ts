/** An independent reader of bills of materials, by the descriptions of the format: no code of the writer. */
export interface BomPath {
  readonly path: string;
  readonly kind: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtime: number;
  readonly size: number;
  readonly checksum: number;
  readonly target: string;
}

/** Throws for any inconsistency in the file. */
export function readBom(bytes: Uint8Array): {
  readonly paths: BomPath[];
  readonly names: string[];
  readonly total: number;
} {
  const { block, variables } = readStore(Buffer.from(bytes));
  const named = (name: string) => block(variables.get(name) ?? 0);
  const raw = leavesOf(block, named('Paths'))
    .flat()
    .map(({ info, file }) => ({
      id: block(info).readUInt32BE(0),
      details: block(block(info).readUInt32BE(4)),
      parent: block(file).readUInt32BE(0),
      name: block(file).subarray(4, -1),
    }));
  const summary = named('BomInfo');
  demand(raw.length === named('Paths').readUInt32BE(16), 'the tree counts its paths');
  demand(raw.length + 1 === summary.readUInt32BE(4), 'the summary counts the paths and one more');
  demand(
    raw.every((one, index) => {
      const before = raw[index - 1];
      if (before === undefined || before.parent < one.parent) return true;
      return before.parent === one.parent && Buffer.compare(before.name, one.name) < 0;
    }),
    'the tree is sorted by parent and name',
  );
  const byId = new Map(raw.map((one) => [one.id, one]));
  demand(byId.size === raw.length, 'every path has a unique number');
  const pathOf = (id: number): string => {
    const one = byId.get(id);
    if (one === undefined) throw new Error(`no path ${id}`);
    return one.parent === 0 ? one.name.toString() : `${pathOf(one.parent)}/${one.name.toString()}`;
  };
  for (const { parent } of raw)
    demand(parent === 0 || byId.get(parent)?.details.readUInt8(0) === 2, 'a parent is a folder');
  for (const other of ['HLIndex', 'Size64']) demand(leavesOf(block, named(other)).flat().length === 0, other);
  demand(leavesOf(block, block(named('VIndex').readUInt32BE(4))).flat().length === 0, 'VIndex');
  return {
    names: [...variables.keys()],
    total: summary.readUInt32BE(20),
    paths: raw.map(({ id, details }) => ({ path: pathOf(id), ...detailsOf(details) })),
  };
}

function detailsOf(details: Buffer): Omit<BomPath, 'path'> {
  const length = details.readUInt32BE(27);
  const kind = details.readUInt8(0);
  demand(
    details.length === 31 + length + ({ 1: 4, 2: 0, 3: 8 }[kind] ?? -1),
    'details have the length for their kind',
  );
  return {
    kind,
    mode: details.readUInt16BE(4),
    uid: details.readUInt32BE(6),
    gid: details.readUInt32BE(10),
    mtime: details.readUInt32BE(14),
    size: details.readUInt32BE(18),
    checksum: details.readUInt32BE(23),
    target: details.toString('utf8', 31, Math.max(31, 31 + length - 1)),
  };
}

interface Store {
  readonly block: (index: number) => Buffer;
  readonly variables: ReadonlyMap<string, number>;
}

function readStore(view: Buffer): Store {
  demand(view.toString('latin1', 0, 8) === 'BOMStore' && view.readUInt32BE(8) === 1, 'it is a BOMStore');
  const tableAt = view.readUInt32BE(16);
  const tableEnd = tableAt + view.readUInt32BE(20);
  const variablesAt = view.readUInt32BE(24);
  const count = view.readUInt32BE(tableAt);
  const pointer = (index: number) => ({
    at: view.readUInt32BE(tableAt + 4 + index * 8),
    length: view.readUInt32BE(tableAt + 8 + index * 8),
  });
  const used = Array.from({ length: count }, (_, index) => pointer(index)).filter(({ length }) => length > 0);
  demand(used.length === view.readUInt32BE(12), 'the header counts the blocks in use');
  demand(tableEnd === view.length, 'the table of blocks ends the file');
  demand(
    tableAt + 4 + count * 8 + 4 + view.readUInt32BE(tableAt + 4 + count * 8) * 8 === tableEnd,
    'free blocks',
  );
  const places = [...used, { at: variablesAt, length: view.readUInt32BE(28) }].sort((a, b) => a.at - b.at);
  demand(
    places.every(({ at, length }, index) => at >= 512 && at + length <= (places[index + 1]?.at ?? tableAt)),
    'blocks do not overlap',
  );
  const variables = new Map<string, number>();
  let at = variablesAt + 4;
  for (let left = view.readUInt32BE(variablesAt); left > 0; left--) {
    const length = view.readUInt8(at + 4);
    variables.set(view.toString('latin1', at + 5, at + 5 + length), view.readUInt32BE(at));
    at += 5 + length;
  }
  demand(at === variablesAt + view.readUInt32BE(28), 'the variables have the length in the header');
  const block = (index: number) => {
    demand(index > 0 && index < count, `there is a block ${index}`);
    const found = pointer(index);
    return view.subarray(found.at, found.at + found.length);
  };
  return { block, variables };
}

interface Item {
  readonly info: number;
  readonly file: number;
}

/** The leaves of a tree, from its root; their chain must have the same order. */
function leavesOf(block: Store['block'], tree: Buffer): Item[][] {
  demand(tree.toString('latin1', 0, 4) === 'tree' && tree.readUInt32BE(4) === 1, 'it is a tree');
  const node = (index: number) => {
    const bytes = block(index);
    demand(bytes.length === tree.readUInt32BE(12), 'a node has the size in the header of the tree');
    const items = Array.from({ length: bytes.readUInt16BE(2) }, (_, at) => ({
      info: bytes.readUInt32BE(12 + at * 8),
      file: bytes.readUInt32BE(16 + at * 8),
    }));
    return {
      leaf: bytes.readUInt16BE(0) === 1,
      forward: bytes.readUInt32BE(4),
      back: bytes.readUInt32BE(8),
      items,
    };
  };
  const rootAt = tree.readUInt32BE(8);
  const root = node(rootAt);
  const children = root.leaf ? [rootAt] : root.items.map(({ info }) => info);
  const leaves = children.map((index) => node(index));
  for (const [index, { leaf, forward, back, items }] of leaves.entries()) {
    demand(leaf, 'below the root are leaves');
    demand(
      forward === (children[index + 1] ?? 0) && back === (children[index - 1] ?? 0),
      'leaves are chained',
    );
    demand(
      root.leaf || root.items[index]?.file === items.at(-1)?.file,
      "the root knows each leaf's last path",
    );
  }
  return leaves.map(({ items }) => items);
}

function demand(holds: boolean, what: string): void {
  if (!holds) throw new Error(`It does not hold that ${what}.`);
}
