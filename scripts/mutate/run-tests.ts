import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import * as z from 'zod';

export type Outcome = 'passed' | 'failed' | 'timed out';

/**
 * Milliseconds after which a program is ended. A busy machine is slow too, so a mutant whose run is ended is
 * neither killed nor survived.
 */
const longestRunMs = 1_200_000;
/** Processor seconds of a process: a mutant that loops for ever fails, on a busy machine too. */
const processorSeconds = 180;

/** Seconds by test file. */
export type Durations = ReadonlyMap<string, number>;

const report = z.object({
  testResults: z.array(
    z.object({ name: z.string(), status: z.string(), startTime: z.number(), endTime: z.number() }),
  ),
});

/** Runs vitest in a checkout. */
export class TestRun {
  readonly #root: string;
  #running: ReturnType<typeof spawn> | null = null;

  constructor(root: string) {
    this.#root = root;
  }

  /** Ends at the first test that fails. */
  run(files: readonly string[]): Promise<Outcome> {
    return this.#vitest(files, ['--bail=1'], processorSeconds);
  }

  /** How long each test file takes, and which of them fail. */
  async measure(beginnings: readonly string[]): Promise<{ durations: Durations; failed: string[] }> {
    const folder = mkdtempSync(join(tmpdir(), 'psso-mutate-'));
    try {
      const file = join(folder, 'report.json');
      await this.#vitest(beginnings, ['--reporter=json', `--outputFile=${file}`], 'unlimited');
      const { testResults } = report.parse(JSON.parse(readFileSync(file, 'utf8')));
      const named = testResults.map((one) => ({
        ...one,
        name: relative(this.#root, one.name).split(sep).join('/'),
      }));
      return {
        durations: new Map(named.map(({ name, startTime, endTime }) => [name, (endTime - startTime) / 1000])),
        failed: named.filter(({ status }) => status !== 'passed').map(({ name }) => name),
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  end(): void {
    const pid = this.#running?.pid;
    if (pid === undefined) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  }

  #vitest(
    files: readonly string[],
    more: readonly string[],
    seconds: number | 'unlimited',
  ): Promise<Outcome> {
    const args = ['run', '--maxWorkers=1', '--no-isolate', ...more, ...files];
    return this.#program('vitest/vitest.mjs', args, seconds);
  }

  /** In its own process group, which is ended when it takes too long. */
  #program(script: string, args: readonly string[], seconds: number | 'unlimited'): Promise<Outcome> {
    return new Promise((done) => {
      const program = [process.execPath, resolve(this.#root, 'node_modules', script), ...args];
      const child = spawn('sh', ['-c', `ulimit -t ${seconds}; exec "$@"`, 'sh', ...program], {
        cwd: this.#root,
        stdio: 'ignore',
        detached: true,
        // Snapshots are compared and never written.
        env: { ...process.env, CI: '1' },
      });
      this.#running = child;
      let timedOut = false;
      const timer =
        seconds === 'unlimited'
          ? undefined
          : setTimeout(() => {
              timedOut = true;
              this.end();
            }, longestRunMs);
      child.on('close', (status) => {
        clearTimeout(timer);
        this.#running = null;
        if (timedOut) done('timed out');
        else done(status === 0 ? 'passed' : 'failed');
      });
    });
  }
}
