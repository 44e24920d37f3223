import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { faults } from '../vitest.config.ts';
import {
  reliabilityPage,
  runText,
  withFigures,
  withTestFigures,
  writeReliabilityPage,
} from './reliability/reliability-page.ts';

/**
 * `npm run figures`: runs the tests that docs/reliability.md names, for minutes, and prints what each file
 * measured. --write puts it into the page. Exit status 1: a test failed, and nothing is written.
 */
const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });

const resultsShape = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(
        z.object({
          status: z.string(),
          meta: z.object({ figure: z.optional(z.string()) }),
        }),
      ),
    }),
  ),
});

const root = fileURLToPath(new URL('..', import.meta.url));
const named = new Set<string>();
withTestFigures(readFileSync(reliabilityPage, 'utf8'), (tests) => {
  for (const file of tests.flatMap(filesOf)) named.add(file);
  return '';
});

/** The test files of a path or a glob, relative to the checkout. */
function filesOf(path: string): string[] {
  const pattern = path.endsWith('.ts') ? path : `${path.replace(/\/$/, '')}/**/*.test.ts`;
  const files = globSync(pattern, { cwd: root });
  if (files.length === 0) throw new Error(`There is no test ${path}.`);
  return files.sort();
}

const slow = [...named].filter((file) => faults.includes(file));
const others = [...named].filter((file) => !faults.includes(file));
const results = [...testsOf(others, 'vitest.config.ts'), ...testsOf(slow, 'vitest.faults.config.ts')];

/** Runs these files, and returns what each of their tests said. */
function testsOf(files: readonly string[], config: string) {
  const folder = mkdtempSync(join(tmpdir(), 'psso-figures-'));
  try {
    const output = join(folder, 'results.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${output}`];
    const args = ['exec', '--', 'vitest', 'run', '--config', config, ...reporters, ...files];
    spawnSync('npm', args, { cwd: root, stdio: 'inherit' });
    return resultsShape.parse(JSON.parse(readFileSync(output, 'utf8'))).testResults.map((file) => ({
      file: file.name.slice(root.length),
      tests: file.assertionResults,
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function figureOf(paths: readonly string[]): string {
  const files = paths.flatMap(filesOf);
  const tests = results.filter(({ file }) => files.includes(file)).flatMap((one) => one.tests);
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const figures = tests.flatMap(({ meta }) => (meta.figure === undefined ? [] : [meta.figure]));
  return [`${passed} of ${tests.length} tests`, ...figures].join('; ');
}

for (const { file } of results) console.log(`figures: ${file}: ${figureOf([file])}`);
const failed = results.filter(({ tests }) => tests.some(({ status }) => status === 'failed'));
for (const { file } of failed) console.log(`figures: ${file} failed`);
if (failed.length > 0) process.exitCode = 1;
else if (values.write)
  writeReliabilityPage((page) => withFigures(withTestFigures(page, figureOf), { tests: runText('') }));
