import { readFileSync } from 'node:fs';
import { BuildError } from '../pkg-build/build-error.ts';
import { PackageFormatError } from '../pkg-build/formats/tree.ts';
import { packageHashes } from '../pkg-build/package-hashes.ts';

/** `npm run -s hashes -- FILE.pkg`: what allow-lists compare, of each program of a package. */
const [file] = process.argv.slice(2);
if (file === undefined || file.startsWith('-')) {
  console.error('Usage: npm run -s hashes -- FILE.pkg');
  process.exit(2);
}
try {
  for (const { path, architecture, identifier, teamId, cdHash, sha256 } of await packageHashes(
    readFileSync(file),
  )) {
    console.log(`${path} (${architecture})`);
    console.log(`  Team ID     ${teamId || 'none'}`);
    console.log(`  Signing ID  ${teamId === '' ? 'none' : `${teamId}:${identifier}`}`);
    console.log(`  cdhash      ${cdHash || 'none'}`);
    console.log(`  SHA-256     ${sha256}`);
  }
} catch (error) {
  const isKnown =
    error instanceof PackageFormatError ||
    error instanceof BuildError ||
    (error instanceof Error && 'code' in error);
  if (!isKnown) throw error;
  console.error(`hashes: ${file} can't be read: ${error.message}`);
  process.exit(1);
}
