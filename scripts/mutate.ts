/**
 * npm run mutate -- FILE… [--seed N] [--count N]
 *
 * Measures the tests of these files. It draws mutants (one small change each), evenly over the files, writes
 * one at a time into the real file, runs the tests of the area, and restores the file, also after Ctrl-C. A
 * survivor is a change that no test noticed: a missing assertion, dead code, or a change without effect. The
 * compiler checks the survivors, since what it refuses can't be committed.
 * Exit status: 0, 1: a mutant survived, 2: wrong usage, or the tests fail without a mutant.
 */
import { spawn } from 'node:child_process';
import { extname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { difference, type Mutant } from './mutate/mutant.ts';
import { MutatedFile } from './mutate/mutated-file.ts';
import { sample } from './mutate/sample.ts';
import { shellMutants } from './mutate/shell-mutants.ts';
import { type ConcernedTests, testsOf } from './mutate/tests-of.ts';
import { typescriptMutants } from './mutate/typescript-mutants.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const usage = 'Usage: npm run mutate -- FILE… [--seed N] [--count N]   (count: 20 by default)';
/**
 * Milliseconds after which a run of tests is ended: a mutant can loop for ever. A busy machine is slow too,
 * so a mutant whose run is ended is neither killed nor survived.
 */
const longestRun = 600_000;

interface Target {
  readonly name: string;
  readonly file: MutatedFile;
  readonly tests: ConcernedTests;
}

type Verdict = 'killed' | 'timed out' | 'refused by the compiler' | 'survived';

function wrongUsage(problem: string): never {
  console.error(`${problem}\n${usage}`);
  process.exit(2);
}

function target(argument: string): Target {
  const name = relative(root, resolve(argument)).split(sep).join('/');
  const tests = testsOf(name);
  if (tests === null) wrongUsage(`No tests are known for ${name}: add them to scripts/mutate/tests-of.ts.`);
  return { name, file: new MutatedFile(resolve(argument)), tests };
}

function mutantsOf({ name, file }: Target): Mutant[] {
  return extname(name) === '.ts' ? typescriptMutants(name, file.source) : shellMutants(file.source);
}

type Outcome = 'passed' | 'failed' | 'timed out';

let running: ReturnType<typeof spawn> | null = null;

/** Runs a program of node_modules in its own process group, and ends the group when it takes too long. */
function runProgram(script: string, args: readonly string[]): Promise<Outcome> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [resolve(root, 'node_modules', script), ...args], {
      cwd: root,
      stdio: 'ignore',
      detached: true,
      // Snapshots are compared and never written.
      env: { ...process.env, CI: '1' },
    });
    running = child;
    const timer = setTimeout(() => {
      endGroup(child.pid);
      done('timed out');
    }, longestRun);
    child.on('close', (status) => {
      clearTimeout(timer);
      running = null;
      done(status === 0 ? 'passed' : 'failed');
    });
  });
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

const runTests = (files: readonly string[]): Promise<Outcome> =>
  runProgram('vitest/vitest.mjs', ['run', '--bail=1', '--maxWorkers=1', '--no-isolate', ...files]);

async function verdictOf({ name, tests }: Target): Promise<Verdict> {
  for (const files of [tests.near, tests.wide]) {
    const outcome = files.length === 0 ? 'passed' : await runTests(files);
    if (outcome !== 'passed') return outcome === 'failed' ? 'killed' : 'timed out';
  }
  if (extname(name) !== '.ts') return 'survived';
  return (await runProgram('typescript/bin/tsc', ['--noEmit', '-p', '.'])) === 'passed'
    ? 'survived'
    : 'refused by the compiler';
}

async function requirePassing(targets: readonly Target[]): Promise<void> {
  const files = new Set(targets.flatMap(({ tests }) => [...tests.near, ...tests.wide]));
  for (const file of files) {
    if ((await runTests([file])) !== 'passed')
      wrongUsage(`${file} fails or takes more than ${longestRun / 1000} s without a mutant.`);
  }
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seed: { type: 'string', default: String(Date.now() % 100_000) },
      count: { type: 'string', default: '20' },
      // For a second sample of the same files, whose tests have just passed.
      'skip-first-run': { type: 'boolean', default: false },
    },
  });
  const [seed, count] = [Number(values.seed), Number(values.count)];
  if (positionals.length === 0 || !Number.isInteger(seed) || !Number.isInteger(count))
    wrongUsage('Files are needed; seed and count are whole numbers.');
  const targets = positionals.map(target);

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      for (const { file } of targets) file.restore();
      endGroup(running?.pid);
      process.exit(130);
    });
  }

  const all = targets.map((one) => mutantsOf(one).map((mutant) => ({ one, mutant })));
  const drawn = sample(all, count, seed);
  console.log(`${drawn.length} of ${all.flat().length} mutants of ${targets.length} files, seed ${seed}`);
  if (!values['skip-first-run']) await requirePassing(targets);

  const counts: Record<Verdict, number> = {
    killed: 0,
    'timed out': 0,
    'refused by the compiler': 0,
    survived: 0,
  };
  for (const [index, { one, mutant }] of drawn.entries()) {
    if (process.stderr.isTTY) process.stderr.write(`\r${index + 1}/${drawn.length}\r`);
    const verdict = await one.file.with(mutant, () => verdictOf(one));
    counts[verdict] += 1;
    if (verdict === 'killed') continue;
    const { line, before, after } = difference(one.file.source, mutant);
    console.log(`${one.name}:${line} ${verdict} (${mutant.kind})\n  - ${before}\n  + ${after}`);
  }
  const list = Object.entries(counts).map(([verdict, of]) => `${of} ${verdict}`);
  const caught = counts.killed + counts['refused by the compiler'];
  const decided = caught + counts.survived;
  const score = decided === 0 ? '' : `: ${Math.round((1000 * caught) / decided) / 10} %`;
  console.log(`${list.join(', ')}${score} (seed ${seed})`);
  process.exitCode = counts.survived === 0 ? 0 : 1;
}

await main();
