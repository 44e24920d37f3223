import { dirname, resolve } from 'node:path';
import { readRegularText } from '../shared/regular-file.ts';
import { parseScenario, type Scenario, ScenarioError } from './scenario.ts';

/** A replay of a year is a few MB. */
export const largestScenarioFile = 64 * 1024 * 1024;

/** Reads a scenario file, and the files it names, relative to its own folder. Throws ScenarioError. */
export function loadScenario(file: string): Scenario {
  let source: string;
  try {
    source = readRegularText(file, largestScenarioFile);
  } catch (error) {
    const reason =
      error instanceof Error && 'code' in error && error.code === 'ENOENT'
        ? 'there is no such file'
        : 'it is not a readable file';
    throw new ScenarioError(`can't read the scenario ${file}: ${reason}.`, { cause: error });
  }
  return parseScenario(source, {
    loadFile: (path) => readRegularText(resolve(dirname(file), path), largestScenarioFile),
  });
}
