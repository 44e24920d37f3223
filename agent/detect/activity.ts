import type { Observation } from '../shared/observation.ts';
import { knownValue } from '../shared/reading.ts';
import type { ElapsedTime } from './elapsed-time.ts';
import type { Memory } from './memory.ts';

/** The use of the Mac in this poll. */
export interface Activity {
  readonly active: boolean;
  /** Milliseconds of active time since the previous poll. */
  readonly activeFor: number;
  /** An unlock, a login or a switch back to this user since the previous poll, and the Mac is online. */
  readonly unlockedOnline: boolean;
  /** As read in this poll, or earlier when the session could not be read. */
  readonly screen: Memory['screen'];
  readonly console: Memory['console'];
}

export function activityOf(
  before: Memory,
  observation: Observation,
  elapsedTime: ElapsedTime | null,
): Activity {
  const session = knownValue(observation.session);
  const online = knownValue(observation.network) === 'online';
  const active = online && session?.screen === 'unlocked' && session.console === 'active';
  const wasLocked =
    before.screen === 'locked' || before.console === 'switchedOut' || elapsedTime?.rebooted === true;
  return {
    active,
    activeFor: before.active && active ? (elapsedTime?.awake ?? 0) : 0,
    unlockedOnline: active && wasLocked,
    screen: session?.screen ?? before.screen,
    console: session?.console ?? before.console,
  };
}
