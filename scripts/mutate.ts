/**
 * npm run mutate -- FILE|FOLDER… [--except NAME]… [--seed N] [--count N]
 *   [--results FILE] [--part 1/2] [--longest SECONDS]
 *
 * Measures the tests of these files. It draws mutants (one small change each), evenly over the arguments and
 * within a folder over its files (but those whose name begins with an excepted one), writes one at a time
 * into the real file, runs the tests of the area that reach the file, the quick ones first, and restores the
 * file, also after Ctrl-C. A survivor is a change that no test noticed: a missing assertion, dead code, or a
 * change without effect. What the compiler refuses can't be committed: it checks all mutants first, many in
 * one run, and each survivor.
 * --results keeps the verdicts: the same command continues where it was ended. --part lets several
 * checkouts share a sample and its results. --longest leaves out the test files that take more seconds: the
 * score is then a lower bound, and its survivors can be measured again without it.
 * Exit status: 0, 1: a mutant survived, 2: wrong usage, or the tests fail without a mutant.
 */
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compilerErrors, refused } from './mutate/compiler.ts';
import { ImportGraph } from './mutate/imports.ts';
import { difference, type Mutant } from './mutate/mutant.ts';
import { Results, scoreOf, type Verdict } from './mutate/results.ts';
import { type Durations, TestRun } from './mutate/run-tests.ts';
import { sample } from './mutate/sample.ts';
import { stages } from './mutate/stages.ts';
import { type Target, targetsIn, UnknownTestsError } from './mutate/targets.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const usage =
  'Usage: npm run mutate -- FILE|FOLDER… [--except NAME]… [--seed N] [--count N] [--results FILE] [--part 1/2] [--longest SECONDS]';
const tests = new TestRun(root);
const graph = new ImportGraph();
const compile = () => compilerErrors(root);

interface Drawn {
  readonly target: Target;
  readonly mutant: Mutant;
  readonly id: string;
}

function wrongUsage(problem: string): never {
  console.error(`${problem}\n${usage}`);
  process.exit(2);
}

function options() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      except: { type: 'string', multiple: true, default: [] },
      seed: { type: 'string', default: String(Date.now() % 100_000) },
      count: { type: 'string', default: '20' },
      results: { type: 'string' },
      part: { type: 'string', default: '1/1' },
      longest: { type: 'string', default: 'Infinity' },
    },
  });
  const [seed, count] = [Number(values.seed), Number(values.count)];
  const [part = 0, parts = 0] = values.part.split('/').map(Number);
  if (positionals.length === 0 || !Number.isInteger(seed) || !Number.isInteger(count))
    wrongUsage('Files are needed; seed and count are whole numbers.');
  if (!(Number.isInteger(parts) && part >= 1 && part <= parts)) wrongUsage('A part is a number such as 1/2.');
  const results = values.results === undefined ? null : resolve(values.results);
  const longest = Number(values.longest);
  if (!(longest > 0)) wrongUsage('The longest is a number of seconds.');
  return { paths: positionals, except: values.except, seed, count, part, parts, results, longest };
}

function targets(paths: readonly string[], except: readonly string[]): readonly Target[][] {
  try {
    return targetsIn(root, paths, except);
  } catch (error) {
    if (error instanceof UnknownTestsError) return wrongUsage(error.message);
    throw error;
  }
}

async function measured(all: readonly Target[], results: Results): Promise<Durations> {
  if (results.durations !== null) return results.durations;
  const { durations, failed } = await tests.measure([...new Set(all.flatMap((target) => target.tests))]);
  if (failed.length > 0) wrongUsage(`These tests fail without a mutant: ${failed.join(', ')}.`);
  // A checkout that the compiler refuses would hide every survivor.
  if ((await compile()).length > 0) wrongUsage('The compiler refuses this checkout without a mutant.');
  results.addDurations(durations);
  return durations;
}

const isCompiled = ({ target }: Pick<Drawn, 'target'>) => target.name.endsWith('.ts');

async function verdictOf(target: Target, durations: Durations): Promise<Verdict> {
  const reaches = (test: string) =>
    !isCompiled({ target }) || graph.reaches(join(root, test), target.file.path);
  for (const files of stages(durations, target.tests, reaches)) {
    const outcome = await tests.run(files);
    if (outcome !== 'passed') return outcome === 'failed' ? 'killed' : 'timed out';
  }
  if (!isCompiled({ target })) return 'survived';
  return (await compile()).length === 0 ? 'survived' : 'refused by the compiler';
}

function print({ target, mutant }: Drawn, verdict: Verdict): void {
  const { line, before, after } = difference(target.file.source, mutant);
  console.log(`${target.name}:${line} ${verdict} (${mutant.kind})\n  - ${before}\n  + ${after}`);
}

async function main(): Promise<void> {
  const { paths, except, seed, count, part, parts, results: file, longest } = options();
  const areas = targets(paths, except);
  const all = areas.flat();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      tests.end();
      for (const target of all) target.file.restore();
      process.exit(130);
    });
  }
  const drawable: Drawn[][][] = areas.map((area) =>
    area.map((target) =>
      target.mutants.map((mutant) => ({
        target,
        mutant,
        id: `${target.name} ${mutant.start}-${mutant.end} ${mutant.text}`,
      })),
    ),
  );
  const drawn = sample(drawable, count, seed);
  const results = new Results(file);
  console.log(
    `${drawn.length} of ${drawable.flat(2).length} mutants of ${all.length} files, seed ${seed}, part ${part}/${parts}`,
  );
  const mine = drawn.filter(
    ({ id }, index) => index % parts === part - 1 && results.verdictOf(id) === undefined,
  );
  const measuredAll: Durations = mine.length === 0 ? new Map() : await measured(all, results);
  const durations = new Map([...measuredAll].filter(([, seconds]) => seconds <= longest));
  for (const one of await refused(mine.filter(isCompiled), compile))
    results.add(one.id, 'refused by the compiler');
  for (const [index, one] of mine.entries()) {
    if (results.verdictOf(one.id) !== undefined) continue;
    if (process.stderr.isTTY) process.stderr.write(`\r${index + 1}/${mine.length}\r`);
    const verdict = await one.target.file.with(one.mutant, () => verdictOf(one.target, durations));
    results.add(one.id, verdict);
    if (verdict !== 'killed') print(one, verdict);
  }
  results.readAgain();
  const verdictsOf = (some: readonly Drawn[]) => some.flatMap(({ id }) => results.verdictOf(id) ?? []);
  for (const [index, area] of areas.entries()) {
    const ofArea = drawn.filter(({ target }) => area.includes(target));
    if (areas.length > 1) console.log(`${paths[index]}: ${scoreOf(verdictsOf(ofArea))}`);
  }
  const verdicts = verdictsOf(drawn);
  console.log(`${scoreOf(verdicts)} (${verdicts.length} of ${drawn.length}, seed ${seed})`);
  process.exitCode = verdicts.includes('survived') ? 1 : 0;
}

await main();
