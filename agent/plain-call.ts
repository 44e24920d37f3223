import type { ResidentOptions } from './resident.ts';
import type { StatusOptions } from './run-status.ts';

export type PlainCall =
  | { readonly command: 'run'; readonly options: ResidentOptions }
  | { readonly command: 'status'; readonly options: StatusOptions };

const keys = { '--sysroot': 'sysroot', '--data-dir': 'dataDir', '--every': 'every' } as const;

/**
 * A plain `run`, as launchd starts it, or a plain `status`, which scripts ask often; null: anything else, which is for the command
 * line proper. That one and its library would stay in the agent's memory as long as it lives, and double the time of a `status`.
 */
export function plainCall(args: readonly string[]): PlainCall | null {
  const given: { sysroot?: string; dataDir?: string; every?: string } = {};
  const rest = [...args];
  const commands: string[] = [];
  let json = false;
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === 'run' || word === 'status') {
      commands.push(word);
      continue;
    }
    if (word === '--json' && !json) {
      json = true;
      continue;
    }
    const key = word === '--sysroot' || word === '--data-dir' || word === '--every' ? keys[word] : null;
    const value = rest.shift();
    if (key === null || value === undefined || value.startsWith('-') || given[key] !== undefined) return null;
    given[key] = value;
  }
  const [command, ...others] = commands;
  if (others.length > 0) return null;
  const { every, ...global } = given;
  if (command === 'run' && !json) return { command, options: { global, every } };
  if (command === 'status' && every === undefined) return { command, options: { global, json } };
  return null;
}
