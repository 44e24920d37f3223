import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseScenario, type Scenario, ScenarioError } from './scenario.ts';

/** Reads a scenario file, and the files it names, relative to its own folder. Throws ScenarioError. */
export function loadScenario(file: string): Scenario {
  let source: string;
  try {
    source = readFileSync(file, 'utf8');
  } catch (error) {
    const reason =
      error instanceof Error && 'code' in error && error.code === 'ENOENT'
        ? 'there is no such file'
        : 'it is not a readable file';
    throw new ScenarioError(`can't read the scenario ${file}: ${reason}.`, { cause: error });
  }
  return parseScenario(source, { loadFile: (path) => readFileSync(resolve(dirname(file), path), 'utf8') });
}
