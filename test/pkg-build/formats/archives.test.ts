import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bom } from '../../../pkg-build/formats/bom.ts';
import { cksum } from '../../../pkg-build/formats/cksum.ts';
import { cpioOdc } from '../../../pkg-build/formats/cpio.ts';
import { gzip } from '../../../pkg-build/formats/gzip.ts';
import { contentOf, type Entry, PackageFormatError, sortedTree } from '../../../pkg-build/formats/tree.ts';
import { readXar, xar } from '../../../pkg-build/formats/xar.ts';
import { realTool } from '../real-tool.ts';
import { cpioArguments } from '../unpack.ts';
import { readBom } from './bom-reader.ts';
import { anyTree, file, folder, smallTree } from './trees.ts';

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'psso-monitor-formats-'));
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

function tool(command: string, args: readonly string[], input?: Uint8Array): string {
  return execFileSync(realTool(command), [...args], {
    cwd: scratch,
    input,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

const cpio = (entries: readonly Entry[]) => Buffer.concat([...cpioOdc(sortedTree(entries))]);

describe('a tree', () => {
  it('is sorted for an archive: parents before children, names by their bytes', () => {
    fc.assert(
      fc.property(anyTree, (entries) => {
        const paths = sortedTree([...entries].reverse()).map(({ path }) => path);
        expect(paths[0]).toBe('.');
        expect(new Set(paths).size).toBe(entries.length);
        for (const [index, path] of paths.entries())
          if (path !== '.') expect(paths.slice(0, index)).toContain(path.slice(0, path.lastIndexOf('/')));
      }),
    );
  });

  it.each<[string, readonly Entry[]]>([
    ['an absolute path', [folder('.'), file('/etc/passwd', '')]],
    ['a path to the parent folder', [folder('.'), file('./../x', '')]],
    ['a name twice', [folder('.'), file('./a', ''), file('./a', '')]],
    ['a file without its folder', [folder('.'), file('./a/b', '')]],
    ['a file in a file', [folder('.'), file('./a', ''), file('./a/b', '')]],
    ['a slash at the end', [folder('.'), folder('./a/')]],
    ['nothing at all', []],
    ['a root that is a file', [file('.', '')]],
    ['a name with a zero byte', [folder('.'), file('./a\0b', '')]],
  ])('refuses %s', (_what, entries) => {
    expect(() => sortedTree(entries)).toThrow(PackageFormatError);
  });
});

describe('cksum', () => {
  it('equals the output of the command cksum', () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from('a'), Buffer.alloc(70_000, 'xyz')]) {
      writeFileSync(join(scratch, 'f'), bytes);
      expect(String(cksum(bytes))).toBe(tool('cksum', ['f']).split(' ')[0]);
    }
  });
});

describe('a cpio archive', () => {
  // On a Mac `cpio` is libarchive's, and there is no other.
  it.each(['cpio', 'bsdcpio'])('is unpacked by %s to the very tree, and listed by libarchive', (program) => {
    writeFileSync(join(scratch, 'a.cpio'), cpio(smallTree));
    expect(tool('bsdtar', ['-tf', 'a.cpio']).trim().split('\n')).toHaveLength(smallTree.length);
    mkdirSync(join(scratch, 'out'));
    execFileSync(realTool(program), cpioArguments, {
      cwd: join(scratch, 'out'),
      input: cpio(smallTree),
    });
    for (const entry of smallTree) {
      const path = join(scratch, 'out', entry.path);
      if (entry.kind === 'link') expect(readlinkSync(path)).toBe(entry.target);
      else expect(statSync(path).mode & 0o777).toBe(entry.mode);
      if (entry.kind === 'file') {
        expect(readFileSync(path).equals(Buffer.from(entry.content))).toBe(true);
        expect(statSync(path).mtimeMs / 1000).toBe(entry.mtime);
      }
    }
  });

  it('begins with the odc magic and the root, as the Installer requires', () => {
    expect(cpio(smallTree).toString('latin1', 0, 6)).toBe('070707');
    expect(cpio(smallTree).toString('latin1', 76, 78)).toBe('.\0');
  });

  it('refuses a value that is too large for its field, and names the entry', () => {
    const large = { ...file('./a', ''), uid: 0o1000000 };
    expect(() => cpio([folder('.'), large])).toThrow('"./a" can\'t be in a cpio archive: 262144');
    expect(() => cpio([folder('.'), { ...file('./a', ''), mtime: 1.5 }])).toThrow(PackageFormatError);
  });

  it('of any tree is listed completely by libarchive', () => {
    fc.assert(
      fc.property(anyTree, (entries) => {
        writeFileSync(join(scratch, 'any.cpio'), cpio(entries));
        const listed = tool('bsdtar', ['-tf', 'any.cpio']).trimEnd().split('\n');
        expect(listed).toHaveLength(entries.length);
      }),
      { numRuns: 25 },
    );
  });
});

describe('gzip', () => {
  it('is unpacked to its input, and does not depend on the chunks', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 5000 }), { maxLength: 5 }), (chunks) => {
        const packed = gzip(chunks);
        expect(gunzipSync(packed).equals(Buffer.concat(chunks))).toBe(true);
        expect(Buffer.from(gzip([Buffer.concat(chunks)])).equals(packed)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('has neither a time nor a system in its header', () => {
    expect([...gzip([Buffer.from('x')]).subarray(4, 8)]).toEqual([0, 0, 0, 0]);
    expect(gzip([Buffer.from('x')])[9]).toBe(255);
  });
});

describe('a bill of materials', () => {
  it('names every path with its kind, mode, owner, size and checksum', () => {
    fc.assert(
      fc.property(fc.oneof(anyTree, fc.constant([...smallTree])), (tree) => {
        const entries = sortedTree(tree);
        const read = readBom(bom(entries));
        expect(read.names).toEqual(['BomInfo', 'Paths', 'HLIndex', 'VIndex', 'Size64']);
        const wanted = entries.map((entry) => ({
          path: entry.path,
          kind: { file: 1, folder: 2, link: 3 }[entry.kind],
          mode: { file: 0o100000, folder: 0o040000, link: 0o120000 }[entry.kind] | entry.mode,
          uid: entry.uid,
          gid: entry.gid,
          mtime: entry.mtime,
          size: contentOf(entry).byteLength,
          checksum: entry.kind === 'folder' ? 0 : cksum(contentOf(entry)),
          target: entry.kind === 'link' ? entry.target : '',
        }));
        const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1);
        expect([...read.paths].sort(byPath)).toEqual([...wanted].sort(byPath));
        expect(read.total).toBe(wanted.reduce((sum, { size }) => sum + size, 0));
      }),
    );
  });

  it('of thousands of paths has several leaves and all paths', () => {
    for (const count of [509, 510, 1400]) {
      const many = Array.from({ length: count }, (_, index) => file(`./f${index}`, `${index}`));
      const { paths } = readBom(bom(sortedTree([folder('.'), ...many])));
      expect(new Set(paths.map(({ path }) => path))).toEqual(new Set(['.', ...many.map(({ path }) => path)]));
    }
  });
});

describe('a xar archive', () => {
  const members = [
    { path: 'Distribution', content: Buffer.from('<x/>') },
    { path: 'agent.pkg/Bom', content: Buffer.alloc(5000, 1) },
    { path: 'agent.pkg/Payload', content: Buffer.alloc(0) },
  ];
  const archive = () => Buffer.from(xar(members, { createdAt: 1_790_000_000 }));

  it('is read back by libarchive, which checks the checksums', () => {
    writeFileSync(join(scratch, 'a.pkg'), archive());
    mkdirSync(join(scratch, 'out'));
    tool('bsdtar', ['-xf', 'a.pkg', '-C', 'out']);
    for (const { path, content } of members)
      expect(readFileSync(join(scratch, 'out', path)).equals(content)).toBe(true);
    expect(readdirSync(join(scratch, 'out')).sort()).toEqual(['Distribution', 'agent.pkg']);
  });

  it('is read back by 7-Zip, which checks them too', () => {
    writeFileSync(join(scratch, 'a.pkg'), archive());
    expect(tool('7zz', ['t', 'a.pkg'])).toContain('Everything is Ok');
  });

  it('is read by readXar, and has equal bytes each time', () => {
    expect(readXar(archive()).map(({ path, content }) => [path, content.length])).toEqual(
      members.map(({ path, content }) => [path, content.length]),
    );
    expect(archive().equals(archive())).toBe(true);
  });

  it('has a table of contents in well-formed XML for any names', () => {
    const named = [{ path: 'a & b <c> "d" é/x', content: Buffer.from('x') }];
    const bytes = Buffer.from(xar(named, { createdAt: 0 }));
    expect(readXar(bytes)[0]?.path).toBe(named[0]?.path);
    const toc = inflateSync(bytes.subarray(28));
    expect(tool('xmllint', ['--xpath', 'string(/xar/toc/file/name)', '-'], toc).trimEnd()).toBe(
      'a & b <c> "d" é',
    );
    expect(tool('xmllint', ['--xpath', 'string(/xar/toc/creation-time)', '-'], toc)).toContain(
      '1970-01-01T00:00:00Z',
    );
  });

  it.each([
    ['a name twice', ['a', 'a']],
    ['a folder that is also a member', ['a/b', 'a']],
    ['a path to the parent folder', ['../a']],
    ['an absolute path', ['/a']],
    ['a control character', ['a\u0001']],
  ])('refuses %s', (_what, paths) => {
    const wrong = paths.map((path) => ({ path, content: Buffer.from('x') }));
    expect(() => xar(wrong, { createdAt: 0 })).toThrow(PackageFormatError);
  });

  it('is refused when it is damaged or truncated at any byte', () => {
    const whole = archive();
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(7), (at, bit) => {
        const damaged = Buffer.from(whole);
        damaged.writeUInt8(damaged.readUInt8(at) ^ (1 << bit), at);
        expect(() => readXar(damaged)).toThrow(PackageFormatError);
        expect(() => readXar(whole.subarray(0, at))).toThrow(PackageFormatError);
      }),
      { numRuns: 300, examples: Array.from({ length: 28 }, (_, at) => [at, 0]) },
    );
  });

  it('is refused with the name of the damaged member', () => {
    const damaged = archive();
    damaged.writeUInt8(damaged.readUInt8(damaged.length - 1) ^ 1, damaged.length - 1);
    expect(() => readXar(damaged)).toThrow('agent.pkg/Bom is damaged');
    expect(() => readXar(Buffer.from('PK'))).toThrow('no xar archive');
  });
});
