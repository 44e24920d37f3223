import { rmSync } from 'node:fs';

/** Calls `use`, and removes these files and folders after it, also when it is interrupted by Ctrl-C, told to end, or exits. */
export async function withTemporaryFiles<T>(paths: readonly string[], use: () => Promise<T>): Promise<T> {
  const clean = () => {
    for (const path of paths) rmSync(path, { recursive: true, force: true });
  };
  const interrupted = (signal: NodeJS.Signals) => {
    clean();
    process.kill(process.pid, signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.once(signal, interrupted);
  process.once('exit', clean);
  try {
    return await use();
  } finally {
    for (const signal of signals) process.off(signal, interrupted);
    process.off('exit', clean);
    clean();
  }
}
