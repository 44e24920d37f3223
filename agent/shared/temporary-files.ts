import { rmSync } from 'node:fs';
import { onStopSignal } from './stop-signals.ts';

/**
 * Deletes these files and folders when the process exits or a signal ends it. Returns the function that
 * deletes them at once.
 */
export function deleteAtExit(paths: readonly string[]): () => void {
  const clean = () => {
    for (const path of paths) rmSync(path, { recursive: true, force: true });
  };
  const unregister = onStopSignal((signal) => {
    clean();
    process.kill(process.pid, signal);
  });
  process.once('exit', clean);
  return () => {
    unregister();
    process.off('exit', clean);
    clean();
  };
}

/** Runs `use`, then deletes these files and folders, also after SIGINT, SIGTERM, SIGHUP or an exit. */
export async function withTemporaryFiles<T>(paths: readonly string[], use: () => Promise<T>): Promise<T> {
  const deleteNow = deleteAtExit(paths);
  try {
    return await use();
  } finally {
    deleteNow();
  }
}
