import { fileURLToPath } from 'node:url';

/** The file of a scenario by name: one of test/scenarios, or the scenario of `demo`. */
export function scenarioFile(name: string): string {
  const folder = name === 'working-day' ? '../../agent/simulation/' : '../scenarios/';
  return fileURLToPath(new URL(`${folder}${name}.ndjson`, import.meta.url));
}
