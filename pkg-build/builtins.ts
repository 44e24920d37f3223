import { createRequire, isBuiltin } from 'node:module';
import type { Plugin } from 'esbuild';

const load = createRequire(import.meta.url);

/** Names that can be exported. */
const identifier = /^[A-Za-z_$][\w$]*$/;

/**
 * Reads only the used properties of Node's own modules.
 *
 * `import … from 'node:fs'` makes Node read every property of the module, and some load further modules:
 * 34 for `node:fs`, 32 for `node:util`. That costs time at each start and memory for the whole run
 * (docs/decisions/0014-node-as-it-is.md).
 */
export const builtinsAsTheyAre: Plugin = {
  name: 'builtins-as-they-are',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?[a-z_]+(\/[a-z]+)?$/ }, ({ path, kind }) => {
      const required = kind === 'require-call';
      if (!isBuiltin(path) || !(required || kind === 'import-statement')) return undefined;
      const namespace = required ? 'builtin-required' : 'builtin';
      return { path: path.replace(/^node:/, ''), namespace, sideEffects: false };
    });
    onLoad({ filter: /.*/, namespace: 'builtin-required' }, ({ path }) => ({
      contents: `module.exports = ${moduleOf(path)};`,
      loader: 'js',
    }));
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: [
        `const $$module = ${moduleOf(path)};`,
        'const $$read = (name) => $$module[name];',
        'export default $$module;',
        // esbuild drops a property that no module imports, with its read.
        ...namesOf(path).map(
          (name) => `const $${name} = /* @__PURE__ */ $$read('${name}'); export { $${name} as ${name} };`,
        ),
      ].join('\n'),
      loader: 'js',
    }));
  },
};

/** Node's modules that a bundle uses, from the inputs of its metafile. */
export function builtinsAmong(inputs: Iterable<string>): string[] {
  const names = [...inputs].map((input) => /^builtin(?:-required)?:(.+)$/.exec(input)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}

function moduleOf(path: string): string {
  return `process.getBuiltinModule('node:${path}')`;
}

function namesOf(path: string): string[] {
  const loaded: unknown = load(`node:${path}`);
  const names = typeof loaded === 'object' || typeof loaded === 'function' ? Object.keys(loaded ?? {}) : [];
  return names.filter((name) => identifier.test(name) && name !== 'default');
}
