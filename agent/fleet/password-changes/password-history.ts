import type { EpochMs } from '../../shared/time.ts';
import { toIso } from '../../shared/time.ts';
import type { StateValues } from '../../store/state-keys.ts';
import type { Digest } from '../digest.ts';
import type { PasswordHistory } from './arrivals.ts';

/** What of a digest is compared with changed passwords. */
export type ComparedDigest = Pick<Digest, 'state' | 'beganAt' | 'passwordSyncs' | 'localPasswordSets'>;

/** What the digest of a Mac says about changed passwords. */
export function passwordHistoryOf({
  digest,
  lastAt,
  silent,
}: {
  readonly digest: ComparedDigest;
  readonly lastAt: EpochMs | null;
  readonly silent: boolean;
}): PasswordHistory {
  const { beganAt, passwordSyncs: syncs, localPasswordSets: localSets, state } = digest;
  return { beganAt, lastAt, silent, syncs, localSets, without: withoutWorkPassword(state) };
}

/** By the present state: a Mac that took a password before changed its method has that on record. */
function withoutWorkPassword(state: StateValues): PasswordHistory['without'] {
  if (state.configured === 'no') return 'not-configured';
  const { method } = state;
  if (method === 'password') return null;
  const window = state['password-window'];
  if (window === 'notApplicable' || method === 'secureEnclaveKey' || method === 'smartCard')
    return 'method-without-password';
  // With another method, the window has a phase where macOS sets the work password.
  return window === 'unknown' || window === undefined || window === '' ? 'method-not-understood' : null;
}

/** Why the Mac may be late, where no issue is open; empty: the record does not say. */
export function passwordNote(state: StateValues, changedAt: EpochMs): string {
  const good = Date.parse(state['last-confirmed-good'] ?? '');
  if (good > changedAt)
    return `macOS received tokens at ${toIso(good)}, after the change, and no new local password was set.`;
  switch (state['password-window']) {
    case 'due':
      return 'The Mac was in use for less than 15 minutes since the tokens are due.';
    case 'hint':
      return 'The screen was not unlocked since the tokens are due.';
    default:
      return '';
  }
}
