import type { Observation } from '../../shared/observation.ts';
import type { EpochMs } from '../../shared/time.ts';
import type { Facts } from '../facts.ts';
import type { Verdict } from '../issue-lifecycle.ts';
import type { Memory } from '../memory.ts';
import type { WindowMemory } from '../password-window.ts';

/** All that a detector may look at. Pure data: no clock, no commands. */
export interface DetectorInput {
  readonly now: EpochMs;
  /** What `app-sso` says at this look, unconfirmed; null when it couldn't be read. */
  readonly facts: Facts | null;
  readonly observation: Observation;
  readonly memory: Memory;
  readonly window: WindowMemory;
  readonly active: boolean;
  /** Characters that the identity provider asks for at least. */
  readonly idpMinimumLength: number;
  /** `13`; null when the version couldn't be read. */
  readonly macosMajor: number | null;
}

export interface Detector {
  readonly issue: string;
  /**
   * It is about how the Mac is set up: it may last for months, and what it is read of tells when it has changed, or is asked again within the hour. Once it is
   * open, nothing depends on looking more often, and once it was used for as long as the user is left alone with it, nothing on looking more closely.
   */
  readonly longLasting?: true;
  detect(evidence: DetectorInput): Verdict;
}
