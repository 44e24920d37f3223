import { instantOf } from '../history/history.ts';
import { type EpochMs, isoOrNull } from '../shared/time.ts';
import type { EventRow, SyncRow } from '../store/store.ts';
import type { SyncStage } from './validation-output.ts';

/** The newest password change that macOS took up in the time that counts. */
export interface FollowedSync {
  /** The token cycle that it ended; null: the new password has not reached the Mac. */
  readonly synced: { readonly at: EpochMs; readonly row: SyncRow } | null;
  /** In the order of a password change. */
  readonly stages: SyncStage[];
}

const titles: Readonly<Record<SyncStage['id'], string>> = {
  prompt: 'macOS asks for the new password',
  typed: 'The new password was typed, and macOS accepted it',
  tokens: 'macOS received new tokens',
  'local-password': 'macOS set the local password',
};

type Times = Readonly<Record<SyncStage['id'], EpochMs | null>>;

/** Null: neither a sync nor a prompt in the time that counts. */
export function followedSync(
  sync: readonly SyncRow[],
  events: readonly EventRow[],
  from: EpochMs,
): FollowedSync | null {
  const [newest] = sync
    .filter(({ outcome }) => outcome === 'password-synced')
    .map((row) => ({ row, at: instantOf(row.refreshed_at) ?? Number.NEGATIVE_INFINITY }))
    .filter(({ at }) => at >= from)
    .sort((one, other) => other.at - one.at);
  if (newest !== undefined)
    return { synced: newest, stages: stagesOf(timesOfSync(newest.row, newest.at, events)) };
  const prompt = events.findLast(({ kind, to_state }) => isPrompt(kind, to_state));
  const promptedAt = instantOf(prompt?.at);
  return promptedAt === null || promptedAt < from
    ? null
    : { synced: null, stages: stagesOf(timesOfPrompt(promptedAt, events)) };
}

/** User state 1: macOS asks the user for the password. */
const isPrompt = (kind: string, to: string) => kind === 'user-state-changed' && to === '1';
const isAnswer = (kind: string, to: string) =>
  kind === 'prompt-cleared' || (kind === 'user-state-changed' && to === '0');

function timesOfSync(row: SyncRow, syncedAt: EpochMs, events: readonly EventRow[]): Times {
  const prompt = instantOf(row.prompted_at);
  const after = afterIn(events, prompt ?? syncedAt);
  return {
    prompt,
    // macOS gets tokens with the typed password, so they are the later limit. At the lock screen there is no
    // prompt.
    typed: Math.min(after(isAnswer) ?? syncedAt, syncedAt),
    tokens: syncedAt,
    'local-password': after((kind) => kind === 'password-synced') ?? syncedAt,
  };
}

function timesOfPrompt(prompt: EpochMs, events: readonly EventRow[]): Times {
  const after = afterIn(events, prompt);
  return {
    prompt,
    typed: after(isAnswer),
    tokens: after((kind) => kind === 'token-refreshed'),
    'local-password': null,
  };
}

function afterIn(events: readonly EventRow[], begin: EpochMs) {
  return (is: (kind: string, to: string) => boolean): EpochMs | null =>
    instantOf(
      events.find(({ kind, to_state, at }) => is(kind, to_state) && (instantOf(at) ?? 0) >= begin)?.at,
    );
}

function stagesOf(times: Times): SyncStage[] {
  const ids = ['prompt', 'typed', 'tokens', 'local-password'] as const;
  return ids.map((id) => {
    const at = times[id];
    return { id, title: titles[id], at: isoOrNull(at) };
  });
}
