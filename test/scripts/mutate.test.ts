import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';
import { refused } from '../../scripts/mutate/compiler.ts';
import { ImportGraph } from '../../scripts/mutate/imports.ts';
import { applied, difference, type Mutant } from '../../scripts/mutate/mutant.ts';
import { MutatedFile } from '../../scripts/mutate/mutated-file.ts';
import { Results, scoreOf } from '../../scripts/mutate/results.ts';
import { sample } from '../../scripts/mutate/sample.ts';
import { shellMutants } from '../../scripts/mutate/shell-mutants.ts';
import { stages } from '../../scripts/mutate/stages.ts';
import { targetsIn } from '../../scripts/mutate/targets.ts';
import { testsOf } from '../../scripts/mutate/tests-of.ts';
import { typescriptMutants } from '../../scripts/mutate/typescript-mutants.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const all = (source: string, mutants: readonly Mutant[]) => mutants.map((mutant) => applied(source, mutant));
const ofTypescript = (source: string) => all(source, typescriptMutants('a.ts', source));
const ofShell = (source: string) => all(source, shellMutants(source));

describe('the mutants of TypeScript', () => {
  test.each([
    ['f(a < b);', ['f(a <= b);', ';']],
    ['f(a && b || c);', ['f(a || b || c);', 'f(a && b && c);', ';']],
    ['f(a ?? b);', ['f(a);', 'f(b);', ';']],
    ['const a = b ? c : d;', ['const a = true ? c : d;', 'const a = false ? c : d;']],
    ['const a = [b, ...c];', ['const a = [...c];', 'const a = [b, ];']],
    ['const a = { b, c: d };', ['const a = { c: d };', 'const a = { b,  };']],
    ["const a: 'x' | 'y' = 'x';", ["const a: 'x' | 'y' = '';"]],
    [
      "import a from 'b'; const c = /^d$/;",
      ["import a from 'b'; const c = /d$/;", "import a from 'b'; const c = /^d/;"],
    ],
    ['const a = Math.min(b.sort(), 2);', ['max', 'b, 2', '3', '1']],
  ])('%s', (source, expected) => {
    const found = ofTypescript(source);
    for (const text of expected)
      expect(
        found.some((mutated) => mutated.includes(text)),
        text,
      ).toBe(true);
    expect(found.length).toBe(expected.length);
  });

  test('of the deciding files can be parsed', () => {
    for (const folder of ['agent/detect', 'agent/store', 'agent/notify', 'agent/history']) {
      for (const name of readdirSync(join(root, folder)).filter((file) => file.endsWith('.ts'))) {
        const source = readFileSync(join(root, folder, name), 'utf8');
        const some = typescriptMutants(name, source).filter((_, index) => index % 10 === 0);
        const wrong = some.filter((mutant) => parseSync(name, applied(source, mutant)).errors.length > 0);
        expect(
          wrong.map((mutant) => difference(source, mutant)),
          name,
        ).toEqual([]);
      }
    }
  });
});

describe('the mutants of shell scripts', () => {
  test('change tests, modes and commands, and no comments', () => {
    const found = ofShell(
      '# umask 022 && a\numask 022\nif [ ! -d "$1" ]; then\n  chmod 755 "$1" || fail\nfi\n',
    );
    expect(found.every((mutated) => mutated.startsWith('# umask 022 && a\n'))).toBe(true);
    for (const text of [
      '\n:\nif',
      'umask 7',
      'if true; then',
      'if [ -d',
      'chmod 777',
      '&& fail',
      '\n  :\nfi',
    ])
      expect(
        found.some((mutated) => mutated.includes(text)),
        text,
      ).toBe(true);
  });

  test('of the installer can be parsed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'psso-mutants-'));
    try {
      const source = readFileSync(join(root, 'pkg-build/installer/common.sh'), 'utf8');
      const wrong = shellMutants(source).filter((mutant, index) => {
        if (index % 5 !== 0) return false;
        const file = join(folder, 'mutant.sh');
        writeFileSync(file, applied(source, mutant));
        try {
          execFileSync('sh', ['-n', file], { stdio: 'pipe' });
          return false;
        } catch {
          return true;
        }
      });
      expect(wrong.map((mutant) => difference(source, mutant))).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

test('a sample is even over the areas and their files, and the same for the same seed', () => {
  const areas = [[['a1', 'a2', 'a3'], ['b1'], ['c1', 'c2', 'c3', 'c4']], [['d1', 'd2', 'd3', 'd4']]];
  const drawn = sample(areas, 6, 7);
  expect(sample(areas, 6, 7)).toEqual(drawn);
  expect(sample(areas, 6, 8)).not.toEqual(drawn);
  expect(new Set(drawn).size).toBe(6);
  const files = drawn.map((name) => name.charAt(0)).sort();
  expect(files).toEqual(['a', 'b', 'c', 'd', 'd', 'd']);
  expect(sample(areas, 99, 1).toSorted()).toEqual(areas.flat(2).toSorted());
});

test('a file is restored, also when the tests throw', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'psso-mutants-'));
  try {
    const path = join(folder, 'a.ts');
    writeFileSync(path, 'f(1);\n');
    const file = new MutatedFile(path);
    const mutant = { start: 2, end: 3, text: '2', kind: 'number' };
    expect(await file.with(mutant, async () => readFileSync(path, 'utf8'))).toBe('f(2);\n');
    await expect(file.with(mutant, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(readFileSync(path, 'utf8')).toBe('f(1);\n');
    expect(difference(file.source, mutant)).toEqual({ line: 1, before: 'f(1);', after: 'f(2);' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the compiler judges a mutant of each file in one run, and runs again while it finds one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'psso-mutants-'));
  try {
    const placed = ['a.ts', 'b.ts', 'a.ts'].map((name, index) => {
      writeFileSync(join(folder, name), 'f(1);\nf(2);\n');
      const mutant = { start: 8, end: 9, text: String(index), kind: 'number' };
      return { target: { name, file: new MutatedFile(join(folder, name)) }, mutant };
    });
    const runs: string[][] = [];
    // It refuses what the first and the second write, and says so of one at a time.
    const compile = () => {
      const texts = ['a.ts', 'b.ts'].map((name) => readFileSync(join(folder, name), 'utf8'));
      runs.push(texts);
      const wrong = texts[1] === 'f(1);\nf(1);\n' ? 'b.ts' : texts[0] === 'f(1);\nf(0);\n' ? 'a.ts' : null;
      const elsewhere = { file: 'a.ts', line: 1 };
      return Promise.resolve(wrong === null ? [elsewhere] : [elsewhere, { file: wrong, line: 2 }]);
    };
    expect([...(await refused(placed, compile))]).toEqual([placed[1], placed[0]]);
    expect(runs).toEqual([
      ['f(1);\nf(0);\n', 'f(1);\nf(1);\n'],
      ['f(1);\nf(0);\n', 'f(1);\nf(2);\n'],
      ['f(1);\nf(2);\n', 'f(1);\nf(2);\n'],
    ]);
    expect(readFileSync(join(folder, 'a.ts'), 'utf8')).toBe('f(1);\nf(2);\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('every part of the agent has tests', () => {
  for (const { name } of readdirSync(join(root, 'agent'), { withFileTypes: true }).filter((one) =>
    one.isDirectory(),
  )) {
    const tests = testsOf(`agent/${name}/a.ts`);
    expect(tests, name).not.toBeNull();
    for (const path of tests ?? []) {
      const [, folder = '', beginning = ''] = /^(.*\/)(.*)$/.exec(path) ?? [];
      expect(
        readdirSync(join(root, folder)).some((file) => file.startsWith(beginning)),
        path,
      ).toBe(true);
    }
  }
});

test('a folder stands for its files; a file of types only has no mutant', () => {
  const installer = targetsIn(root, [join(root, 'pkg-build/installer')]);
  expect(installer.flat().map(({ name }) => name)).toEqual([
    'pkg-build/installer/common.sh',
    'pkg-build/installer/postinstall',
    'pkg-build/installer/preinstall',
  ]);
  const store = targetsIn(root, [join(root, 'agent/store'), join(root, 'agent/store/store.ts')]);
  const names = store.map((targets) => targets.map(({ name }) => name));
  expect(names[0]).toContain('agent/store/writes.ts');
  expect(names[0]).not.toContain('agent/store/store.ts');
  expect(names[1]).toEqual([]);
  const [few] = targetsIn(root, [join(root, 'agent/store')], ['write', 'reader']);
  expect(few?.length).toBe((names[0]?.length ?? 0) - 2);
});

test('the tests of a file are those that reach it, by an import or by the command line, the quick ones first', () => {
  const graph = new ImportGraph();
  const reaches = (test: string, file: string) => graph.reaches(join(root, test), join(root, file));
  expect(reaches('test/detect/plan-poll.test.ts', 'agent/detect/plan-poll.ts')).toBe(true);
  expect(reaches('test/shared/safe-text.test.ts', 'agent/detect/plan-poll.ts')).toBe(false);
  expect(reaches('test/untrusted/commands.test.ts', 'agent/detect/plan-poll.ts')).toBe(true);
  const durations = new Map([
    ['test/a/slow.test.ts', 9],
    ['test/a/quick.test.ts', 0.1],
    ['test/a/other.test.ts', 0.1],
    ['test/b/quick.test.ts', 0.1],
  ]);
  expect(stages(durations, ['test/a/'], (test) => !test.includes('other'))).toEqual([
    ['test/a/quick.test.ts'],
    ['test/a/slow.test.ts'],
  ]);
});

test('verdicts are kept, so that an ended run continues', () => {
  const folder = mkdtempSync(join(tmpdir(), 'psso-mutants-'));
  try {
    const file = join(folder, 'results.ndjson');
    const first = new Results(file);
    first.add('a.ts 1-2 x', 'killed');
    first.addDurations(new Map([['test/a.test.ts', 1.5]]));
    first.add('a.ts 3-4 y', 'survived');
    const second = new Results(file);
    expect(second.verdictOf('a.ts 1-2 x')).toBe('killed');
    expect(second.verdictOf('a.ts 5-6 z')).toBeUndefined();
    expect(second.durations?.get('test/a.test.ts')).toBe(1.5);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  expect(scoreOf(['killed', 'killed', 'refused by the compiler', 'survived', 'timed out'])).toBe(
    '2 killed, 1 timed out, 1 refused by the compiler, 1 survived: 75 %',
  );
});
