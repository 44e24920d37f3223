// validation/: which scenarios of a roll-out a Mac has passed: the judges of a recorded history, and the
// walk on a pilot Mac. `validateHistory` judges one history.

import { headlineText } from '../history/headline-texts.ts';
import { isoOrNull, toIso } from '../shared/time.ts';
import {
  judgeAgent,
  judgeAutofill,
  judgeExtension,
  judgeMigration,
  judgeNotification,
  judgePreconditions,
  judgeRegistration,
} from './judge-mac.ts';
import { judgePasswordSync, judgeRepair } from './judge-password.ts';
import {
  type JudgedMac,
  judgedMac,
  type ValidatedHistory,
  type ValidationContext,
  type WalkFacts,
} from './judged-mac.ts';
import type { ValidationOutput, ValidationStep } from './validation-output.ts';

/** In the order of the walk. */
const judges: readonly ((mac: JudgedMac) => ValidationStep)[] = [
  judgePreconditions,
  judgeRegistration,
  judgePasswordSync,
  judgeRepair,
  judgeMigration,
  judgeExtension,
  judgeAutofill,
  judgeNotification,
  judgeAgent,
];

/**
 * Which scenarios of a roll-out this Mac has passed. `walk` null: from its history alone. A failure of the
 * present counts in any case.
 */
export function validateHistory(
  history: ValidatedHistory,
  times: ValidationContext,
  walk: WalkFacts | null = null,
): ValidationOutput {
  const mac = judgedMac(history, times, walk);
  const { assessment, value } = mac;
  const steps = judges.map((judge) => judge(mac));
  return {
    judgedAt: toIso(times.now),
    judgedFrom: walk === null ? 'history' : 'walk',
    result: resultOf(steps),
    since: isoOrNull(times.since),
    startedAt: walk === null ? null : toIso(walk.startedAt),
    headline: assessment.headline,
    headlineText: headlineText(assessment, (iso) => iso),
    freshness: assessment.freshness,
    lastPollAt: isoOrNull(assessment.knownUntil),
    agentRuns: times.lastPoll.agent === 'running',
    identityProvider: value('identity-provider'),
    method: value('method'),
    macos: value('macos'),
    companyPortal: value('company-portal'),
    agentVersion: history.events.at(-1)?.agent_version ?? '',
    steps,
  };
}

export function resultOf(steps: readonly ValidationStep[]): ValidationOutput['result'] {
  if (steps.some(({ result }) => result === 'failed')) return 'failed';
  const isOpen = steps.some(({ result }) => result === 'not-seen' || result === 'unknown');
  return isOpen ? 'incomplete' : 'passed';
}
