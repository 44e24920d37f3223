import * as z from 'zod/mini';
import { type AppSso, methods } from '../shared/observation.ts';
import { type EpochMs, fromIso } from '../shared/time.ts';

/**
 * What matters of one readable answer of `app-sso platform -s`: small enough to remember, and without the noise
 * (`created`, `_credential`, digests) that changes with every call.
 */
export const factsShape = () =>
  z.object({
    configured: z.boolean(),
    /** `unclear`: the user is in a state that nobody has explained; it proves neither a registration nor its loss. */
    registration: z.enum(['none', 'device', 'complete', 'unclear']),
    userPresent: z.boolean(),
    userState: z.nullable(z.number()),
    method: z.enum(methods),
    exempt: z.boolean(),
    expired: z.boolean(),
    receivedAt: z.nullable(z.number()),
    expiresAt: z.nullable(z.number()),
    configuredAt: z.nullable(z.number()),
    deviceId: z.nullable(z.string()),
    /** Tokens are there, and no date of them can be read. An older version did not keep it. */
    tokensUnreadable: z.optional(z.boolean()),
  });
export type Facts = z.infer<ReturnType<typeof factsShape>>;

/**
 * What the numbers of the user's state say of the registration. 0 and 1: complete. 2 and 5: to be repaired; 4, 6 and 7: a
 * new user, for whom "registration is pending". From a public decompile; the rest is not known (docs/password-window.md),
 * and macOS brings new numbers.
 */
const complete: readonly (number | null)[] = [0, 1];
const incomplete: readonly (number | null)[] = [2, 4, 5, 6, 7];

function registrationOf(deviceDone: boolean, user: AppSso['user']): Facts['registration'] {
  if (!deviceDone) return 'none';
  if (user === null || incomplete.includes(user.state)) return 'device';
  return complete.includes(user.state) ? 'complete' : 'unclear';
}

const stateWords: Readonly<Record<number, string>> = {
  0: 'in order',
  1: 'needs authentication',
  2: 'needs registration',
  4: 'a new user: registration is pending',
  5: 'the key is not valid',
  6: 'a new user: registration is pending',
  7: 'a new user: registration is pending',
};

/** The number with what is known of it: "1 (needs authentication)". */
export function stateText(state: number | null): string {
  if (state === null) return 'unknown';
  return `${state} (${stateWords[state] ?? 'of which nothing is known'})`;
}

function instant(iso: string | null | undefined): EpochMs | null {
  return iso === null || iso === undefined ? null : fromIso(iso);
}

/** Null when the answer says nothing that can be relied on. `now` decides whether tokens are past their expiry. */
export function factsOf(answer: AppSso, now: EpochMs): Facts | null {
  if (answer.status === 'unknown') return null;
  const { device, user, tokens } = answer;
  const expiresAt = instant(tokens?.expiresAt);
  return {
    configured: answer.status !== 'notConfigured',
    registration: registrationOf(device?.registrationCompleted === true, user),
    userPresent: user !== null,
    userState: user?.state ?? null,
    method: answer.method,
    exempt: device?.accountExempt === true,
    expired: tokens !== null && (tokens.expired === true || (expiresAt !== null && expiresAt <= now)),
    receivedAt: instant(tokens?.receivedAt),
    expiresAt,
    configuredAt: instant(device?.configuredAt),
    deviceId: device?.deviceId ?? null,
    tokensUnreadable: tokens !== null && tokens.receivedAt === null && tokens.expiresAt === null,
  };
}

/** A condition by which two answers are the same situation, whatever their times. */
export function stateKeyOf(of: Facts): string {
  return [
    of.configured,
    of.registration,
    of.userPresent,
    of.userState,
    of.method,
    of.expired,
    of.exempt,
  ].join(' ');
}

export function hasTokens(of: Facts): boolean {
  return of.receivedAt !== null || of.expiresAt !== null;
}

/** In order, and nothing to wait for: such an answer needs no second one to be believed. */
export function isHealthy(of: Facts): boolean {
  return of.configured && of.registration === 'complete' && of.userState === 0 && !of.expired;
}
