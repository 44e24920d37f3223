import { gzipSync } from 'node:zlib';

/** Bytes of one part on the Mac, and in the package. */
export interface PartSize {
  readonly part: string;
  readonly files: number;
  readonly installed: number;
  readonly packed: number;
}

const parts: readonly { part: string; has: (path: string) => boolean }[] = [
  { part: 'SQLite addon', has: (path) => path.endsWith('.node') },
  { part: 'agent', has: (path) => path.startsWith('lib/') || path === 'bin/psso-monitor' },
  { part: 'licences and bill of materials', has: (path) => path.startsWith('share/licences/') },
  { part: 'for admins', has: (path) => path.startsWith('share/') },
];

/** The sizes of the parts, each packed alone: nearly its share of the package. Node has the rest. */
export function sizesOf(
  files: ReadonlyMap<string, { content: Uint8Array }>,
  packageBytes: number,
): PartSize[] {
  const rest = new Map(files);
  const sizes = parts.map(({ part, has }) => {
    const mine = [...rest].filter(([path]) => has(path));
    for (const [path] of mine) rest.delete(path);
    return sized(part, mine, gzipSync(Buffer.concat(mine.map(([, { content }]) => content))).byteLength);
  });
  const others = sizes.reduce((sum, { packed }) => sum + packed, 0);
  return [sized('Node', [...rest], packageBytes - others), ...sizes];
}

function sized(part: string, files: readonly [string, { content: Uint8Array }][], packed: number): PartSize {
  const installed = files.reduce((sum, [, { content }]) => sum + content.byteLength, 0);
  return { part, files: files.length, installed, packed };
}
