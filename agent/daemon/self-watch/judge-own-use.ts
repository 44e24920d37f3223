import type { EpochMs } from '../../shared/time.ts';
import type { OwnUseLimits } from './limits.ts';
import { memoryOf, type OwnUse } from './own-use.ts';

/** A limit and the measured value. Bytes, seconds of processor time an hour, rows an hour. */
export interface LimitComparison {
  readonly what: 'memory' | 'cpu' | 'rows';
  readonly measured: number;
  readonly limit: number;
}

export type Judgement =
  | { readonly verdict: 'fine' }
  /** `restart` is `later` while the Mac has not been awake for long enough, or the run is young. */
  | {
      readonly verdict: 'over';
      readonly over: readonly LimitComparison[];
      readonly restart: 'now' | 'later' | 'not-again-yet';
    };

/**
 * Judges own use against the limits, and whether to restart now. An unmeasured value never exceeds a limit. A
 * restart needs several polls in a row in which the Mac was awake, and never follows a wake directly.
 */
export function judgeOwnUse(
  use: OwnUse,
  limits: OwnUseLimits,
  { now, restartedAt }: { readonly now: EpochMs; readonly restartedAt: EpochMs | null },
): Judgement {
  if (use.latest === null) return { verdict: 'fine' };
  const over = compareWithLimits({ ...use.latest, ...use }, limits).filter(
    ({ what, measured, limit }) =>
      measured > limit && (what !== 'memory' || use.pollsOverMemory >= limits.pollsOverMemory),
  );
  if (over.length === 0) return { verdict: 'fine' };
  if (restartedAt !== null && now - restartedAt < limits.atMostEvery)
    return { verdict: 'over', over, restart: 'not-again-yet' };
  const settled =
    use.awake >= limits.youngest &&
    use.awakeInARow >= limits.settledFor &&
    use.pollsInARow >= limits.settledPolls;
  return { verdict: 'over', over, restart: settled ? 'now' : 'later' };
}

/** Each known value with its limit. */
export function compareWithLimits(
  use: {
    readonly rssBytes: number;
    readonly heapBytes: number;
    readonly cpuSecondsPerHour: number | null;
    readonly rowsPerHour: number | null;
  },
  limits: Pick<OwnUseLimits, 'memoryBytes' | 'cpuSecondsPerHour' | 'rowsPerHour'>,
): LimitComparison[] {
  const { cpuSecondsPerHour: cpu, rowsPerHour: rows } = use;
  return [
    { what: 'memory', measured: memoryOf(use), limit: limits.memoryBytes },
    ...(cpu === null ? [] : [{ what: 'cpu', measured: cpu, limit: limits.cpuSecondsPerHour } as const]),
    ...(rows === null ? [] : [{ what: 'rows', measured: rows, limit: limits.rowsPerHour } as const]),
  ];
}
