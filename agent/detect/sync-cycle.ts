import * as z from 'zod/mini';
import type { SyncCycle } from '../shared/history-records.ts';
import { type EpochMs, hour, minute } from '../shared/time.ts';
import { activeTimeBetween } from './active-intervals.ts';

/** Older tokens than this are due: 4 h, and the 5 minutes of macOS's timer. */
export const dueAge = 4 * hour + 5 * minute;

/** The life of one set of tokens, from when they were received to when newer ones were. */
export const cycleShape = () =>
  z.object({
    receivedAt: z.number(),
    /** Real milliseconds since receivedAt, as of the last look. */
    age: z.number(),
    /** Real milliseconds for which `app-sso` could not be read, up to the last look. */
    unread: z.number(),
    /** Of active use, on the line of age. */
    stretches: z.array(z.readonly(z.tuple([z.number(), z.number()]))),
    dueTold: z.boolean(),
    overdueTold: z.boolean(),
    /** On the line of age: the first online unlock past the mark, and the first sight of a prompt. */
    unlockedAge: z.nullable(z.number()),
    promptedAge: z.nullable(z.number()),
    promptedAt: z.nullable(z.number()),
    /** Its row says that macOS asks. An older version did not keep it. */
    promptTold: z.optional(z.boolean()),
  });
export type TokenCycle = z.infer<ReturnType<typeof cycleShape>>;

export const closedCycleShape = () =>
  z.object({
    staleFrom: z.number(),
    dueAt: z.nullable(z.number()),
    promptedAt: z.nullable(z.number()),
    refreshedAt: z.nullable(z.number()),
    passwordChangedAt: z.nullable(z.number()),
    outcome: z.enum(['open', 'token-refreshed', 'password-synced', 'abandoned']),
    lagSeconds: z.nullable(z.number()),
    activeLagSeconds: z.nullable(z.number()),
  });

/** Where the lag of a cycle is measured from, on the line of age; null when nothing was owed. */
function lagStart(of: TokenCycle, idpPasswordChangedAt: EpochMs | null, closedAge: number): number | null {
  if (idpPasswordChangedAt !== null) {
    const changedAge = idpPasswordChangedAt - of.receivedAt;
    if (changedAge >= 0 && changedAge <= closedAge) return changedAge;
  }
  const due = of.dueTold ? dueAge : null;
  if (of.promptedAge === null) return due;
  return due === null ? of.promptedAge : Math.min(due, of.promptedAge);
}

export function syncCycleRow(
  of: TokenCycle,
  input: { readonly idpPasswordChangedAt: EpochMs | null },
  closing: { outcome: SyncCycle['outcome']; refreshedAt: EpochMs | null; age: number } | null,
): SyncCycle {
  const changed = input.idpPasswordChangedAt;
  const start = closing === null ? null : lagStart(of, changed, closing.age);
  const known =
    changed !== null &&
    changed >= of.receivedAt &&
    (closing === null || changed - of.receivedAt <= closing.age);
  return {
    staleFrom: of.receivedAt,
    dueAt: of.dueTold ? of.receivedAt + dueAge : null,
    promptedAt: of.promptedAt,
    refreshedAt: closing?.refreshedAt ?? null,
    passwordChangedAt: known ? changed : null,
    outcome: closing?.outcome ?? 'open',
    lagSeconds: closing === null || start === null ? null : Math.round((closing.age - start) / 1000),
    activeLagSeconds:
      closing === null || start === null
        ? null
        : Math.round(activeTimeBetween(of.stretches, start, closing.age) / 1000),
  };
}
