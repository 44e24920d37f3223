// simulation/: the simulated Mac: scenarios, the output of its commands, and a virtual clock that replays
// months. The tests use it, and the commands `demo`, `simulate` and `replay`.

import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import * as z from 'zod/mini';
import type { MacChange, MacState } from '../mac/simulated/model.ts';
import { ProblemError, UsageError } from '../shared/errors.ts';
import { readRegularText } from '../shared/regular-file.ts';
import { accountName } from './account-name.ts';
import { largestScenarioFile } from './load-scenario.ts';
import { parseScenario, ScenarioError } from './scenario.ts';
import { keys } from './scenario-shape.ts';
import { installSysroot } from './sysroot.ts';
import { readState, writeState } from './sysroot-state.ts';

export interface SimulateOptions {
  /** A new or empty folder, or one that holds a Mac of an earlier call. */
  readonly dir: string;
  /** Of a new Mac; by default the user of this process. */
  readonly user?: string;
  /** Of a new Mac. */
  readonly macos?: string;
  /** JSON objects with a scenario's keys, applied one after the other. Durations are from now. */
  readonly changes: readonly string[];
}

export interface Simulated {
  /** Absolute. */
  readonly dir: string;
  readonly isNew: boolean;
  readonly state: MacState;
}

/**
 * Makes a simulated Mac below a folder, or continues with the one that is there, and applies changes. Every
 * change is checked before the folder is touched. Throws UsageError, and ProblemError for a damaged Mac.
 */
export function simulate(options: SimulateOptions): Simulated {
  const { user, macos } = options;
  if (user !== undefined && !accountName.test(user))
    throw new UsageError(`--user takes a short name, such as alex, not: ${user}`);
  const dir = resolve(options.dir);
  const now = Date.now();
  const changes = options.changes.map((written) => parseChange(written, now));
  const before = macBelow(dir);
  if (before !== null && (user !== undefined || macos !== undefined))
    throw new UsageError(
      `there is a simulated Mac in ${dir} already. Its user can't be changed; ` +
        `change its macOS with --apply '{"macos":"15.6"}'.`,
    );
  const mac = installSysroot(dir, {
    ...(user === undefined ? {} : { user }),
    ...(macos === undefined ? {} : { macos }),
    ...(before === null ? {} : { state: before }),
  });
  writeState(dir, mac.state);
  for (const change of changes) {
    mac.apply(change);
    writeState(dir, mac.state);
  }
  return { dir, isNew: before === null, state: mac.state };
}

/**
 * Null: a new or empty folder, which is then there. A folder with other files is refused: they could be a
 * real Mac's.
 */
function macBelow(dir: string): MacState | null {
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory() === false)
    throw new UsageError(`${dir} is not a folder.`);
  let state: MacState | null;
  try {
    state = readState(dir);
  } catch (cause) {
    throw new ProblemError(`the state of the simulated Mac in ${dir} is damaged; delete the folder.`, {
      cause,
    });
  }
  if (state !== null) return state;
  if (existsSync(dir) && readdirSync(dir).length > 0)
    throw new UsageError(
      `${dir} is not empty and holds no simulated Mac. Name a new or empty folder, or one that simulate made.`,
    );
  try {
    mkdirSync(dir, { recursive: true });
  } catch (cause) {
    throw new UsageError(`can't create the folder ${dir}.`, { cause });
  }
  return null;
}

/** A scenario's keys without a meaning here: this Mac lives in real time, and no agent belongs to it. */
const scenarioOnly: ReadonlySet<string> = new Set(['at', 'clock', 'agent', 'end']);
const changeKeys = Object.keys(keys).filter((key) => !scenarioOnly.has(key));
const jsonObject = z.record(z.string(), z.unknown());

function parseChange(written: string, now: number): MacChange {
  const value = jsonObject.safeParse(parseJson(written));
  if (!value.success)
    throw new UsageError(`--apply takes a JSON object, such as '{"screen":"locked"}', not: ${written}`);
  for (const key of Object.keys(value.data)) {
    if (scenarioOnly.has(key))
      throw new UsageError(`--apply: "${key}" is for scenarios only; this Mac lives in real time.`);
    if (!changeKeys.includes(key))
      throw new UsageError(`--apply: there is no key "${key}"; the keys are ${changeKeys.join(', ')}.`);
  }
  const head = { scenario: 'simulate', start: new Date(now).toISOString() };
  const source = `${JSON.stringify(head)}\n${JSON.stringify({ at: '+0s', ...value.data })}`;
  try {
    const { steps } = parseScenario(source, {
      loadFile: (path) => readRegularText(path, largestScenarioFile),
      filesAreRelativeTo: 'the current folder',
    });
    return steps[0]?.change ?? {};
  } catch (cause) {
    if (!(cause instanceof ScenarioError)) throw cause;
    throw new UsageError(`--apply: ${cause.message.replace(/^line \d+: /, '')}`, { cause });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`--apply takes JSON, and this is not JSON: ${text}`, { cause });
  }
}
