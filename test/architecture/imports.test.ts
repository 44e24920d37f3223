import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

/**
 * The folders of agent/, from the top to the bottom. A file imports from its own folder and from those below
 * it, never from one above. docs/architecture.md describes each folder.
 */
const layers = [
  'cli',
  'diagnose',
  'capture',
  'simulation',
  'doctor',
  'daemon',
  'report',
  'fleet-store',
  'fleet',
  'export',
  'validation',
  'history',
  'untrusted',
  'publish',
  'notify',
  'settings',
  'rules',
  'texts',
  'issues',
  'causes',
  'observe',
  'detect',
  'mac',
  'store',
  'assess',
  'shared',
];
/** The only files beside the folders. */
const entry = ['psso-monitor.js'];
/** Imports that still point upwards, as `from -> to`; to be emptied, never added to. */
const exceptions: readonly string[] = [];

const root = fileURLToPath(new URL('../..', import.meta.url));
const agent = join(root, 'agent');
const files = readdirSync(agent, { recursive: true, withFileTypes: true })
  .filter((file) => file.isFile() && /\.(?:ts|js)$/.test(file.name))
  .map((file) => relative(root, join(file.parentPath, file.name)).split(sep).join('/'));

/** `import … from`, `export … from`, `import '…'` and `import('…')`, loaded at any time; types too. */
const specifier =
  /(?:^|\n)\s*(?:import|export)\b[^'";]*?\bfrom\s*'([^']+)'|(?:^|\n)\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'/g;

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(specifier)]
    .map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? '')
    .filter((path) => path.startsWith('.'))
    .map((path) => posix.normalize(posix.join(dirname(file), path)));
}

const imports = new Map(files.map((file) => [file, importsOf(file)]));

/** 0 is the top. The entry is above all folders; a file outside agent/ has no layer. */
function placeOf(file: string): number {
  const [, folder = '', ...rest] = file.split('/');
  return rest.length === 0 ? -1 : layers.indexOf(folder);
}

describe('the imports of agent/', () => {
  test('agent/ holds the entry and the folders of the list, and nothing else', () => {
    const parts = files.map((file) => file.split('/').slice(1));
    expect(parts.filter(({ length }) => length === 1).flat()).toEqual(entry);
    expect(new Set(parts.filter(({ length }) => length > 1).map(([folder]) => folder))).toEqual(
      new Set(layers),
    );
  });

  test('docs/architecture.md describes the folders, in this order', () => {
    const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
    expect([...page.matchAll(/^\| `([a-z-]+)\/` \| \S/gm)].map(([, folder]) => folder)).toEqual(layers);
  });

  test('the entry file of each folder opens with two lines on what lives there', () => {
    const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
    const rows = [...page.matchAll(/^\| `([a-z-]+)\/` \| `([\w-]+\.ts)` \| \S/gm)];
    expect(rows.map(([, folder]) => folder)).toEqual(layers);
    for (const [, folder = '', file = ''] of rows) {
      const [first, second, third] = readFileSync(join(agent, folder, file), 'utf8').split('\n');
      expect([first?.startsWith(`// ${folder}/: `), second?.startsWith('// '), third], folder).toEqual([
        true,
        true,
        '',
      ]);
    }
  });

  test('point downwards only', () => {
    const upwards = [...imports].flatMap(([from, targets]) =>
      targets
        .filter((to) => to.startsWith('agent/') && placeOf(to) < placeOf(from))
        .map((to) => `${from} -> ${to}`),
    );
    expect(upwards.sort()).toEqual([...exceptions].sort());
  });

  test('form no circle', () => {
    const seen = new Map<string, 'open' | 'done'>();
    const circles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (seen.get(file) === 'done') return;
      if (seen.get(file) === 'open') {
        circles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
        return;
      }
      seen.set(file, 'open');
      for (const next of imports.get(file) ?? []) visit(next, [...path, file]);
      seen.set(file, 'done');
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });

  test('never lead into test/, and lead out of agent/ only to shipped files', () => {
    const outside = [...imports.values()].flat().filter((to) => !to.startsWith('agent/'));
    expect(
      outside.filter((to) => !/^(?:launchd\/|package\.json$|scripts\/check-node\.js$)/.test(to)),
    ).toEqual([]);
  });

  test('no file keeps anything at the top of its module, but for what a process has once', () => {
    // The state of standard output, and the locks that last as long as the process. A page is a process too.
    const once = ['agent/cli/print/standard-output.ts', 'agent/store/instance-lock.ts'];
    const kept =
      /^(?:export )?(?:let\b|var\b|const \w+(?:: (?!Readonly)[^=\n]+)? = new (?:Weak)?(?:Map|Set)<)/m;
    const found = files
      .filter((file) => !file.startsWith('agent/report/page/') && !once.includes(file))
      .filter((file) => kept.test(readFileSync(join(root, file), 'utf8')));
    expect(found).toEqual([]);
  });

  test('no file uses a private interface of Node', () => {
    const internal =
      /\bprocess\.binding\b|\binternalBinding\b|['"](?:node:)?internal\/|\._handle\b|_wrap['"]/;
    expect(files.filter((file) => internal.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
  });

  test('detect/ reads no file, starts no command and reads no clock', () => {
    const found = files
      .filter((file) => file.startsWith('agent/detect/'))
      .filter((file) =>
        /from 'node:|\bDate\.now\(|\bnew Date\(\)|\bprocess\./.test(readFileSync(join(root, file), 'utf8')),
      );
    expect(found).toEqual([]);
  });
});
