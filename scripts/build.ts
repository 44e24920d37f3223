import { chmodSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { validateCatalogue } from '../agent/catalogue/catalogue.ts';

/**
 * `npm run build`: the agent as plain JavaScript in dist/, a chunk for each command so that a command carries only what it
 * needs. A catalogue that does not validate is not built.
 */
const problems = validateCatalogue(Date.now());
if (problems.length > 0) {
  for (const problem of problems) console.error(`${problem.id}: ${problem.message}`);
  process.exit(1);
}

const root = fileURLToPath(new URL('..', import.meta.url));
const outdir = `${root}dist`;
rmSync(outdir, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: { 'psso-monitor': 'agent/psso-monitor.js' },
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  minify: true,
  platform: 'node',
  target: 'node26',
  format: 'esm',
  // The native addon can't be bundled; its package stays beside the bundle.
  external: ['better-sqlite3'],
  // pino and commander are CommonJS inside.
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
});
chmodSync(`${outdir}/psso-monitor.mjs`, 0o755);
