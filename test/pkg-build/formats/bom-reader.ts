/** A reader of bills of materials of its own, from the descriptions of the format: it shares nothing with the writer. */
export interface BomPath {
  readonly path: string;
  readonly kind: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly checksum: number;
  readonly target: string;
}

export function readBom(bytes: Uint8Array): {
  readonly paths: BomPath[];
  readonly names: string[];
  readonly total: number;
} {
  const view = Buffer.from(bytes);
  if (view.toString('latin1', 0, 8) !== 'BOMStore') throw new Error('no BOMStore');
  const tableAt = view.readUInt32BE(16);
  const variablesAt = view.readUInt32BE(24);
  const block = (index: number) => {
    const at = view.readUInt32BE(tableAt + 4 + index * 8);
    return view.subarray(at, at + view.readUInt32BE(tableAt + 8 + index * 8));
  };
  const variables = new Map<string, number>();
  let at = variablesAt + 4;
  for (let left = view.readUInt32BE(variablesAt); left > 0; left--) {
    const length = view.readUInt8(at + 4);
    variables.set(view.toString('latin1', at + 5, at + 5 + length), view.readUInt32BE(at));
    at += 5 + length;
  }
  const tree = block(variables.get('Paths') ?? 0);
  if (tree.toString('latin1', 0, 4) !== 'tree') throw new Error('no tree');
  let leaf = block(tree.readUInt32BE(8));
  while (leaf.readUInt16BE(0) === 0) leaf = block(leaf.readUInt32BE(12));
  const raw: { id: number; parent: number; name: string; details: Buffer }[] = [];
  for (;;) {
    for (let item = 0; item < leaf.readUInt16BE(2); item++) {
      const info = block(leaf.readUInt32BE(12 + item * 8));
      const file = block(leaf.readUInt32BE(16 + item * 8));
      raw.push({
        id: info.readUInt32BE(0),
        parent: file.readUInt32BE(0),
        name: file.toString('utf8', 4, file.length - 1),
        details: block(info.readUInt32BE(4)),
      });
    }
    const forward = leaf.readUInt32BE(4);
    if (forward === 0) break;
    leaf = block(forward);
  }
  if (raw.length !== tree.readUInt32BE(16)) throw new Error('the tree counts wrongly');
  const byId = new Map(raw.map((one) => [one.id, one]));
  const pathOf = (id: number): string => {
    const one = byId.get(id);
    if (one === undefined) throw new Error(`no path ${id}`);
    return one.parent === 0 ? one.name : `${pathOf(one.parent)}/${one.name}`;
  };
  const sorted = raw.every((one, index) => {
    const before = raw[index - 1];
    if (before === undefined) return true;
    return (
      before.parent < one.parent ||
      (before.parent === one.parent && Buffer.compare(Buffer.from(before.name), Buffer.from(one.name)) < 0)
    );
  });
  if (!sorted) throw new Error('the tree is not sorted');
  return {
    names: [...variables.keys()],
    total: block(variables.get('BomInfo') ?? 0).readUInt32BE(20),
    paths: raw.map(({ id, details }) => ({
      path: pathOf(id),
      kind: details.readUInt8(0),
      mode: details.readUInt16BE(4),
      uid: details.readUInt32BE(6),
      gid: details.readUInt32BE(10),
      size: details.readUInt32BE(18),
      checksum: details.readUInt32BE(23),
      target: details.toString('utf8', 31, Math.max(31, 31 + details.readUInt32BE(27) - 1)),
    })),
  };
}
