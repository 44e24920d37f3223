import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { slices, universalBinary } from '../../../pkg-build/formats/fat.ts';
import { verifyCodeSignature } from '../../../pkg-build/formats/macho-signature.ts';
import { PackageFormatError } from '../../../pkg-build/formats/tree.ts';
import { machO } from './macho.ts';

const team = 'AB12CD34EF';
let folder: string;
let root: string;

function openssl(...args: string[]): void {
  execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
}

/** A root, an issuer and a signer of our own, made as Apple's are: the root's fingerprint is given instead of Apple's. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-signature-'));
  writeFileSync(join(folder, 'ca.ext'), 'basicConstraints=critical,CA:TRUE\n');
  writeFileSync(
    join(folder, 'leaf.ext'),
    'basicConstraints=critical,CA:FALSE\nextendedKeyUsage=codeSigning\n',
  );
  for (const name of ['root', 'issuer', 'leaf', 'stranger']) openssl('genrsa', '-out', `${name}.key`, '2048');
  openssl(
    'req',
    '-new',
    '-x509',
    '-key',
    'root.key',
    '-subj',
    '/CN=Our Root CA',
    '-days',
    '30',
    '-out',
    'root.pem',
  );
  for (const [name, subject, by, extensions] of [
    ['issuer', '/CN=Our Issuer', 'root', 'ca.ext'],
    ['leaf', `/OU=${team}/CN=Developer: Somebody`, 'issuer', 'leaf.ext'],
  ] as const) {
    openssl('req', '-new', '-key', `${name}.key`, '-subj', subject, '-out', `${name}.csr`);
    openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-CA',
      `${by}.pem`,
      '-CAkey',
      `${by}.key`,
      '-CAcreateserial',
      '-days',
      '30',
      '-extfile',
      extensions,
      '-out',
      `${name}.pem`,
    );
  }
  openssl(
    'req',
    '-new',
    '-x509',
    '-key',
    'stranger.key',
    '-subj',
    `/OU=${team}/CN=Stranger`,
    '-days',
    '30',
    '-out',
    'stranger.pem',
  );
  writeFileSync(
    join(folder, 'chain.pem'),
    ['issuer.pem', 'root.pem'].map((name) => readFileSync(join(folder, name), 'utf8')).join(''),
  );
  root = new X509Certificate(readFileSync(join(folder, 'root.pem'))).fingerprint256;
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function signedBy(signer: string) {
  return (directory: Uint8Array) => {
    writeFileSync(join(folder, 'directory'), directory);
    openssl(
      'cms',
      '-sign',
      '-binary',
      '-in',
      'directory',
      '-signer',
      `${signer}.pem`,
      '-inkey',
      `${signer}.key`,
      '-certfile',
      'chain.pem',
      '-md',
      'sha256',
      '-outform',
      'DER',
      '-out',
      'cms',
    );
    return readFileSync(join(folder, 'cms'));
  };
}

describe('the code signature of a program', () => {
  it('names who signed it, when everything is as it was signed', async () => {
    const program = machO({ teamId: team, sign: signedBy('leaf') });
    expect(await verifyCodeSignature(program, { root })).toMatchObject({
      kind: 'developerId',
      teamId: team,
      identifier: 'com.example.nothing',
      hardenedRuntime: true,
      pages: 3,
      timestamped: false,
      signer: 'Developer: Somebody',
    });
  });

  it('is told apart: none, ad hoc', async () => {
    expect(await verifyCodeSignature(machO({ signed: false }))).toEqual({ kind: 'unsigned' });
    expect(await verifyCodeSignature(machO({}))).toMatchObject({ kind: 'adHoc', pages: 3 });
    const addon = (system: string) =>
      readFileSync(
        fileURLToPath(
          new URL(`../../../node_modules/better-sqlite3/prebuilds/${system}.node`, import.meta.url),
        ),
      );
    expect(await verifyCodeSignature(addon('darwin-arm64'))).toMatchObject({ kind: 'adHoc' });
    expect(await verifyCodeSignature(addon('darwin-x64'))).toEqual({ kind: 'unsigned' });
  });

  it('names the page that was changed', async () => {
    const program = machO({ teamId: team, sign: signedBy('leaf') });
    program[5000] = 0;
    await expect(verifyCodeSignature(program, { root })).rejects.toThrow(
      'Page 1 of 3 is not what was signed',
    );
  });

  it("does not take a stranger's, one of another team, or one that leads to another root", async () => {
    await expect(
      verifyCodeSignature(machO({ teamId: team, sign: signedBy('stranger') }), { root }),
    ).rejects.toThrow(/root/);
    await expect(
      verifyCodeSignature(machO({ teamId: 'ZZ', sign: signedBy('leaf') }), { root }),
    ).rejects.toThrow(/team/);
    await expect(verifyCodeSignature(machO({ teamId: team, sign: signedBy('leaf') }))).rejects.toThrow(
      /Apple's root/,
    );
  });

  it('does not take the signature of another program', async () => {
    const other = signedBy('leaf')(Buffer.from('another code directory'));
    await expect(verifyCodeSignature(machO({ teamId: team, sign: () => other }), { root })).rejects.toThrow(
      'The signature can not be verified.',
    );
  });

  it('ends in an answer or a clear error for any damage', async () => {
    const program = machO({ teamId: team, sign: signedBy('leaf') });
    await fc.assert(
      fc.asyncProperty(fc.nat(program.length - 1), fc.nat(255), fc.boolean(), async (at, byte, cut) => {
        const damaged = Buffer.from(cut ? program.subarray(0, at) : program);
        if (!cut) damaged[at] = byte;
        try {
          await verifyCodeSignature(damaged, { root });
        } catch (error) {
          expect(error).toBeInstanceOf(PackageFormatError);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('a universal file', () => {
  const programs = [
    { cpu: 'x86_64', content: machO({ cpuType: 0x01000007 }) },
    { cpu: 'arm64', content: machO({}) },
  ] as const;

  it('holds each program as it was, signature and all, at the alignment of its processor', async () => {
    const whole = universalBinary(programs);
    const read = slices(whole);
    expect(read.map(({ cpuType }) => cpuType)).toEqual([0x01000007, 0x0100000c]);
    for (const [index, { content }] of read.entries()) {
      expect(Buffer.from(content).equals(programs[index]?.content ?? Buffer.alloc(0))).toBe(true);
      expect(await verifyCodeSignature(content)).toMatchObject({ kind: 'adHoc' });
    }
    const view = Buffer.from(whole);
    expect(view.readUInt32BE(16) % 2 ** 12).toBe(0);
    expect(view.readUInt32BE(36) % 2 ** 14).toBe(0);
    writeFileSync(join(folder, 'fat'), whole);
    expect(execFileSync('file', ['-b', 'fat'], { cwd: folder, encoding: 'utf8' })).toMatch(
      /universal binary with 2/,
    );
  });

  it('that is none, or is cut off, is refused', () => {
    expect(() => slices(Buffer.from('no program'))).toThrow(PackageFormatError);
    expect(() => slices(Buffer.from(universalBinary(programs)).subarray(0, -1))).toThrow('cut off');
  });
});
