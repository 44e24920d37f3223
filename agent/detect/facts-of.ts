import type { AppSso } from '../shared/observation.ts';
import { passwordRelationOf } from '../shared/password-relation.ts';
import { type EpochMs, instantOrNull } from '../shared/time.ts';
import { unlistedStateName, userStateOf } from '../shared/user-state.ts';
import { classifiedFacts, type Device, type Facts, methodDetails, type UserState } from './facts.ts';

interface FactsAt {
  readonly now: EpochMs;
  /**
   * Milliseconds of real time since the receipt of the tokens. It decides whether they have expired where the
   * wall clock was set; null: it was not, and `now` decides.
   */
  readonly tokenAge: number | null;
  /** Of the profile (shared/password-relation.ts). */
  readonly webLoginPasswordSync: boolean;
}

/** The facts of a reading; null when its status is unknown. */
export function factsOf(appSso: AppSso, at: FactsAt): Facts | null {
  const { status, method, device, user, tokens } = appSso;
  if (status === 'unknown') return null;
  return classifiedFacts({
    device: status === 'notConfigured' ? null : deviceOf(device),
    deviceDone: device?.registrationCompleted === true,
    method,
    ...methodDetails(labelNotUnderstood(appSso), at.webLoginPasswordSync),
    user: user === null ? null : userOf(user, tokens),
    tokens: tokensOf(tokens, at),
  });
}

function deviceOf(device: AppSso['device']): Device {
  return {
    configuredAt: instantOrNull(device?.configuredAt),
    deviceId: device?.deviceId ?? null,
    exempt: device?.accountExempt === true,
    method: device?.method ?? 'unknown',
  };
}

function tokensOf(tokens: AppSso['tokens'], { now, tokenAge }: FactsAt): Facts['tokens'] {
  if (tokens === null) return null;
  const expiresAt = instantOrNull(tokens.expiresAt);
  const receivedAt = instantOrNull(tokens.receivedAt);
  const pastEnd = expiresAt !== null && expiresAt <= now;
  const lifetime = expiresAt === null || receivedAt === null ? null : expiresAt - receivedAt;
  if (lifetime === null || lifetime <= 0 || tokenAge === null)
    return { receivedAt, expiresAt, expired: tokens.expired === true || pastEnd };
  // macOS compares with the wall clock too. What it prints counts only where that clock does not explain it.
  const expired = tokenAge >= lifetime || (tokens.expired === true && !pastEnd);
  return { receivedAt, expiresAt, expired };
}

/** The name of the method that counts; null: this version understands it, or macOS prints no name. */
function labelNotUnderstood({ method, device, user }: AppSso): string | null {
  if (passwordRelationOf(method, false) !== 'unknown' || method === 'none') return null;
  const label = user?.methodLabel ?? device?.methodLabel ?? null;
  return label === '(null)' ? null : label;
}

function userOf(user: NonNullable<AppSso['user']>, tokens: AppSso['tokens']): UserState {
  const { state, stateLabel, lastLoginAt, hasLoginConfiguration } = user;
  const neverSignedIn = lastLoginAt === null && !hasLoginConfiguration && tokens === null;
  return {
    state: userStateOf(state, stateLabel),
    name: unlistedStateName(stateLabel),
    ...(neverSignedIn ? { neverSignedIn } : {}),
  };
}
