import { userFileAt } from '../settings/user-file.ts';
import type { GlobalOptions } from '../shared/global-options.ts';
import { pathsOf } from '../shared/paths.ts';
import { type FittedScenario, fitScenario } from './fit-scenario.ts';
import { type MacSnapshot, snapshotOfThisMac } from './mac-snapshot.ts';
import { type RecordedHistory, readRecordedHistory } from './recorded-history.ts';
import type { Redactor } from './redact/redactor.ts';
import { presentScenario } from './scenario-lines.ts';

/** A look at this Mac and what is recorded of it: what captures and diagnoses are made from. */
export interface Material {
  readonly snapshot: MacSnapshot;
  /** Null: there is none. */
  readonly history: RecordedHistory | null;
  /** Why there is a history that can't be read. */
  readonly historyProblem: string | null;
}

export async function materialOf(global: GlobalOptions): Promise<Material> {
  const paths = pathsOf(global);
  const userFile = userFileAt(paths.settings);
  const snapshot = await snapshotOfThisMac(global, userFile);
  try {
    return { snapshot, history: readRecordedHistory(paths.database), historyProblem: null };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { snapshot, history: null, historyProblem: problem };
  }
}

/** The Mac as a scenario without identities. `since`: with what is recorded from then on. */
export async function captureOf(
  { snapshot, history, historyProblem = null }: Pick<Material, 'snapshot' | 'history'> & Partial<Material>,
  options: { readonly redactor: Redactor; readonly since?: number },
): Promise<FittedScenario> {
  const present = await presentScenario(snapshot, options.redactor);
  const unread =
    historyProblem === null ? [] : ['The history on the Mac could not be read; nothing of it is told.'];
  return await fitScenario({ ...present, remarks: [...present.remarks, ...unread] }, history, options);
}
