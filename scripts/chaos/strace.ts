import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ownFiles = [
  ...['events.db', 'events.db-wal', 'events.db-shm', 'events.db-journal', 'events.db.reserve'],
  ...['agent.json', 'agent.lock', 'agent.log', 'state.plist', 'identity.key'],
  ...['settings.json', 'silences.json'],
];
/** They are written under a temporary name first. */
const replacedFiles = ['agent.json', 'state.plist'];

/** Limits strace to the files of an agent. With --seccomp-bpf, -P injects nothing. */
function ownPaths(dataDir: string, pid: string): string[] {
  const names = [...ownFiles, ...replacedFiles.map((name) => `${name}.${pid}.partial`)];
  return [dataDir, ...names.map((name) => join(dataDir, name))].flatMap((path) => ['-P', path]);
}

/**
 * A command before the agent's: strace as the agent's grandchild, for its own files. The agent keeps the
 * process id of the shell, which is in the names of temporary files.
 */
export function underStrace(
  { dataDir }: { readonly dataDir: string },
  output: string,
  options: readonly string[],
): string[] {
  const quoted = ownPaths(dataDir, '$$').map((word) => `"${word}"`);
  const script = `exec strace -D -f -qq -o "$1" ${quoted.join(' ')} ${options.join(' ')} "\${@:2}"`;
  return ['/bin/bash', '-c', script, 'strace', output];
}

/** strace's options by which these system calls fail with this error. */
function failing(calls: string, code: string): string[] {
  return ['-e', `trace=${calls}`, '-e', `inject=${calls}:error=${code}`];
}

/**
 * From now on these system calls of a running agent on its own files fail. Resolves when strace is attached,
 * with the function that ends it.
 */
export async function failCalls(options: {
  readonly dataDir: string;
  readonly pid: number | undefined;
  readonly calls: string;
  readonly code: string;
}): Promise<() => Promise<void>> {
  const { dataDir, calls, code } = options;
  const pid = String(options.pid);
  const paths = ownPaths(dataDir, pid);
  const args = ['-f', '-qq', '-o', '/dev/null', ...paths, ...failing(calls, code), '-p', pid];
  const strace = spawn('strace', args, { stdio: 'ignore' });
  const detached = new Promise<void>((resolve) => strace.once('exit', () => resolve()));
  await sleep(500);
  return () => {
    strace.kill('SIGINT');
    return detached;
  };
}
