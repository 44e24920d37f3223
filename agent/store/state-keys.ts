import { preconditions } from '../assess/preconditions.ts';
import { type IdentityProvider, identityProviders, providerForTexts } from '../shared/identity-provider.ts';
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
  'identity-provider',
  'method',
  /** macOS's name of a sign-in method that this version does not understand; empty: none. */
  'method-not-understood',
  'user-state',
  'last-confirmed-good',
  'tokens-expire-at',
  'password-window',
  'password-last-set',
  'password-rules-not-compared',
  'open-issues',
  'macos',
  'company-portal',
  /** How macOS lists the extensions of Company Portal: `used`, `known`, `ignored`, `absent`. */
  'sso-extension',
  'autofill',
  'enrolled',
  ...preconditions,
  /** The last poll at the time of the last write: at least every 30 minutes. */
  'last-poll',
  /** The id of the history: random, written with its first event. */
  'history',
  'user',
  'device',
] as const;
export type StateKey = (typeof stateKeys)[number];

const knownKeys: ReadonlySet<string> = new Set(stateKeys);

export function isStateKey(key: string): key is StateKey {
  return knownKeys.has(key);
}

/** Texts of `v_state`. */
export type StateValues = Readonly<Partial<Record<StateKey, string>>>;

/** The rows of `v_state` by key. */
export interface StateByKey {
  get(key: StateKey): StateRow | undefined;
}

export function stateByKey(rows: readonly StateRow[]): StateByKey {
  return new Map<string, StateRow>(rows.map((row) => [row.key, row]));
}

/** The identity provider whose names fit this state. `value`: empty for a key without a value. */
export function providerOfState(value: (key: StateKey) => string): IdentityProvider {
  const known = identityProviders.find((provider) => provider === value('identity-provider')) ?? null;
  const portal = value('company-portal');
  return providerForTexts(known, portal === '' || portal === 'not installed' ? null : portal);
}

/** The same from rows of `v_state`. */
export function providerInRows(rows: readonly StateRow[]): IdentityProvider {
  const state = stateByKey(rows);
  return providerOfState((key) => state.get(key)?.value ?? '');
}
