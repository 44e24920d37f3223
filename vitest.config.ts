import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { nodeProblem } from './scripts/check-node.js';

// Started by hand with an old Node, the tests would crash in SQLite instead of saying why.
const problem = nodeProblem();
if (problem !== null) {
  console.error(problem);
  process.exit(2);
}

/** Run by `npm run faults`. */
export const faults = [
  'damage',
  'failing-reads',
  'full-disk',
  'locks',
  'odd-files',
  'unwritable-history',
].map((name) => `test/installed/${name}.test.ts`);

/** Run by `npm run clickhouse`, which installs it. */
export const clickhouse = ['test/clickhouse/**/*.test.ts'];

/**
 * Tests that start no process and change nothing outside of themselves. Their files share a process, which
 * loads and compiles each module once. In the brackets: the files of a folder that start processes.
 */
const pure = [
  'architecture/**/*',
  'assess/**/*',
  'capture/**/!(capture)',
  'causes/**/*',
  'detect/**/!(ignored-issues|recorded-beside)',
  'issues/**/*',
  'mac/parse/**/!(growth)',
  'mac/sources/**/*',
  'notify/**/!(channels)',
  'observe/**/*',
  'rules/**/*',
  'settings/**/*',
  'simulation/**/!(recorded-calls|sysroot)',
  'texts/**/*',
].map((files) => `test/${files}.test.ts`);

/** Tests that start processes, and leave the process that they run in unchanged. Their files share one. */
const commands = [
  'article/**/*',
  'ci/**/*',
  'cli/**/*',
  'diagnose/**/*',
  'docs/**/*',
  'doctor/**/*',
  'export/**/*',
  'field/**/*',
  'fleet/**/*',
  'fleet-store/**/*',
  'history/**/*',
  'launchd/**/!(launch-agent)',
  'pkg-build/**/!(permissions|pbzx|programs)',
  'publish/**/*',
  'release/**/!(assets)',
  'report/**/*',
  'scripts/**/!(mutate)',
  'shared/**/*',
  'shell/**/*',
  'store/**/!(open|spare-run-file|suspicion)',
  'untrusted/**/!(read-in-child)',
  'validation/**/*',
  'verified/**/*',
].map((files) => `test/${files}.test.ts`);

/** What all tests share. */
export const shared = {
  reporters: ['default', './test/setup/closing-line-reporter.ts'],
  // Two more than processors: most tests wait for child processes, and the longest files wait for an agent
  // to poll for three quarters of their time.
  maxWorkers: availableParallelism() + 2,
  globalSetup: ['test/setup/global-setup.ts'],
  setupFiles: ['test/setup/regular-expressions.ts'],
  // A test waits for a condition of real processes, SQLite and signals. The limit only ends a hang.
  testTimeout: 600_000,
  hookTimeout: 600_000,
  // Dates in people's language depend on the zone; one zone makes a scenario read the same everywhere.
  // The processes of the tests share a cache of compiled code.
  env: {
    TZ: 'UTC',
    NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/node', import.meta.url)),
  },
};

export default defineConfig({
  test: {
    reporters: shared.reporters,
    projects: [
      {
        test: {
          ...shared,
          name: 'processes',
          include: ['test/**/*.test.ts'],
          exclude: [...faults, ...clickhouse, ...pure, ...commands],
        },
      },
      { test: { ...shared, name: 'commands', include: commands, isolate: false } },
      {
        test: {
          ...shared,
          name: 'pure',
          include: pure,
          isolate: false,
          // These tests wait for nothing: another worker would only load the modules once more. Vitest wants
          // a group of its own for a project with another number of workers.
          maxWorkers: availableParallelism(),
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
