import * as z from 'zod/mini';
import { type AppSso, methods } from '../shared/observation.ts';
import { type EpochMs, fromIso } from '../shared/time.ts';

/**
 * The facts of one valid reading of `app-sso platform -s`, as the agent memory keeps them: without the values
 * (`created`, `_credential`, digests) that change with each call.
 */
export const factsShape = () =>
  z.object({
    configured: z.boolean(),
    /**
     * `unclear`: the number of the user's state is undocumented. It proves neither a registration nor its
     * loss.
     */
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
    /** Tokens exist, and their times can't be read. Missing in a memory of an older version. */
    tokensUnreadable: z.optional(z.boolean()),
  });
export type Facts = z.infer<ReturnType<typeof factsShape>>;

/**
 * The user's states with a complete registration, and those without. 2 and 5: to be repaired; 4, 6 and 7: a
 * new user, "registration is pending". Source: a public decompile (docs/password-window.md). Other numbers
 * are undocumented, and a macOS version can add some.
 */
const complete: readonly (number | null)[] = [0, 1];
const incomplete: readonly (number | null)[] = [2, 4, 5, 6, 7];

function registrationOf(deviceDone: boolean, user: AppSso['user']): Facts['registration'] {
  if (!deviceDone) return 'none';
  if (user === null || incomplete.includes(user.state)) return 'device';
  return complete.includes(user.state) ? 'complete' : 'unclear';
}

const stateWords: Readonly<Record<number, string>> = {
  0: 'normal',
  1: 'needs authentication',
  2: 'needs registration',
  4: 'a new user: registration is pending',
  5: 'the key is not valid',
  6: 'a new user: registration is pending',
  7: 'a new user: registration is pending',
};

/** The number of a user's state with its meaning: "1 (needs authentication)". */
export function stateText(state: number | null): string {
  if (state === null) return 'unknown';
  return `${state} (${stateWords[state] ?? 'unknown state'})`;
}

function instant(iso: string | null | undefined): EpochMs | null {
  return iso === null || iso === undefined ? null : fromIso(iso);
}

/** The facts of a reading; null when its status is unknown. `now` decides whether the tokens have expired. */
export function factsOf(appSso: AppSso, now: EpochMs): Facts | null {
  if (appSso.status === 'unknown') return null;
  const { device, user, tokens } = appSso;
  const expiresAt = instant(tokens?.expiresAt);
  return {
    configured: appSso.status !== 'notConfigured',
    registration: registrationOf(device?.registrationCompleted === true, user),
    userPresent: user !== null,
    userState: user?.state ?? null,
    method: appSso.method,
    exempt: device?.accountExempt === true,
    expired: tokens !== null && (tokens.expired === true || (expiresAt !== null && expiresAt <= now)),
    receivedAt: instant(tokens?.receivedAt),
    expiresAt,
    configuredAt: instant(device?.configuredAt),
    deviceId: device?.deviceId ?? null,
    tokensUnreadable: tokens !== null && tokens.receivedAt === null && tokens.expiresAt === null,
  };
}

/** A key that is equal for two readings of the same registration state. It ignores times. */
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

/** Whether at least one time of the tokens is known. */
export function hasTokens(of: Facts): boolean {
  return of.receivedAt !== null || of.expiresAt !== null;
}

/** Whether the registration is complete and usable. A healthy reading needs no confirmation. */
export function isHealthy(of: Facts): boolean {
  return of.configured && of.registration === 'complete' && of.userState === 0 && !of.expired;
}
