import * as z from 'zod/mini';
import type { SyncCycle } from '../shared/history-records.ts';
import { closedCycleShape } from './sync-cycle-row.ts';
import { cycleFromStored, cycleToStored, storedCycleShape, type TokenCycle } from './token-cycle.ts';

/**
 * - `unknown`        no reading yet, or it is unknown how the method treats the password
 * - `notApplicable`  Secure Enclave key or smart card: the local password is independent
 * - `suspended`      not registered: the registration comes first
 * - `fresh`          tokens younger than the due time
 * - `due`            tokens older than the due time
 * - `hint`           15 active minutes after the due time without an unlock: macOS may have no timer
 * - `overdue`        tokens stayed due across an online unlock
 * - `pending`        macOS prompts the user (state 1)
 */
export const phases = [
  'unknown',
  'notApplicable',
  'suspended',
  'fresh',
  'due',
  'hint',
  'overdue',
  'pending',
] as const;
export type Phase = (typeof phases)[number];

/** Without a token cycle, the window has one of these phases. */
export type PhaseWithoutCycle = Extract<Phase, 'unknown' | 'notApplicable' | 'suspended'>;

/** The window from one poll to the next. */
export type WindowMemory =
  | { readonly phase: PhaseWithoutCycle; readonly cycle: null }
  | {
      readonly phase: Phase;
      readonly cycle: TokenCycle;
      /**
       * The row of the previous cycle, while a password that is set within minutes can explain its refresh.
       */
      readonly closed: SyncCycle | null;
    };

/** The window in the agent memory. The keys are a contract with existing databases. */
export const storedWindowShape = () =>
  z.object({
    phase: z.enum(phases),
    cycle: z.nullable(storedCycleShape()),
    closed: z.optional(z.nullable(closedCycleShape())),
  });
type StoredWindow = z.infer<ReturnType<typeof storedWindowShape>>;

export function windowFromStored({ phase, cycle, closed = null }: StoredWindow): WindowMemory {
  if (cycle !== null) return { phase, cycle: cycleFromStored(cycle), closed };
  return { phase: phase === 'notApplicable' || phase === 'suspended' ? phase : 'unknown', cycle };
}

export function windowToStored(of: WindowMemory): StoredWindow {
  if (of.cycle === null) return { ...of, closed: null };
  return { ...of, cycle: cycleToStored(of.cycle) };
}
