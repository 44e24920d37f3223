import { fileURLToPath } from 'node:url';
import { validateCatalogue } from '../agent/issues/catalogue.ts';
import { bundleAgent, prebuiltAddon } from '../pkg-build/bundle.ts';

/**
 * `npm run build`: the agent as plain JavaScript in dist/, with SQLite for this system. An invalid catalogue
 * ends the build.
 */
const problems = validateCatalogue(Date.now());
if (problems.length > 0) {
  for (const problem of problems) console.error(`${problem.id}: ${problem.message}`);
  process.exit(1);
}
const system = `${process.platform}-${process.arch}`;
if (
  system !== 'darwin-arm64' &&
  system !== 'darwin-x64' &&
  system !== 'linux-arm64' &&
  system !== 'linux-x64'
) {
  console.error(`There is no build for ${system}: macOS and Linux, on arm64 and x64.`);
  process.exit(1);
}
await bundleAgent({
  folder: fileURLToPath(new URL('../dist', import.meta.url)),
  addon: prebuiltAddon(system),
});
