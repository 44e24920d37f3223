import type { GlobalOptions } from '../commands/command.ts';
import { pathsOf } from '../paths.ts';
import { userFileAt } from '../settings/user-file.ts';
import { type History, readHistory } from './history.ts';
import { type Look, lookAtThisMac } from './look.ts';
import type { Redactor } from './redact/redactor.ts';
import { presentOf } from './scenario-lines.ts';
import { type Story, tellStory } from './story.ts';

/** A look at this Mac and what is recorded of it: what captures and diagnoses are made from. */
export interface Material {
  readonly look: Look;
  /** Null: there is none. */
  readonly history: History | null;
  /** Why there is a history that can't be read. */
  readonly historyProblem: string | null;
}

export async function materialOf(global: GlobalOptions): Promise<Material> {
  const paths = pathsOf(global);
  const userFile = userFileAt(paths.settings);
  const look = await lookAtThisMac(global, userFile);
  try {
    return { look, history: readHistory(paths.database), historyProblem: null };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { look, history: null, historyProblem: problem };
  }
}

/** The Mac as a scenario without identities. `since`: with what is recorded from then on. */
export async function captureOf(
  { look, history, historyProblem = null }: Pick<Material, 'look' | 'history'> & Partial<Material>,
  options: { readonly redactor: Redactor; readonly since?: number },
): Promise<Story> {
  const present = await presentOf(look, options.redactor);
  const unread =
    historyProblem === null ? [] : ['The history on the Mac could not be read; nothing of it is told.'];
  return await tellStory({ ...present, remarks: [...present.remarks, ...unread] }, history, options);
}
