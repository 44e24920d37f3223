import { chmodSync, copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile, type Plugin } from 'esbuild';

import { buildPage } from '../agent/report/build-page.ts';
import { lean } from './lean.ts';
import { reportPage } from './report-page.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The addon's name beside the bundle, on every system. */
export const addonName = 'better_sqlite3.node';

/**
 * better-sqlite3 finds its addon among its own prebuilds, which are not there in a bundle: the one beside the bundle is
 * its default `nativeBinding`.
 */
const addonBesideTheBundle: Plugin = {
  name: 'addon-beside-the-bundle',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/binding$/ }, ({ importer }) =>
      /better-sqlite3[/\\]lib[/\\]/.test(importer) ? { path: 'binding', namespace: 'addon' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'addon' }, () => ({
      contents: `
        import { createRequire } from 'node:module';
        import { join } from 'node:path';
        const load = createRequire(import.meta.url);
        export const getBinding = (given) =>
          typeof given === 'object' && given !== null ? given : load(given ?? join(import.meta.dirname, '${addonName}'));
      `,
      loader: 'js',
      resolveDir: root,
    }));
  },
};

/**
 * The agent as plain JavaScript in `folder`, which is emptied first: a chunk for each command, so that a command carries only
 * what it needs; the demonstration's scenario. Answers what went into it.
 *
 * `addon` is copied beside it. The output is the same, byte for byte, wherever the checkout is.
 */
export async function bundleAgent({ folder, addon }: { folder: string; addon: string }): Promise<Metafile[]> {
  rmSync(folder, { recursive: true, force: true });
  const page = await buildPage();
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { 'psso-monitor': 'agent/psso-monitor.js' },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    minify: true,
    metafile: true,
    platform: 'node',
    target: 'node26',
    format: 'esm',
    legalComments: 'none',
    plugins: [addonBesideTheBundle, lean, reportPage(page.parts)],
    // pino, commander and better-sqlite3 are CommonJS inside.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
  });
  chmodSync(join(folder, 'psso-monitor.mjs'), 0o755);
  copyFileSync(addon, join(folder, addonName));
  copyFileSync(join(root, 'test/scenarios/working-day.ndjson'), join(folder, 'working-day.ndjson'));
  return [metafile, page.metafile];
}

/** better-sqlite3's addon for a system, from its package in node_modules. */
export function prebuiltAddon(system: 'darwin-arm64' | 'darwin-x64' | 'linux-arm64' | 'linux-x64'): string {
  const file = join(root, 'node_modules/better-sqlite3/prebuilds', `${system}.node`);
  if (!existsSync(file))
    throw new Error(`better-sqlite3 has no addon for ${system}; run npm ci --ignore-scripts.`);
  return file;
}
