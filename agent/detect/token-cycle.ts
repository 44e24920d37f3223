import * as z from 'zod/mini';
import { type EpochMs, hour, minute } from '../shared/time.ts';

/** Tokens that are older are due: 4 h, and the 5 minutes of macOS's timer. */
export const dueAge = 4 * hour + 5 * minute;

/** The token cycle in the agent memory. The keys are a contract with existing databases. */
export const storedCycleShape = () =>
  z.object({
    receivedAt: z.number(),
    /** Milliseconds of real time from `receivedAt` to the last poll. */
    age: z.number(),
    /** Milliseconds of real time, up to the last poll, in which `app-sso` could not be read. */
    unread: z.number(),
    /** Intervals of active time, in milliseconds of age. */
    stretches: z.array(z.readonly(z.tuple([z.number(), z.number()]))),
    /**
     * `sync-window-due` and `sync-window-overdue` were recorded. Neither needs the other: only an active poll
     * records the due time, and another sign-in method takes it back with its row.
     */
    dueTold: z.boolean(),
    overdueTold: z.boolean(),
    /**
     * In milliseconds of age: the first online unlock after the due time, and the first poll with a prompt.
     */
    unlockedAge: z.nullable(z.number()),
    /** Online unlocks after the due time, at most two. Missing in a memory of an older version. */
    unlocks: z.optional(z.number()),
    promptedAge: z.nullable(z.number()),
    promptedAt: z.nullable(z.number()),
    /** A new local password belongs to the receipt of these tokens. Missing: none is known. */
    passwordSet: z.optional(z.boolean()),
    /** The row with the prompt was recorded. Missing in a memory of an older version. */
    promptTold: z.optional(z.boolean()),
  });
type StoredCycle = z.infer<ReturnType<typeof storedCycleShape>>;

/** A token cycle: one set of tokens, from their receipt to the next refresh. */
export interface TokenCycle
  extends Omit<StoredCycle, 'promptedAge' | 'promptedAt' | 'promptTold' | 'unlocks'> {
  readonly unlocks: number;
  /** The first prompt of the cycle: its age and time, and whether the row with it was recorded. */
  readonly prompt: { readonly age: number; readonly at: EpochMs; readonly told: boolean } | null;
}

export function cycleFromStored({
  promptedAge: age,
  promptedAt: at,
  promptTold,
  unlocks,
  ...others
}: StoredCycle): TokenCycle {
  const prompt = age === null || at === null ? null : { age, at, told: promptTold === true };
  return { ...others, unlocks: unlocks ?? (others.unlockedAge === null ? 0 : 1), prompt };
}

export function cycleToStored({ prompt, ...others }: TokenCycle): StoredCycle {
  return {
    ...others,
    promptedAge: prompt?.age ?? null,
    promptedAt: prompt?.at ?? null,
    promptTold: prompt?.told === true,
  };
}
