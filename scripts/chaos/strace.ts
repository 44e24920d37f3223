import { join } from 'node:path';
import type { ChaosMac } from './chaos-place.ts';

const ownFiles = [
  ...['events.db', 'events.db-wal', 'events.db-shm', 'events.db-journal', 'events.db.reserve'],
  ...['agent.json', 'agent.lock', 'agent.log', 'state.plist', 'identity.key'],
];
/** They are written under a temporary name first. */
const replacedFiles = ['agent.json', 'state.plist'];

/** Limits strace to the files of an agent. With --seccomp-bpf, -P injects nothing. */
export function ownPaths({ dataDir }: ChaosMac, pid: string): string[] {
  const names = [...ownFiles, ...replacedFiles.map((name) => `${name}.${pid}.partial`)];
  return [dataDir, ...names.map((name) => join(dataDir, name))].flatMap((path) => ['-P', path]);
}

/**
 * A command before the agent's: strace as the agent's grandchild, for its own files. The agent keeps the
 * process id of the shell, which is in the names of temporary files.
 */
export function underStrace(mac: ChaosMac, output: string, options: readonly string[]): string[] {
  const quoted = ownPaths(mac, '$$').map((word) => `"${word}"`);
  const script = `exec strace -D -f -qq -o "$1" ${quoted.join(' ')} ${options.join(' ')} "\${@:2}"`;
  return ['/bin/bash', '-c', script, 'strace', output];
}
