import fc from 'fast-check';
import type { Entry } from '../../../pkg-build/formats/tree.ts';

const meta = { uid: 0, gid: 0, mtime: 1_790_000_000 };

export const folder = (path: string, more: Partial<Entry> = {}): Entry => {
  const { gid = 0 } = more;
  return { kind: 'folder', path, mode: 0o755, ...meta, gid };
};
export const file = (path: string, content: string | Uint8Array, mode = 0o644): Entry => ({
  kind: 'file',
  path,
  mode,
  ...meta,
  content: typeof content === 'string' ? Buffer.from(content) : content,
});
const link = (path: string, target: string): Entry => ({
  kind: 'link',
  path,
  mode: 0o755,
  ...meta,
  target,
});

/** Like the payload: a space in a name, another group, an executable, an empty file. */
export const smallTree: readonly Entry[] = [
  folder('.'),
  folder('./Library'),
  folder('./Library/Application Support', { gid: 80 }),
  folder('./Library/Application Support/PSSO Monitor'),
  file('./Library/Application Support/PSSO Monitor/node', 'program\n', 0o755),
  file('./Library/Application Support/PSSO Monitor/empty', ''),
  file('./Library/Application Support/PSSO Monitor/ümläut 🙂', Buffer.alloc(9000, 7)),
  link('./Library/Application Support/PSSO Monitor/link', 'node'),
  folder('./Library/LaunchAgents'),
  file('./Library/LaunchAgents/a.plist', '<plist/>'),
];

const name = fc
  .string({ unit: fc.constantFrom('a', 'b', 'Z', '0', ' ', '.', '-', 'é', '_'), minLength: 1, maxLength: 8 })
  .filter((text) => text !== '.' && text !== '..');

/** Any tree: nested folders, files of any bytes. */
export const anyTree: fc.Arbitrary<Entry[]> = fc
  .array(
    fc.record({
      at: fc.nat(),
      name,
      content: fc.option(fc.uint8Array({ maxLength: 300 })),
      executable: fc.boolean(),
    }),
    { maxLength: 25 },
  )
  .map((planned) => {
    const folders = ['.'];
    const entries = new Map<string, Entry>([['.', folder('.')]]);
    for (const { at, name: own, content, executable } of planned) {
      const path = `${folders[at % folders.length]}/${own}`;
      if (entries.has(path)) continue;
      if (content === null) folders.push(path);
      entries.set(path, content === null ? folder(path) : file(path, content, executable ? 0o755 : 0o644));
    }
    return [...entries.values()];
  });
