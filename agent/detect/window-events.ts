import { type NewEvent, newEvent } from '../shared/event.ts';
import type { SyncCycle } from '../shared/history-records.ts';
import { type EpochMs, toIso } from '../shared/time.ts';
import { activeTimeSince } from './active-intervals.ts';
import { dueAge, type TokenCycle } from './token-cycle.ts';

export function dueEvent({ receivedAt }: TokenCycle, now: EpochMs): NewEvent {
  const lastConfirmedGoodAt = toIso(receivedAt);
  const summary = `Sign-in tokens are older than 4 h 05 min; last confirmed good at ${lastConfirmedGoodAt}.`;
  return newEvent(now, 'sync-window-due', 'info', summary, {
    data: { lastConfirmedGoodAt, dueAt: toIso(receivedAt + dueAge) },
  });
}

export function overdueEvent({ receivedAt, stretches }: TokenCycle, now: EpochMs): NewEvent {
  const good = toIso(receivedAt);
  const summary = `Sign-in wasn't renewed after unlocking; last confirmed good at ${good}.`;
  const activeSecondsPastDue = Math.round(activeTimeSince(stretches, dueAge) / 1000);
  return newEvent(now, 'sync-window-overdue', 'high', summary, {
    data: { lastConfirmedGoodAt: good, activeSecondsPastDue },
  });
}

export function refreshEvent(
  now: EpochMs,
  synced: boolean,
  /** Null: these are the first tokens, or the tokens before them are not known now. */
  previousReceivedAt: EpochMs | null,
  receivedAt: EpochMs,
  row: SyncCycle | null,
): NewEvent {
  const data = {
    receivedAt: toIso(receivedAt),
    ...(previousReceivedAt === null ? {} : { previousReceivedAt: toIso(previousReceivedAt) }),
    lagSeconds: row?.lagSeconds ?? null,
    activeLagSeconds: row?.activeLagSeconds ?? null,
  };
  const summary = synced
    ? `The local password was set together with ${previousReceivedAt === null ? 'the receipt of tokens: the passwords agree' : 'a token refresh: the passwords agree again'}.`
    : 'macOS refreshed the sign-in tokens.';
  return newEvent(now, synced ? 'password-synced' : 'token-refreshed', 'info', summary, { data });
}
