import type { NewEvent } from '../shared/event.ts';
import type { Observation } from '../shared/observation.ts';
import type { PasswordRelation } from '../shared/password-relation.ts';
import { type EpochMs, fromIso, second } from '../shared/time.ts';
import type { Activity } from './activity.ts';
import type { ElapsedTime } from './elapsed-time.ts';
import type { Facts } from './facts.ts';
import { classifyPasswordChange, observePasswordChange, type PasswordMemory } from './local-password.ts';
import type { Memory } from './memory.ts';
import { advanceWindow, type WindowOutput } from './password-window.ts';

/** Advances the password window, then classifies a changed local password: a refresh can explain it. */
export function followTokens(
  before: Memory,
  poll: {
    readonly observation: Observation;
    /** Null: not read, or not confirmed. */
    readonly facts: Facts | null;
    readonly relation: PasswordRelation;
    readonly now: EpochMs;
    readonly elapsedTime: ElapsedTime | null;
    /** Added to the age of the tokens; see boot-gap.ts. */
    readonly correction: number;
    readonly activity: Activity;
    readonly idpPasswordChangedAt: EpochMs | null;
  },
): { window: WindowOutput; passwordMemory: PasswordMemory; events: NewEvent[] } {
  const { observation, facts, now, elapsedTime, correction, activity } = poll;
  const unobserved = elapsedTime === null ? 0 : elapsedTime.total - elapsedTime.awake;
  const password = observePasswordChange(before, passwordSetAt(observation), unobserved);
  const window = advanceWindow(before.window, {
    now,
    elapsedTime: { total: (elapsedTime?.total ?? 0) + correction, awake: elapsedTime?.awake ?? 0 },
    facts,
    wasActive: before.active,
    active: activity.active,
    unlockedOnline: activity.unlockedOnline,
    passwordSetAt: password.candidate,
    idpPasswordChangedAt: poll.idpPasswordChangedAt,
  });
  const classified = classifyPasswordChange(password.memory, {
    now,
    // Not counted: the time before the change was found, and time in which no refresh could be read.
    elapsed: before.unexplainedPassword === null || facts === null ? 0 : (elapsedTime?.total ?? 0),
    explained: window.explainedPassword,
    relation: poll.relation,
  });
  return { window, passwordMemory: classified.memory, events: [...window.events, ...classified.events] };
}

/** In whole seconds: the fraction that macOS keeps has no meaning. */
function passwordSetAt({ account }: Observation): EpochMs | null | undefined {
  if (!account.ok) return undefined;
  const { passwordLastSetAt } = account.value;
  return passwordLastSetAt === null ? null : Math.floor(fromIso(passwordLastSetAt) / second) * second;
}
