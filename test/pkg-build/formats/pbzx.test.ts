import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { BuildError } from '../../../pkg-build/build-error.ts';
import { flatPackage } from '../../../pkg-build/flat-package.ts';
import { pbzx } from '../../../pkg-build/formats/pbzx.ts';
import { readPbzx } from '../../../pkg-build/formats/read-pbzx.ts';
import { PackageFormatError } from '../../../pkg-build/formats/tree.ts';
import { readXar } from '../../../pkg-build/formats/xar.ts';
import { realTool } from '../real-tool.ts';
import { folder, smallTree } from './trees.ts';

const mebibyte = 1024 * 1024;
/** A block that compresses, a part that doesn't, and one that is not whole. */
const chunks = [Buffer.from('begin'), Buffer.alloc(17 * mebibyte, 'zeros'), Buffer.from('end')];
const whole = Buffer.concat(chunks);

/** Reads the stream block by block, as pbzx tools do: until a block is not a whole one. */
function* blocksOf(stream: Buffer): Generator<{ size: number; content: Buffer }> {
  expect(stream.toString('latin1', 0, 4)).toBe('pbzx');
  let flags = stream.readBigUInt64BE(4);
  let at = 12;
  while ((flags & 0x100_0000n) !== 0n) {
    flags = stream.readBigUInt64BE(at);
    const length = Number(stream.readBigUInt64BE(at + 8));
    at += 16;
    yield { size: Number(flags), content: stream.subarray(at, at + length) };
    at += length;
  }
  expect(at).toBe(stream.byteLength);
}

const tool = (name: string, args: string[], input: Buffer) =>
  execFileSync(realTool(name), args, { input, maxBuffer: 64 * mebibyte, stdio: ['pipe', 'pipe', 'ignore'] });

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Compressed once. */
let compressed: Buffer | null = null;
function packed(): Buffer {
  realTool('xz');
  compressed ??= Buffer.from(pbzx(chunks));
  return compressed;
}

describe('pbzx', () => {
  test('is read back by 7-Zip, which has a decoder of its own, and by xz', () => {
    const blocks = [...blocksOf(packed())];
    expect(blocks.map(({ size }) => size)).toEqual([16 * mebibyte, mebibyte + 8]);
    const read = blocks.map(({ content }) => {
      tool('xz', ['-t'], content);
      return tool('7zz', ['e', '-txz', '-si', '-so'], content);
    });
    expect(Buffer.concat(read).equals(whole)).toBe(true);
  });

  test('is read back by the reader of the release, and refused when it is damaged', () => {
    expect(readPbzx(packed()).equals(whole)).toBe(true);
    expect(readPbzx(pbzx([])).byteLength).toBe(0);
    for (const cut of [1, 40, packed().byteLength - 13])
      expect(() => readPbzx(packed().subarray(0, -cut)), String(cut)).toThrow(PackageFormatError);
    const damaged = Buffer.from(packed());
    damaged.fill(0, 100, 140);
    expect(() => readPbzx(damaged)).toThrow('A block of the payload is damaged.');
  });

  test('has the check that every decoder of xz has', () => {
    for (const { content } of blocksOf(packed()))
      expect(content.toString('hex', 0, 8)).toBe('fd377a585a000001');
  });

  test('stores what xz makes no smaller', () => {
    realTool('xz');
    const [{ size, content } = { size: 0, content: Buffer.alloc(0) }] = blocksOf(
      Buffer.from(pbzx([Buffer.from('x')])),
    );
    expect([size, content.toString()]).toEqual([1, 'x']);
  });

  test('has the same bytes again, regardless of the variables of xz', () => {
    vi.stubEnv('XZ_OPT', '--lzma2=preset=0 --check=sha256');
    vi.stubEnv('XZ_DEFAULTS', '--threads=2');
    expect(Buffer.from(pbzx([whole])).equals(packed())).toBe(true);
  });

  test('is the payload of a package that asks for it, and holds the same archive', () => {
    realTool('xz');
    const made = (payloadForm: 'gzip' | 'pbzx') => {
      const { bytes } = flatPackage({
        payload: smallTree,
        scripts: [folder('.')],
        version: '1.2.3',
        architecture: 'arm64',
        builtAt: 0,
        payloadForm,
      });
      return Buffer.from(readXar(bytes).find(({ path }) => path === 'agent.pkg/Payload')?.content ?? '');
    };
    const [{ content } = { content: Buffer.alloc(0) }] = blocksOf(made('pbzx'));
    expect(tool('xz', ['-dc'], content).equals(gunzipSync(made('gzip')))).toBe(true);
  });

  test('names the program that is missing, and where to get it', () => {
    const stream = packed();
    const empty = mkdtempSync(join(tmpdir(), 'psso-monitor-no-xz-'));
    vi.stubEnv('PATH', empty);
    expect(() => pbzx(chunks)).toThrow(BuildError);
    expect(() => pbzx(chunks)).toThrow(
      /needs the program xz: install xz-utils \(Debian\) or xz \(Homebrew\)/,
    );
    expect(() => readPbzx(stream)).toThrow(BuildError);
    rmSync(empty, { recursive: true });
  });
});
