import { chmodSync, copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile, type Plugin } from 'esbuild';

import { buildPage } from '../agent/report/build-page.ts';
import { builtinsAsTheyAre } from './builtins.ts';
import { lean } from './lean.ts';
import { reportPage } from './report-page.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** pino, commander and better-sqlite3 are CommonJS. */
const requireHere = "const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);";

/** The addon's name beside the bundle, on every system. */
export const addonName = 'better_sqlite3.node';

/**
 * Makes the addon beside the bundle the default `nativeBinding`. better-sqlite3 would search its folder of
 * prebuilds, which a bundle does not have.
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
        import { join, relative } from 'node:path';
        const load = createRequire(import.meta.url);
        const beside = join(import.meta.dirname, '${addonName}');
        export const getBinding = (given) =>
          typeof given === 'object' && given !== null ? given : load(given ?? beside);
      `,
      loader: 'js',
      resolveDir: root,
    }));
  },
};

/** What the launcher starts: two bundles, so that the agent does not load the code of the commands. */
const entries = {
  resident: 'agent/daemon/start-agent.ts',
  main: 'agent/cli/main.ts',
} as const;

/**
 * What these modules need is one file of the resident agent's bundle, and the rest is another. To parse a
 * file, V8 needs several times its size, and the process may keep that memory; more files hold more memory.
 */
const firstFile = ['agent/settings/read-settings.ts', 'agent/mac/sources.ts'];

/**
 * Leaves out of the resident agent's bundle what only commands call: the redaction and the simulated output
 * of each source (agent/mac/source.ts), whose libraries would come along with the first property list, and
 * the copies and functions of better-sqlite3 that exports need.
 */
const commandsOnly: Plugin = {
  name: 'commands-only',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/(redacted|simulated)\.ts$/ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, namespace: 'commands-only' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'commands-only' }, ({ path }) => ({
      contents: `throw new Error('the agent has no ${path.slice(2, -3)} output');`,
      loader: 'js',
    }));
    onLoad({ filter: /better-sqlite3[/\\]lib[/\\]methods[/\\](?:backup|function)\.js$/ }, () => ({
      contents: "module.exports = () => { throw new Error('only commands call it'); };",
      loader: 'js',
    }));
  },
};

/**
 * Makes each module that the agent loads late import the agent first, which is loaded by then. Otherwise
 * esbuild cuts the agent's code into a file for each set of late modules that use it: 38 files, which hold
 * more memory than two (docs/decisions/0009-memory.md).
 */
const agentBeforeLateModules: Plugin = {
  name: 'agent-before-late-modules',
  setup({ onResolve, onLoad, resolve }) {
    const resolvedHere = Symbol('resolved here');
    onResolve({ filter: /^\./ }, async ({ path, kind, resolveDir, pluginData }) => {
      if (kind !== 'dynamic-import' || pluginData === resolvedHere) return;
      const found = await resolve(path, { kind, resolveDir, pluginData: resolvedHere });
      return found.namespace === 'file' ? { path: relative(root, found.path), namespace: 'late' } : found;
    });
    onLoad({ filter: /.*/, namespace: 'late' }, ({ path }) => ({
      contents: `import './${entries.resident}'; export * from './${path}';`,
      resolveDir: root,
    }));
  },
};

/** Leaves the entries out of the launcher's bundle: they are files beside it. */
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
 * Writes the agent as plain JavaScript into `folder`, which is emptied first, with `addon` and the scenario
 * of `demo`. Returns esbuild's metafiles, the resident agent's first.
 *
 * The output does not depend on the path of the checkout.
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
    const { metafile } = await build({
      ...options(name),
      entryPoints: { [name]: source },
      ...(name === 'resident'
        ? { stdin: { contents: firstFile.map((path) => `import './${path}';`).join(''), resolveDir: root } }
        : {}),
      splitting: true,
      plugins: [
        ...(name === 'resident' ? [commandsOnly, agentBeforeLateModules] : []),
        ...[addonBesideTheBundle, lean, builtinsAsTheyAre, reportPage(page.parts)],
      ],
    });
    metafiles.push(withoutNeedlessRequire(withoutFirstFileEntry(metafile)));
  }
  const launcher = await build({
    ...options('launcher'),
    entryPoints: { 'psso-monitor': 'agent/psso-monitor.js' },
    plugins: [entriesApart, builtinsAsTheyAre],
    banner: {},
  });
  chmodSync(join(folder, 'psso-monitor.mjs'), 0o755);
  copyFileSync(addon, join(folder, addonName));
  return [...metafiles, launcher.metafile, page.metafile];
}

/** Removes the banner from files without `require`: to run it costs time at each start, and memory. */
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

/** Deletes the entry that made the first file: it is empty, and no file imports it. */
function withoutFirstFileEntry(metafile: Metafile): Metafile {
  const outputs = Object.entries(metafile.outputs).filter(([path, { entryPoint }]) => {
    const needless = entryPoint === '<stdin>';
    if (needless) rmSync(join(root, path));
    return !needless;
  });
  return { ...metafile, outputs: Object.fromEntries(outputs) };
}

/** The path of better-sqlite3's addon for a system, in node_modules. */
export function prebuiltAddon(system: 'darwin-arm64' | 'darwin-x64' | 'linux-arm64' | 'linux-x64'): string {
  const file = join(root, 'node_modules/better-sqlite3/prebuilds', `${system}.node`);
  if (!existsSync(file))
    throw new Error(`better-sqlite3 has no addon for ${system}; run npm ci --ignore-scripts.`);
  return file;
}
