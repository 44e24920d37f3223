import type { RunOptions } from '../daemon/start-agent.ts';
import { reportError } from './print/report-error.ts';
import { mayBeTerminal } from './print/standard-output.ts';

const keys = { '--sysroot': 'sysroot', '--data-dir': 'dataDir', '--every': 'every' } as const;

/**
 * The options of a plain `run`, as launchd starts it; null: another call, which `main` parses. Without
 * commander, the agent needs less memory.
 */
export function runOptionsOf(args: readonly string[]): RunOptions | null {
  const given: { sysroot?: string; dataDir?: string; every?: string } = {};
  const rest = [...args];
  let isRun = false;
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === 'run' && !isRun) {
      isRun = true;
      continue;
    }
    const key = word === '--sysroot' || word === '--data-dir' || word === '--every' ? keys[word] : null;
    const value = rest.shift();
    if (key === null || value === undefined || value.startsWith('-') || given[key] !== undefined) return null;
    given[key] = value;
  }
  const { every, ...global } = given;
  return isRun ? { global, every } : null;
}

/** Whether standard output is a terminal. launchd connects it to /dev/null. */
export function isWatched(): boolean {
  return mayBeTerminal();
}

/** Runs the agent as launchd starts it. Resolves to the exit status. */
export async function runAgent(options: RunOptions): Promise<number> {
  try {
    const { startAgent } = await import('../daemon/start-agent.ts');
    return await startAgent(options);
  } catch (error) {
    return reportError(error);
  }
}
