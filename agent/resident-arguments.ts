import type { GlobalOptions } from './commands/command.ts';

export interface ResidentOptions {
  readonly global: GlobalOptions;
  /** What was given to `--every`, unchecked. */
  readonly every: string | undefined;
}

const keys = { '--sysroot': 'sysroot', '--data-dir': 'dataDir', '--every': 'every' } as const;

/**
 * The options of a plain `run`, as launchd starts it; null: anything else, which is for the command line proper. That one
 * and its library would stay in memory as long as the agent lives, for words that were read once.
 */
export function residentArguments(args: readonly string[]): ResidentOptions | null {
  const given: { sysroot?: string; dataDir?: string; every?: string } = {};
  const rest = [...args];
  let run = 0;
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === 'run') {
      run++;
      continue;
    }
    const key = word === '--sysroot' || word === '--data-dir' || word === '--every' ? keys[word] : null;
    const value = rest.shift();
    if (key === null || value === undefined || value.startsWith('-') || given[key] !== undefined) return null;
    given[key] = value;
  }
  if (run !== 1) return null;
  const { every, ...global } = given;
  return { global, every };
}
