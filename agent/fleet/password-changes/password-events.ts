import { detailOf, instantOf } from '../../history/history.ts';
import type { EpochMs } from '../../shared/time.ts';

/** The events of a new local password: together with a token refresh, and without one near it. */
export type PasswordEventKind = 'password-synced' | 'local-password-changed';

/**
 * When the tokens of a password sync were received, or the local password was set. The agent records it at
 * the next poll. An event without this time in its detail counts by its own time.
 */
export function passwordSetAt(
  kind: PasswordEventKind,
  { at, detail }: { readonly at: EpochMs; readonly detail: string },
): EpochMs {
  const { receivedAt, setAt } = detailOf({ detail });
  return instantOf(kind === 'password-synced' ? receivedAt : setAt) ?? at;
}
