import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BuildError } from '../pkg-build/build-error.ts';
import { commitTime } from '../pkg-build/commit-time.ts';
import { PackageFormatError } from '../pkg-build/formats/tree.ts';
import { isSigned } from '../pkg-build/formats/xar.ts';
import { packageName } from '../pkg-build/package-name.ts';
import { projectAddress } from '../pkg-build/project-address.ts';
import { releaseSigner } from '../pkg-build/release-signer.ts';
import { sha256 } from '../pkg-build/write-whole.ts';
import { parseOptions, UsageError } from './parse-options.ts';
import { type PackageFile, releaseAssets } from './release/assets.ts';
import { laterProblems, type ReleaseFacts, releaseProblems, signatureProblem } from './release/conditions.ts';
import { releaseFacts } from './release/facts.ts';
import { changelogSection, releaseNotes } from './release/release-notes.ts';

const usage = `Usage: npm run release:check -- [--tag vVERSION | --release] [--conditions] [--packages FOLDER] [--skip-tests] [--out FOLDER]

Does all of a release that needs no Mac and no secret: checks, three packages, bills of materials, files for admins,
checksums, notes, tests. Without --tag and --release it is a rehearsal: it prints what a release still lacks, and passes.

  --tag vVERSION     refuse unless this version can be released now, under this tag
  --release          refuse unless it can be released now
  --conditions       only look at what a release needs
  --packages FOLDER  take these packages instead of building them
  --skip-tests       leave out the checks of the code and all tests
  --out FOLDER       instead of build/release
`;

const root = fileURLToPath(new URL('..', import.meta.url));
const architectures = ['arm64', 'x86_64', 'universal'] as const;

/** What the last lines list. */
const done: string[] = [];
const notHere = [
  'the same bytes on a Mac: the workflow builds all packages on macOS too, and compares',
  'the checks on a Mac: the workflow installs, checks, upgrades and removes the package there',
  'signature and notarization: a Mac with a Developer ID; in the workflow by its secrets (docs/releasing.md)',
  'the attestation of provenance, and the release itself: the workflow, from a tag',
];

function optionsOf(args: string[]) {
  return parseOptions(args, {
    tag: { type: 'string' },
    release: { type: 'boolean', default: false },
    conditions: { type: 'boolean', default: false },
    packages: { type: 'string' },
    'skip-tests': { type: 'boolean', default: false },
    out: { type: 'string', default: join(root, 'build/release') },
    help: { type: 'boolean', default: false },
  });
}

/** Runs a program of the checkout to its end, with its output. Throws BuildError when it fails. */
function run(what: string, command: string, ...args: string[]): void {
  console.log(`\n== ${what}`);
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (error !== undefined || status !== 0)
    throw new BuildError(`${what}: ${command} ${args.join(' ')} failed.`, { cause: error });
  done.push(what);
}

function buildPackages(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  const builder = join(root, 'scripts/build-pkg.ts');
  for (const architecture of architectures)
    run(`package for ${architecture}`, process.execPath, builder, '--arch', architecture, '--out', folder);
}

/** The three packages of this version. Throws BuildError when one is missing. */
function packagesIn(folder: string, version: string): PackageFile[] {
  const there = readdirSync(folder);
  return architectures.map((architecture) => {
    const name = packageName(version, architecture);
    if (!there.includes(name)) throw new BuildError(`There is no ${name} in ${folder}.`);
    return { name, bytes: readFileSync(join(folder, name)) };
  });
}

function writeRelease(
  packages: readonly PackageFile[],
  facts: ReleaseFacts,
  out: string,
  signed: boolean,
): void {
  const { version, changelog } = facts;
  const builtAt = process.env.SOURCE_DATE_EPOCH ?? commitTime(root);
  if (builtAt === null) throw new BuildError('The time of the commit is unknown: set SOURCE_DATE_EPOCH.');
  const assets = releaseAssets(packages, { version, builtAt: Number(builtAt) });
  const folder = join(out, 'assets');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of assets) writeFileSync(join(folder, name), content);
  done.push(`${assets.size} files in ${folder}: packages, bills of materials, files for admins, SHA256SUMS`);
  const listed = packages.map(({ name, bytes }) => ({
    name,
    bytes: bytes.byteLength,
    sha256: sha256(bytes),
  }));
  // A rehearsal comes before the version has its section.
  const section = changelogSection(changelog, version) ?? changelogSection(changelog, 'Unreleased');
  const changes = section?.text ?? '';
  const notes = releaseNotes({ version, address: projectAddress, packages: listed, signed, changes });
  writeFileSync(join(out, 'notes.md'), notes);
  done.push(
    `notes of the changelog in ${join(out, 'notes.md')}; the packages are ${signed ? '' : 'not '}signed`,
  );
}

function printed(heading: string, lines: readonly string[]): void {
  if (lines.length > 0) console.log(`\n${heading}\n${lines.map((line) => `  - ${line}`).join('\n')}`);
}

/** Builds and checks all that a release has. Throws BuildError. */
function makeRelease(options: ReturnType<typeof optionsOf>, facts: ReleaseFacts): void {
  const { out, packages: finished, 'skip-tests': skipTests } = options;
  if (!skipTests) for (const check of ['lint', 'typecheck', 'knip']) run(check, 'npm', 'run', '-s', check);
  const folder = finished ?? join(out, 'packages');
  if (finished === undefined) buildPackages(folder);
  const packages = packagesIn(folder, facts.version);
  const signed = packages.every(({ bytes }) => isSigned(bytes));
  const problem = finished === undefined ? null : signatureProblem(signed, releaseSigner);
  if (problem !== null) throw new BuildError(problem);
  writeRelease(packages, facts, out, signed);
  const verify = join(root, 'scripts/ci/verify-checksums.sh');
  run('the checksums, read again', 'sh', verify, join(out, 'assets'));
  if (!skipTests) run('all tests', 'npm', 'test');
}

function main(): void {
  const options = optionsOf(process.argv.slice(2));
  if (options.help) return void process.stdout.write(usage);
  const facts = releaseFacts(root, options.tag ?? null);
  const problems = releaseProblems(facts);
  const strict = options.tag !== undefined || options.release;
  if (strict && problems.length > 0)
    throw new BuildError(`${facts.version} can not be released:\n  - ${problems.join('\n  - ')}`);
  if (!options.conditions) makeRelease(options, facts);
  console.log(`\nPSSO Monitor ${facts.version}, commit ${facts.commit ?? 'unknown'}`);
  printed('Done:', done);
  const skipped = 'lint, types, unused code and all tests: left out by --skip-tests';
  if (!options.conditions)
    printed('Not done here:', [...(options['skip-tests'] ? [skipped] : []), ...notHere]);
  printed(`${facts.version} is not releasable yet:`, problems);
  printed('Later:', laterProblems(facts));
  if (problems.length === 0) console.log(`\nNothing forbids the release of ${facts.version}.`);
}

try {
  main();
} catch (error) {
  const isKnown =
    error instanceof UsageError || error instanceof BuildError || error instanceof PackageFormatError;
  if (!isKnown) throw error;
  console.error(
    error instanceof UsageError ? `${error.message}\n\n${usage}` : `release:check: ${error.message}`,
  );
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
