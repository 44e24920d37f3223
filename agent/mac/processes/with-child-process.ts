import { type ChildProcess, spawn } from 'node:child_process';
import type { Attendant, StartedProcess, StartProcess } from './start.ts';

/** By `node:child_process`, with any Node. */
export const startWithChildProcess: StartProcess = (what, attendant) => {
  let child: ChildProcess;
  try {
    child = spawn(what.program, what.args, {
      cwd: what.folder,
      env: what.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: false,
    });
  } catch (error) {
    // Node reports some errors of starting a process this way, and arguments that no command can be given.
    attendant.notStarted(reasonOf(error));
    return { kill() {}, release() {} };
  }
  return attended(child, attendant);
};

function attended(child: ChildProcess, attendant: Attendant): StartedProcess {
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.on('data', (chunk: Buffer) => attendant.output(name, chunk));
    // A stream that breaks leaves what came before; the exit status tells the rest.
    child[name]?.on('error', () => {});
  }
  child.on('error', (error) => {
    if (child.pid === undefined) attendant.notStarted(reasonOf(error));
  });
  child.once('exit', (status, signal) => attendant.exited(status, signal));
  child.once('close', () => {
    if (child.pid !== undefined) attendant.closed();
  });
  return {
    kill(signal) {
      child.kill(signal);
    },
    release() {
      child.stdout?.destroy();
      child.stderr?.destroy();
    },
  };
}

function reasonOf(error: unknown): 'missing' | 'denied' {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'denied';
}
