// capture/: one poll of this Mac as a scenario for a bug report. Names and free text are redacted.
// A replay of the scenario shows which issues it opens.

import { pathsToRead } from '../history/paths-to-read.ts';
import type { Redactor } from '../mac/redact/redactor.ts';
import { userFileAt } from '../settings/user-file.ts';
import type { GlobalOptions } from '../shared/global-options.ts';
import { pathsOf } from '../shared/paths.ts';
import { type FittedScenario, fitScenario } from './fit-scenario.ts';
import { type MacSnapshot, snapshotOfThisMac } from './mac-snapshot.ts';
import { presentScenario } from './present-scenario.ts';
import { type RecordedHistory, readRecordedHistory } from './recorded-history.ts';

/** One poll of this Mac and its recorded history: the input of captures and diagnoses. */
export interface Material {
  readonly snapshot: MacSnapshot;
  /** Null: the agent has not run for this user. */
  readonly history: RecordedHistory | null;
  /** Why the history can't be read; null: it was read, or there is none. */
  readonly historyProblem: string | null;
}

export async function materialOf(global: GlobalOptions): Promise<Material> {
  const paths = pathsOf(global);
  const userFile = userFileAt(paths.settings);
  const snapshot = await snapshotOfThisMac(global, userFile);
  try {
    const { database } = await pathsToRead(global);
    return { snapshot, history: readRecordedHistory(database), historyProblem: null };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { snapshot, history: null, historyProblem: problem };
  }
}

/** The Mac as a scenario without identities. `since`: includes the recorded changes from then on. */
export async function captureOf(
  { snapshot, history, historyProblem = null }: Pick<Material, 'snapshot' | 'history'> & Partial<Material>,
  options: { readonly redactor: Redactor; readonly since?: number },
): Promise<FittedScenario> {
  const present = await presentScenario(snapshot, options.redactor);
  const unread =
    historyProblem === null
      ? []
      : ['The history on the Mac could not be read; the scenario holds nothing of it.'];
  return await fitScenario({ ...present, remarks: [...present.remarks, ...unread] }, history, options);
}
