import { loadScenario } from '../../agent/simulation/load-scenario.ts';
import { replay } from '../../agent/simulation/replay.ts';

/** Replays the scenario of a file in this process, and keeps its history in `dataDir`. */
export async function replayInto(dataDir: string, file: string): Promise<void> {
  await replay(loadScenario(file), { dataDir });
}
