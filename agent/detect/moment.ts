import type { Observation } from '../shared/observation.ts';
import { knownValue } from '../shared/reading.ts';
import { type EpochMs, fromIso, instantOrNull } from '../shared/time.ts';
import type { BootGap } from './boot-gap.ts';

/** The clocks of one poll. */
export interface Moment {
  readonly at: EpochMs;
  readonly monotonic: number;
  /** The run of the agent. Monotonic times of two runs are compared within a boot session only. */
  readonly run: string;
  /** kern.bootsessionuuid; null or missing: unknown. */
  readonly bootSession?: string | null | undefined;
  /** kern.boottime, kern.sleeptime and kern.waketime; null when not read, or when it never happened. */
  readonly bootedAt: EpochMs | null;
  readonly sleptAt: EpochMs | null;
  readonly wokeAt: EpochMs | null;
  /** Whether the three were read. */
  readonly powerKnown: boolean;
  /** The sum of the clock changes that the agent saw, in milliseconds; missing: none. */
  readonly clockOff?: number | undefined;
  /** The time across the last start of the Mac; missing or null: the agent saw none. */
  readonly bootGap?: BootGap | null | undefined;
}

/** The clocks of a poll, or of the start of a run. */
export function momentOf(
  observation: Pick<Observation, 'at' | 'monotonic' | 'power'>,
  run: string,
  before: Moment | null,
): Moment {
  const power = knownValue(observation.power);
  // It stays for a run. A short poll does not read it.
  const bootSession = power?.bootSession ?? (before?.run === run ? before.bootSession : null) ?? null;
  return {
    at: fromIso(observation.at),
    monotonic: observation.monotonic,
    run,
    bootSession,
    bootedAt: instantOrNull(power?.bootedAt),
    sleptAt: instantOrNull(power?.sleptAt),
    wokeAt: instantOrNull(power?.wokeAt),
    powerKnown: power !== null,
  };
}
