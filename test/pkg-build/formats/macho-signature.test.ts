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
}, 60_000);
afterAll(() => authority.remove());

const signed = (more: MachO = {}, signer = 'leaf') =>
  machO({ teamId: team, sign: (directory) => authority.sign(signer, directory), ...more });
const verify = (program: Uint8Array) => verifyCodeSignature(program, { root });

/** The code directory of a program and its genuine signature, to be borrowed for another program. */
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
  it('names who signed it, when everything is as it was signed', async () => {
    expect(await verify(signed())).toEqual({
      kind: 'developerId',
      identifier: 'com.example.nothing',
      teamId: team,
      hardenedRuntime: true,
      pages: 3,
      cdHash: expect.stringMatching(/^[0-9a-f]{40}$/),
      timestamped: false,
      signer: 'Developer: Somebody',
      certificates: ['leaf', 'issuer', 'root'].map((name) =>
        Uint8Array.from(authority.certificate(name).raw),
      ),
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
    const program = signed();
    program[5000] = 0;
    await expect(verify(program)).rejects.toThrow('Page 1 of 3 is not what was signed');
  });

  it("does not take a stranger's, one of another team, or one that leads to another root", async () => {
    await expect(verify(signed({}, 'stranger'))).rejects.toThrow(/root/);
    await expect(verify(signed({ teamId: 'ZZ' }))).rejects.toThrow(/team/);
    await expect(verifyCodeSignature(signed())).rejects.toThrow(/Apple's root/);
  });

  it("does not take a certificate of the team's that is for something else than Developer ID", async () => {
    await expect(verify(signed({}, 'unmarked'))).rejects.toThrow('no Developer ID');
  });

  it('does not take a directory whose hashes are weak', async () => {
    await expect(verify(signed({ digest: 'sha1' }))).rejects.toThrow(/SHA-256/);
  });

  it('ends in an answer or a clear error for any damage', async () => {
    const program = signed();
    // The last 60 kB are room that is not used; damage there would prove nothing.
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

  it.each([0, 1, 4, 8, 11])('that is said to be %i bytes long is a clear error', async (length) => {
    const program = signed();
    program.writeUInt32LE(length, 44);
    await expect(verify(program)).rejects.toThrow(PackageFormatError);
  });
});

/** Each takes a genuine signature by the right team and puts it on a program that the team never saw. */
describe('a borrowed signature is not taken', () => {
  it('as it is', async () => {
    const { cms } = genuine();
    await expect(verify(machO({ fill: 1, teamId: team, sign: () => cms }))).rejects.toThrow(
      PackageFormatError,
    );
  });

  it('with the directory it is of put inside it', async () => {
    const { directory, cms } = genuine();
    const attached = authority.withContent(cms, directory);
    await expect(verify(machO({ fill: 1, teamId: team, sign: () => attached }))).rejects.toThrow(
      'brings a content of its own',
    );
  });

  it('with the directory it is of beside the one that the pages match', async () => {
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

  it("from somebody whose certificate has the genuine one's number, and who brings that one along", async () => {
    const program = machO({
      fill: 1,
      teamId: team,
      sign: (directory) => authority.sign('impostor', directory, 'with-leaf.pem'),
    });
    await expect(verify(program)).rejects.toThrow(/root/);
  });

  it('with rights that were added afterwards', async () => {
    const entitlements = Buffer.from('fade717100000008', 'hex');
    const program = signed({ rearrange: (blobs) => [...blobs, { slot: 5, bytes: entitlements }] });
    await expect(verify(program)).rejects.toThrow('Slot 5 of the signature is not what was signed');
  });

  it('when a slot is there twice', async () => {
    const program = signed({ rearrange: (blobs) => [...blobs, ...blobs.slice(0, 1)] });
    await expect(verify(program)).rejects.toThrow('twice');
  });
});

describe('the timestamp of a signature', () => {
  const stamped = (clock: string, { signer = 'leaf', of }: { signer?: string; of?: Uint8Array } = {}) =>
    machO({ teamId: team, sign: (directory) => authority.signAndStamp(signer, directory, clock, of) });

  it('counts when it is of this signature and by an authority below the same root', async () => {
    expect(await verify(stamped('clock'))).toMatchObject({ kind: 'developerId', timestamped: true });
  });

  it('is refused when it is of another signature, or by anybody', async () => {
    await expect(verify(stamped('clock', { of: Buffer.from('another signature') }))).rejects.toThrow(
      /timestamp/,
    );
    await expect(verify(stamped('strange-clock'))).rejects.toThrow(/timestamp/);
  });

  it('is refused when the certificate was not valid at that time; without one, nobody knows the time', async () => {
    await expect(verify(stamped('clock', { signer: 'expired' }))).rejects.toThrow('was not valid');
    expect(await verify(signed({}, 'expired'))).toMatchObject({ timestamped: false });
  });
});
