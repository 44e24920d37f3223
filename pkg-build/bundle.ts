import { chmodSync, copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile, type Plugin } from 'esbuild';

import { buildPage } from '../agent/report/build-page.ts';
import { builtinsAsTheyAre } from './builtins.ts';
import { lean } from './lean.ts';
import { reportPage } from './report-page.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** pino, commander and better-sqlite3 are CommonJS inside. */
const requireHere = "const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);";

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

/** What the launcher starts, each without what the other needs. The command line has a chunk for each command. */
const entries = {
  resident: 'agent/daemon/start-agent.ts',
  main: 'agent/cli/main.ts',
} as const;

/**
 * Where the resident agent's code is cut: whatever one of these and the agent both use becomes a file of its own. V8 needs about ten times the
 * size of a file to read it, and the process keeps what it once asked the system for (docs/decisions/0015-quiet-looks.md). More files
 * than these cost more than they save.
 */
const residentParts = [
  'agent/store/sqlite-store.ts',
  'agent/observe/observe.ts',
  'agent/mac/read/app-sso.ts',
  'agent/detect/detect.ts',
  'agent/settings/read-settings.ts',
];

/** The entries stand beside the launcher under their own names. */
const entriesApart: Plugin = {
  name: 'entries-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/(daemon\/start-agent|cli\/main)\.ts$/ }, ({ path, kind }) => {
      const name = path.replace(/^(\.\.?\/)+/, '');
      const found = Object.entries(entries).find(([, source]) => source.endsWith(name));
      return found === undefined || kind === 'entry-point'
        ? undefined
        : { path: `./${found[0]}.mjs`, external: true };
    });
  },
};

/**
 * The agent as plain JavaScript in `folder`, which is emptied first; the demonstration's scenario. Answers what went into it, the
 * resident agent's part first.
 *
 * `addon` is copied beside it. The output is the same, byte for byte, wherever the checkout is.
 */
export async function bundleAgent({ folder, addon }: { folder: string; addon: string }): Promise<Metafile[]> {
  rmSync(folder, { recursive: true, force: true });
  const page = await buildPage();
  const options = (name: string) =>
    ({
      absWorkingDir: root,
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      chunkNames: `${name}-[name]-[hash]`,
      bundle: true,
      minify: true,
      metafile: true,
      platform: 'node',
      target: 'node26',
      format: 'esm',
      legalComments: 'none',
      banner: { js: requireHere },
    }) as const;
  const metafiles: Metafile[] = [];
  for (const [name, source] of Object.entries(entries)) {
    const parts = name === 'resident' ? residentParts : [];
    const { metafile } = await build({
      ...options(name),
      entryPoints: [
        { in: source, out: name },
        ...parts.map((part, index) => ({ in: part, out: `${name}-part-${index}` })),
      ],
      splitting: true,
      plugins: [addonBesideTheBundle, lean, builtinsAsTheyAre, reportPage(page.parts)],
    });
    metafiles.push(withoutNeedlessRequire(withoutParts(metafile, parts)));
  }
  const launcher = await build({
    ...options('launcher'),
    entryPoints: { 'psso-monitor': 'agent/psso-monitor.js' },
    plugins: [entriesApart],
    banner: {},
  });
  chmodSync(join(folder, 'psso-monitor.mjs'), 0o755);
  copyFileSync(addon, join(folder, addonName));
  copyFileSync(join(root, 'agent/simulation/working-day.ndjson'), join(folder, 'working-day.ndjson'));
  return [...metafiles, launcher.metafile, page.metafile];
}

/** esbuild gives every file the same banner; where nothing asks for `require`, making it takes time at each start, and memory for good. */
function withoutNeedlessRequire(metafile: Metafile): Metafile {
  const outputs = Object.entries(metafile.outputs).map(([path, output]) => {
    const text = readFileSync(join(root, path), 'utf8');
    const code = text.slice(requireHere.length + 1);
    if (!text.startsWith(requireHere) || /\brequire\b/.test(code)) return [path, output] as const;
    writeFileSync(join(root, path), code);
    return [path, { ...output, bytes: Buffer.byteLength(code) }] as const;
  });
  return { ...metafile, outputs: Object.fromEntries(outputs) };
}

/** A part is there to cut the code; the file that only names what is in it is nobody's. */
function withoutParts(metafile: Metafile, parts: readonly string[]): Metafile {
  const outputs = Object.entries(metafile.outputs).filter(([path, { entryPoint }]) => {
    const needless = entryPoint !== undefined && parts.includes(entryPoint);
    if (needless) rmSync(join(root, path));
    return !needless;
  });
  return { ...metafile, outputs: Object.fromEntries(outputs) };
}

/** better-sqlite3's addon for a system, from its package in node_modules. */
export function prebuiltAddon(system: 'darwin-arm64' | 'darwin-x64' | 'linux-arm64' | 'linux-x64'): string {
  const file = join(root, 'node_modules/better-sqlite3/prebuilds', `${system}.node`);
  if (!existsSync(file))
    throw new Error(`better-sqlite3 has no addon for ${system}; run npm ci --ignore-scripts.`);
  return file;
}
