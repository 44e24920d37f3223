import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { MacChange } from './model.ts';
import { parseScenario, ScenarioError } from './scenario.ts';
import { installSysroot } from './sysroot.ts';
import { readState, writeState } from './sysroot-state.ts';

const usage = `Usage: node agent/simulation/sysroot-cli.ts DIR [--user NAME] [--macos VERSION] [--apply CHANGES]…

Builds a simulated Mac below DIR, a new or empty folder, or goes on with the one that is there. CHANGES are those of a
line of a scenario (docs/scenarios.md), such as '{"psso":{"registered":false}}'; durations are from now.
`;

/** A mistake of the one who called: said in one sentence. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * A scenario's changes, on a Mac that lives in real time: the words about time and the agent have no meaning.
 */
function parseChange(written: string, now: number): MacChange {
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch (cause) {
    throw new UsageError(`--apply: this is not JSON: ${written}`, { cause });
  }
  for (const key of ['at', 'clock', 'agent', 'end'])
    if (typeof value === 'object' && value !== null && key in value)
      throw new UsageError(`--apply: "${key}" has no meaning here: this Mac lives in real time.`);
  const head = { scenario: 'sysroot', start: new Date(now).toISOString() };
  const line =
    typeof value === 'object' && value !== null && !Array.isArray(value) ? { at: '+0s', ...value } : value;
  try {
    const source = `${JSON.stringify(head)}\n${JSON.stringify(line)}`;
    const { steps } = parseScenario(source, { loadFile: (path) => readFileSync(path, 'utf8') });
    return steps[0]?.change ?? {};
  } catch (cause) {
    if (!(cause instanceof ScenarioError)) throw cause;
    throw new UsageError(`--apply: ${cause.message.replace(/^line \d+: /, '')}`, { cause });
  }
}

function argumentsOf(args: readonly string[]) {
  const string = { type: 'string' } as const;
  const options = {
    user: string,
    macos: string,
    apply: { type: 'string', multiple: true },
    help: { type: 'boolean' },
  } as const;
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : 'the options are wrong', { cause });
  }
}

function main(args: readonly string[]): void {
  const { values, positionals } = argumentsOf(args);
  const [given] = positionals;
  if (values.help === true) {
    process.stdout.write(usage);
    return;
  }
  if (given === undefined || positionals.length > 1) throw new UsageError(usage);
  const now = Date.now();
  const changes = (values.apply ?? []).map((written) => ({ written, change: parseChange(written, now) }));

  const dir = resolve(given);
  const state = readState(dir);
  if (state !== null && (values.user !== undefined || values.macos !== undefined))
    throw new UsageError(`there is a Mac below ${dir} already: its user stays, its macOS goes by --apply.`);
  // Above all the root of this machine, whose own commands would be replaced.
  if (state === null && existsSync(dir) && readdirSync(dir).length > 0)
    throw new UsageError(`${dir} is not empty, and no simulated Mac is in it.`);

  const { user, macos } = values;
  const mac = installSysroot(dir, {
    ...(user === undefined ? {} : { user }),
    ...(macos === undefined ? {} : { macos }),
    ...(state === null ? {} : { state }),
  });
  // Before the changes: a state without answers would be a Mac that nobody can go on with.
  writeState(dir, mac.state);
  if (state === null) console.log(`built a Mac with macOS ${mac.state.macos}, of ${mac.state.user}: ${dir}`);
  for (const { written, change } of changes) {
    mac.apply(change);
    writeState(dir, mac.state);
    console.log(`applied ${written}`);
  }
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message.trimEnd()}\n`);
  process.exitCode = 2;
}
