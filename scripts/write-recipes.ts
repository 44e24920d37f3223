import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { preferencesDomain } from '../agent/settings/read-settings.ts';
import { version } from '../agent/shared/version.ts';
import { BuildError } from '../pkg-build/build-error.ts';
import { commitTime } from '../pkg-build/commit-time.ts';
import { packageName } from '../pkg-build/package-name.ts';
import { profiles } from '../pkg-build/profiles/profiles.ts';
import { projectAddress } from '../pkg-build/project-address.ts';
import { missingFacts, type ReleasedPackages, recipeFacts } from '../pkg-build/recipes/facts.ts';
import { recipes } from '../pkg-build/recipes/recipes.ts';
import { releaseSigner } from '../pkg-build/release-signer.ts';
import { sha256 } from '../pkg-build/write-whole.ts';
import { parseOptions, UsageError } from './parse-options.ts';

const usage = `Usage: npm run recipes -- [--packages FOLDER --out FOLDER]

Writes dist-recipes: recipes for AutoPkg, a label for Installomator, a cask, the facts for Fleet. A fact that does not
exist yet is UNSET in them.

  --packages FOLDER  the released packages: their version and checksums go into the files, and an UNSET is an error
  --out FOLDER       the folder for these files, with the manifest for ProfileManifests beside them
`;

const root = fileURLToPath(new URL('..', import.meta.url));

function optionsOf(args: string[]) {
  return parseOptions(args, {
    packages: { type: 'string' },
    out: { type: 'string' },
    help: { type: 'boolean', default: false },
  });
}

/** Throws BuildError when a package of this version is missing. */
function packagesIn(folder: string): ReleasedPackages {
  const sumOf = (architecture: 'arm64' | 'x86_64') => {
    const name = packageName(version, architecture);
    if (!existsSync(join(folder, name))) throw new BuildError(`There is no ${name} in ${folder}.`);
    return sha256(readFileSync(join(folder, name)));
  };
  return { version, sha256: { arm64: sumOf('arm64'), x86_64: sumOf('x86_64') } };
}

function write(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
    console.log(join(folder, path));
  }
}

function main(): void {
  const { packages, out, help } = optionsOf(process.argv.slice(2));
  if (help) return void process.stdout.write(usage);
  if (packages === undefined && out === undefined)
    write(join(root, 'dist-recipes'), recipes(recipeFacts(projectAddress, releaseSigner, null)));
  else if (packages !== undefined && out !== undefined) writeReleased(packages, out);
  else throw new UsageError('--packages and --out go together.');
}

function writeReleased(packages: string, out: string): void {
  const missing = missingFacts(projectAddress, releaseSigner);
  if (missing.length > 0) throw new BuildError(missing.join('\n'));
  const files = recipes(recipeFacts(projectAddress, releaseSigner, packagesIn(packages)));
  const changedAt = commitTime(root) ?? Math.floor(Date.now() / 1000);
  const manifest = profiles({ changedAt }).get(`${preferencesDomain}.plist`) ?? '';
  const manifests = 'profile-manifests/Manifests/ManagedPreferencesApplications';
  write(out, files.set(`${manifests}/${preferencesDomain}.plist`, manifest));
}

try {
  main();
} catch (error) {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\n${usage}`);
    process.exitCode = 2;
  } else if (error instanceof BuildError) {
    console.error(`recipes: ${error.message}`);
    process.exitCode = 1;
  } else throw error;
}
