import * as z from 'zod/mini';
import type { SyncCycle } from '../shared/history-records.ts';
import type { EpochMs } from '../shared/time.ts';
import { activeTimeBetween } from './active-intervals.ts';
import { dueAge, type TokenCycle } from './token-cycle.ts';

/** The row of a closed cycle, as the agent memory keeps it. */
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

/** The age from which the lag is measured; null when the tokens were neither due nor prompted. */
function lagStart(of: TokenCycle, idpPasswordChangedAt: EpochMs | null, closedAge: number): number | null {
  if (idpPasswordChangedAt !== null) {
    const changedAge = idpPasswordChangedAt - of.receivedAt;
    if (changedAge >= 0 && changedAge <= closedAge) return changedAge;
  }
  const due = of.dueTold ? dueAge : null;
  if (of.prompt === null) return due;
  return due === null ? of.prompt.age : Math.min(due, of.prompt.age);
}

/** The row of a token cycle in `v_sync`. `closing` null: the cycle is open. */
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
    promptedAt: of.prompt?.at ?? null,
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
