import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyCodeSignature } from '../../../pkg-build/formats/macho-signature.ts';
import { PackageFormatError } from '../../../pkg-build/formats/tree.ts';
import { Authority, team } from './authority.ts';
import { type MachO, machO } from './macho.ts';

let authority: Authority;
let root: string;

beforeAll(() => {
  authority = new Authority();
  root = authority.certificate('root').fingerprint256;
});
afterAll(() => authority.remove());

const signed = (more: MachO = {}, signer = 'leaf') =>
  machO({ teamId: team, sign: (directory) => authority.sign(signer, directory), ...more });
const verify = (program: Uint8Array) => verifyCodeSignature(program, { root });

/** The code directory of a program and its genuine signature, to be used for another program. */
function genuine(): { directory: Buffer; cms: Buffer } {
  let found: { directory: Buffer; cms: Buffer } = { directory: Buffer.alloc(0), cms: Buffer.alloc(0) };
  machO({
    teamId: team,
    sign: (directory) => {
      found = { directory: Buffer.from(directory), cms: authority.sign('leaf', directory) };
      return found.cms;
    },
  });
  return found;
}

describe('the code signature of a program', () => {
  it('names its signer when nothing was changed', async () => {
    expect(await verify(signed())).toEqual({
      kind: 'developerId',
      identifier: 'com.example.nothing',
      teamId: team,
      hardenedRuntime: true,
      pages: 3,
      cdHash: expect.stringMatching(/^[0-9a-f]{40}$/),
      timestamped: false,
      signer: 'Developer: Example',
      certificates: ['leaf', 'issuer', 'root'].map((name) =>
        Uint8Array.from(authority.certificate(name).raw),
      ),
    });
  });

  it('is distinguished from none and from an ad-hoc one', async () => {
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
    const program = signed();
    program[5000] = 0;
    await expect(verify(program)).rejects.toThrow('Page 1 of 3 is not what was signed');
  });

  it('is refused when it is by a stranger, of another team, or below another root', async () => {
    await expect(verify(signed({}, 'stranger'))).rejects.toThrow('root');
    await expect(verify(signed({ teamId: 'ZZ' }))).rejects.toThrow(/team/);
    await expect(verifyCodeSignature(signed())).rejects.toThrow(/Apple's root/);
  });

  it('is refused when the certificate of the team is no Developer ID', async () => {
    await expect(verify(signed({}, 'unmarked'))).rejects.toThrow('no Developer ID');
  });

  it('is refused when the directory has weak hashes', async () => {
    await expect(verify(signed({ digest: 'sha1' }))).rejects.toThrow(/SHA-256/);
  });

  it('with any damage is verified or refused with a clear error', async () => {
    const program = signed();
    // The last 60 kB are unused space; damage there would prove nothing.
    const used = program.length - 56 * 1024;
    await fc.assert(
      fc.asyncProperty(fc.nat(used), fc.nat(255), fc.boolean(), async (at, byte, cut) => {
        const damaged = Buffer.from(cut ? program.subarray(0, at) : program);
        if (!cut) damaged[at] = byte;
        try {
          await verify(damaged);
        } catch (error) {
          expect(error).toBeInstanceOf(PackageFormatError);
        }
      }),
      { numRuns: 200 },
    );
  });

  it.each([0, 1, 4, 8, 11])('is refused with a stated length of %i bytes', async (length) => {
    const program = signed();
    program.writeUInt32LE(length, 44);
    await expect(verify(program)).rejects.toThrow(PackageFormatError);
  });
});

/** Each test puts a genuine signature of the team on a program that the team did not sign. */
describe('a signature of another program is refused', () => {
  it('unchanged', async () => {
    const { cms } = genuine();
    await expect(verify(machO({ fill: 1, teamId: team, sign: () => cms }))).rejects.toThrow(
      PackageFormatError,
    );
  });

  it('with its own directory enclosed', async () => {
    const { directory, cms } = genuine();
    const attached = authority.withContent(cms, directory);
    await expect(verify(machO({ fill: 1, teamId: team, sign: () => attached }))).rejects.toThrow(
      'encloses another content',
    );
  });

  it('with its own directory beside the one of this program', async () => {
    const { directory, cms } = genuine();
    const program = machO({
      fill: 1,
      teamId: team,
      sign: () => cms,
      rearrange: ([own, requirements, signature]) => [
        { slot: 0x1000, bytes: own?.bytes ?? Buffer.alloc(0) },
        { slot: 0, bytes: directory },
        ...[requirements, signature].filter((blob) => blob !== undefined),
      ],
    });
    await expect(verify(program)).rejects.toThrow('is not what was signed');
  });

  it('of an impostor whose certificate has the number of the genuine one, which is enclosed', async () => {
    const program = machO({
      fill: 1,
      teamId: team,
      sign: (directory) => authority.sign('impostor', directory, 'with-leaf.pem'),
    });
    await expect(verify(program)).rejects.toThrow('root');
  });

  it('with entitlements that were added later', async () => {
    const entitlements = Buffer.from('fade717100000008', 'hex');
    const program = signed({ rearrange: (blobs) => [...blobs, { slot: 5, bytes: entitlements }] });
    await expect(verify(program)).rejects.toThrow('Slot 5 of the signature is not what was signed');
  });

  it('with a slot twice', async () => {
    const program = signed({ rearrange: (blobs) => [...blobs, ...blobs.slice(0, 1)] });
    await expect(verify(program)).rejects.toThrow('twice');
  });
});

describe('the timestamp of a signature', () => {
  const stamped = (clock: string, { signer = 'leaf', of }: { signer?: string; of?: Uint8Array } = {}) =>
    machO({ teamId: team, sign: (directory) => authority.signAndStamp(signer, directory, clock, of) });

  it('is accepted when it is of this signature, by an authority below the same root', async () => {
    expect(await verify(stamped('clock'))).toMatchObject({ kind: 'developerId', timestamped: true });
  });

  it('is refused when it is of another signature, or by an unknown authority', async () => {
    await expect(verify(stamped('clock', { of: Buffer.from('another signature') }))).rejects.toThrow(
      /timestamp/,
    );
    await expect(verify(stamped('strange-clock'))).rejects.toThrow(/timestamp/);
  });

  it('is refused when the certificate was not valid then; without one, the dates are not checked', async () => {
    await expect(verify(stamped('clock', { signer: 'expired' }))).rejects.toThrow('was not valid');
    expect(await verify(signed({}, 'expired'))).toMatchObject({ timestamped: false });
  });
});
