import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { underFileLimit } from '../../helpers/file-limit.ts';

export interface Child {
  readonly pid: number;
  /** The next line it prints; null once it has ended. */
  line(): Promise<string | null>;
  /** SIGKILL: what nothing can prepare for. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** Resolves with all further lines when it has ended by itself, with status 0. */
  ended(): Promise<string[]>;
}

/** Starts a script of this folder with the Node that runs the tests; it never outlives the test. */
export function start(
  script: string,
  args: readonly string[],
  options: { fileLimitKiB?: number } = {},
): Child {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const [program, ...rest] = underFileLimit([process.execPath, path, ...args], options.fileLimitKiB);
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const gone = once(child, 'close');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async () => {
    const next = await lines.next();
    return next.done === true ? null : next.value;
  };
  return {
    pid: pidOf(child),
    line,
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
    ended: async () => {
      const rest: string[] = [];
      for (let next = await line(); next !== null; next = await line()) rest.push(next);
      await gone;
      if (child.exitCode !== 0) throw new Error(`${script} ended with ${child.exitCode ?? child.signalCode}`);
      return rest;
    },
  };
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('the process could not be started');
  return child.pid;
}
