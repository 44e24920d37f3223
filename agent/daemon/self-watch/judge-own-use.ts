import type { EpochMs } from '../../shared/time.ts';
import type { OwnUseLimits } from './limits.ts';
import { memoryOf, type OwnUse } from './own-use.ts';

/** One limit, and what is measured against it. Bytes, seconds of processor time an hour, rows an hour. */
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
 * Whether the agent uses more than it should, and whether now is the time to restart it. What could not be measured is never
 * over a limit. Without a sound look, awake and past all doubt of having just been woken, there is no restart.
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

/** Every figure that is known, beside its limit. */
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
