import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryErrors } from '../history/follow.ts';
import { historyOf } from '../history/history.ts';
import { lastPollIn } from '../history/last-poll.ts';
import type { Organisation } from '../issues/organisation.ts';
import type { Paths } from '../shared/paths.ts';
import { type EpochMs, fromIso, instantOrNull, second } from '../shared/time.ts';
import { StoreError } from '../store/errors.ts';
import { openReader } from '../store/reader.ts';
import type { ValidationContext, WalkFacts } from './judged-mac.ts';
import { syncLimit } from './proven.ts';
import { resultOf, validateHistory } from './validate-history.ts';
import type { StepId, ValidationOutput, ValidationStep } from './validation-output.ts';
import { type WalkFile, writeWalk } from './walk-file.ts';

/** The steps that a person can bring about while the walk waits. */
const waitedFor: readonly StepId[] = ['registration', 'password-sync', 'repair'];

interface WalkInput extends Pick<Paths, 'database' | 'dataDir'> {
  readonly walk: WalkFile;
  readonly now: EpochMs;
  readonly checks: WalkFacts['checks'];
  readonly organisation: Organisation;
}

/** Throws StoreError. */
function judgeNow({ database, dataDir, walk, now, checks, organisation }: WalkInput): ValidationOutput {
  const since = instantOrNull(walk.since);
  const facts = { startedAt: fromIso(walk.startedAt), checks };
  return withProgress(judgeDatabase({ database, dataDir }, { since, now, organisation }, facts), walk);
}

/** Judges the history of a data folder. `walk` null: from the history alone. Throws StoreError. */
export function judgeDatabase(
  { database, dataDir }: Pick<Paths, 'database' | 'dataDir'>,
  context: Omit<ValidationContext, 'lastPoll'>,
  walk: WalkFacts | null = null,
): ValidationOutput {
  const reader = openReader({ path: database });
  try {
    return validateHistory(historyOf(reader), { ...context, lastPoll: lastPollIn(dataDir, reader) }, walk);
  } finally {
    reader.close();
  }
}

/**
 * Applies what was skipped, and what passed in an earlier part of the walk and the history no longer shows.
 */
function withProgress(judged: ValidationOutput, { skipped, passed }: WalkFile): ValidationOutput {
  const steps = judged.steps.map((step) => {
    if (skipped.includes(step.id)) return skippedStep(step);
    const earlier = passed.find(({ id }) => id === step.id);
    const isGone = step.result === 'not-seen' || step.result === 'not-possible';
    return earlier !== undefined && isGone && step.id !== 'registration' ? earlier : step;
  });
  return { ...judged, steps, result: resultOf(steps) };
}

function skippedStep({ id, title }: ValidationStep): ValidationStep {
  return {
    id,
    title,
    result: 'skipped',
    at: null,
    sentence: 'Skipped by choice (--skip).',
    judgedBy: [],
    issue: null,
    cause: null,
    remedy: [],
    stages: [],
  };
}

/** The progress after these steps. */
function advanced(walk: WalkFile, { steps }: ValidationOutput): WalkFile {
  return { ...walk, passed: steps.filter(({ result }) => result === 'passed') };
}

/** The steps that the walk waits for; empty: it ends. A failed step without an issue ran out of time. */
function waitingFor({ steps, agentRuns }: ValidationOutput): ValidationStep[] {
  // Without an agent nothing new is recorded.
  if (!agentRuns) return [];
  return steps.filter(
    ({ id, result, issue }) =>
      waitedFor.includes(id) &&
      (result === 'not-seen' || result === 'unknown' || (result === 'failed' && issue !== null)),
  );
}

export interface WalkOptions extends Pick<Paths, 'database' | 'dataDir'> {
  readonly walk: WalkFile;
  readonly checks: () => Promise<WalkFacts['checks']>;
  readonly organisation: Organisation;
  /** False: judges once. */
  readonly wait: boolean;
  readonly now: () => EpochMs;
  readonly signal: AbortSignal;
  /** Called after each judgement, with the steps that the walk waits for and the end of the waiting. */
  readonly judged: (output: ValidationOutput, waiting: readonly ValidationStep[], until: EpochMs) => void;
}

/**
 * Judges, keeps the progress, and judges again after each change of the history until no step waits, the
 * limit has passed, or the signal aborts. It writes nothing but its progress. Throws StoreError and
 * ProblemError.
 */
export async function walkThrough(options: WalkOptions): Promise<ValidationOutput> {
  const { database, dataDir, checks, wait, now, signal, judged } = options;
  let { walk } = options;
  writeWalk(dataDir, walk);
  const until = now() + syncLimit;
  const place = { database, dataDir, organisation: options.organisation };
  let output = judgeNow({ ...place, walk, now: now(), checks: await checks() });
  for (;;) {
    const next = advanced(walk, output);
    if (JSON.stringify(next) !== JSON.stringify(walk)) writeWalk(dataDir, next);
    walk = next;
    const waiting = wait && !signal.aborted && now() < until ? waitingFor(output) : [];
    judged(output, waiting, until);
    if (waiting.length === 0) return output;
    await changeOf([database, `${database}-wal`, join(dataDir, 'agent.json')], signal);
    output = judgedAgain({ ...place, walk, now: now(), checks: await checks() }) ?? output;
  }
}

/** Null: the agent quarantines a damaged database or begins another one at this moment. */
function judgedAgain(input: WalkInput): ValidationOutput | null {
  try {
    return judgeNow(input);
  } catch (error) {
    if (error instanceof StoreError && temporaryErrors.has(error.code)) return null;
    throw error;
  }
}

/** Between two comparisons of the files. */
const comparedEvery = second / 2;
/** Time passes without a change, too. */
const judgedAtLeastEvery = 30 * second;

/**
 * Waits for a change of one of the files. It opens none: a reader in between would hold back the
 * checkpoint.
 */
async function changeOf(files: readonly string[], signal: AbortSignal): Promise<void> {
  const before = stampsOf(files);
  for (let waited = 0; waited < judgedAtLeastEvery && !signal.aborted; waited += comparedEvery) {
    await sleep(comparedEvery, undefined, { signal }).catch(() => {});
    if (stampsOf(files) !== before) return;
  }
}

function stampsOf(files: readonly string[]): string {
  return files
    .map((file) => {
      const found = statSync(file, { throwIfNoEntry: false });
      return found === undefined ? '' : `${found.dev}:${found.ino}:${found.size}:${found.mtimeMs}`;
    })
    .join(' ');
}
