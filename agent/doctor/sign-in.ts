import { assessmentOf } from '../history/assessment-of.ts';
import { headlineText } from '../history/headline-texts.ts';
import { lastPollIn } from '../history/last-poll.ts';
import { localTime } from '../shared/local-time.ts';
import type { Paths } from '../shared/paths.ts';
import { isoOrNull } from '../shared/time.ts';
import { StoreError } from '../store/errors.ts';
import { openReader } from '../store/reader.ts';
import type { DoctorOutput } from './doctor-output.ts';

/** How sign-in is, after the checks of the agent itself. Null: no history can be read, which is a check. */
export function signInOf({ database, dataDir }: Paths, now: Date): DoctorOutput['signIn'] {
  try {
    const reader = openReader({ path: database });
    try {
      const history = { state: reader.state(), issues: reader.issues() };
      const assessment = assessmentOf(history, lastPollIn(dataDir, reader), now.getTime());
      const { headline, was, freshness } = assessment;
      const since = isoOrNull(assessment.since);
      const isTrouble = was === null && headline !== 'ok' && since !== null;
      const began = isTrouble ? `, since ${localTime(since)}` : '';
      const state = headlineText(assessment, localTime).replace(/\.$/, '');
      return { headline, was, freshness, since, text: `${state}${began}` };
    } finally {
      reader.close();
    }
  } catch (error) {
    if (error instanceof StoreError) return null;
    throw error;
  }
}
