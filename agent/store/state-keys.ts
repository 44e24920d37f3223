import { preconditions } from '../assess/preconditions.ts';
import type { ViewRow } from './tables.ts';

type StateRow = ViewRow<'state'>;

/** The keys of `v_state`, a contract. A database of a later version may have more. */
const stateKeys = [
  'headline',
  /** The begin of the present trouble; empty: there is none. */
  'trouble-since',
  'app-sso',
  'configured',
  'registration',
  'method',
  'user-state',
  'last-confirmed-good',
  'tokens-expire-at',
  'password-window',
  'password-last-set',
  'password-rules-not-compared',
  'open-issues',
  'macos',
  'company-portal',
  'enrolled',
  /** macOS's name of a sign-in method that this version does not understand; empty: none. */
  'unknown-method',
  ...preconditions,
  /** The last poll at the time of the last write: at least every 30 minutes. */
  'last-poll',
  'user',
  'device',
] as const;
export type StateKey = (typeof stateKeys)[number];

/** Texts of `v_state`. */
export type StateValues = Readonly<Partial<Record<StateKey, string>>>;

/** The rows of `v_state` by key. */
export interface StateByKey {
  get(key: StateKey): StateRow | undefined;
}

export function stateByKey(rows: readonly StateRow[]): StateByKey {
  return new Map<string, StateRow>(rows.map((row) => [row.key, row]));
}
