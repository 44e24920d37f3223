import * as z from 'zod/mini';
import { type AppSso, type Method, methods } from '../shared/observation.ts';
import { type EpochMs, fromIso } from '../shared/time.ts';
import { unlistedStateName, userStateOf } from '../shared/user-state.ts';

/**
 * The state of the user that macOS prints, by name before number. `state` null with a `name`: the name is not
 * known; without one, macOS prints neither.
 */
interface UserState {
  readonly state: number | null;
  readonly name: string | null;
}

/** What macOS prints in every state. */
interface Printed {
  readonly method: Method;
  readonly user: UserState | null;
  /** Null: no tokens are printed. Both times null: tokens are printed, and their times can't be read. */
  readonly tokens: {
    readonly receivedAt: EpochMs | null;
    readonly expiresAt: EpochMs | null;
    readonly expired: boolean;
  } | null;
}

/** The device configuration. */
export interface Device {
  readonly configuredAt: EpochMs | null;
  readonly deviceId: string | null;
  /** The device's own method, which a user may not have followed yet; null: unknown. */
  readonly method: Method | null;
  /** The session user is exempt from Platform SSO. */
  readonly exempt: boolean;
}

interface Configured extends Printed {
  readonly device: Device;
}

/**
 * The facts of one valid reading of `app-sso platform -s`, without the values (`created`, `_credential`,
 * digests) that change with each call.
 *
 * - `notConfigured` Platform SSO is not configured
 * - `none`          configured, and the device is not registered
 * - `device`        the device is registered, and the user is not
 * - `complete`      the device and the user are registered
 * - `unclear`       the device is registered, and the user's state is undocumented. It proves
 *                   neither a registration nor its loss
 */
export type Facts =
  | (Printed & { readonly registration: 'notConfigured' })
  | (Configured & { readonly registration: 'none' | 'device' })
  | (Configured & { readonly registration: 'complete'; readonly user: UserState & { readonly state: 0 | 1 } })
  | (Configured & { readonly registration: 'unclear'; readonly user: UserState });

/** The facts in the agent memory. The keys are a contract with existing databases. */
export const storedFactsShape = () =>
  z.object({
    configured: z.boolean(),
    registration: z.enum(['none', 'device', 'complete', 'unclear']),
    userPresent: z.boolean(),
    /** Null with a user: the state has a name that is not known. */
    userState: z.nullable(z.number()),
    /** That name. Missing in a memory of an older version. */
    userStateName: z.optional(z.nullable(z.string())),
    method: z.enum(methods),
    exempt: z.boolean(),
    expired: z.boolean(),
    receivedAt: z.nullable(z.number()),
    expiresAt: z.nullable(z.number()),
    configuredAt: z.nullable(z.number()),
    deviceId: z.nullable(z.string()),
    /** Missing in a memory of an older version. */
    deviceMethod: z.optional(z.nullable(z.enum(methods))),
    /** Tokens exist, and their times can't be read. Missing in a memory of an older version. */
    tokensUnreadable: z.optional(z.boolean()),
  });
type StoredFacts = z.infer<ReturnType<typeof storedFactsShape>>;

export function factsFromStored(stored: StoredFacts): Facts {
  const { receivedAt, expiresAt, expired, configuredAt, deviceId, exempt } = stored;
  const hasTokens = receivedAt !== null || expiresAt !== null || expired || stored.tokensUnreadable === true;
  return classified({
    device: stored.configured
      ? { configuredAt, deviceId, method: stored.deviceMethod ?? null, exempt }
      : null,
    deviceDone: stored.registration !== 'none',
    method: stored.method,
    user: stored.userPresent ? { state: stored.userState, name: stored.userStateName ?? null } : null,
    tokens: hasTokens ? { receivedAt, expiresAt, expired } : null,
  });
}

export function factsToStored(of: Facts): StoredFacts {
  const { user } = of;
  const device = isConfigured(of) ? of.device : null;
  return {
    configured: device !== null,
    registration: registrationOf(of),
    userPresent: user !== null,
    userState: user?.state ?? null,
    ...(user === null || user.name === null ? {} : { userStateName: user.name }),
    method: of.method,
    exempt: device?.exempt === true,
    expired: isExpired(of),
    receivedAt: receivedAtOf(of),
    expiresAt: expiresAtOf(of),
    configuredAt: device?.configuredAt ?? null,
    deviceId: device?.deviceId ?? null,
    ...(device === null || device.method === null ? {} : { deviceMethod: device.method }),
    tokensUnreadable: tokensAreUnreadable(of),
  };
}

/**
 * The user's states without a complete registration. 2 and 5: to be repaired; 4, 6 and 7: a new user,
 * "registration is pending". 0 and 1 are the states with one. Source: a public decompile
 * (docs/password-window.md). Other numbers are undocumented, and a macOS version can add some.
 */
const newUser: readonly (number | null)[] = [4, 6, 7];
const incomplete: readonly (number | null)[] = [2, 5, ...newUser];

/** `device` null: Platform SSO is not configured. `deviceDone`: the device is registered. */
function classified({
  device,
  deviceDone,
  ...printed
}: Printed & { readonly device: Device | null; readonly deviceDone: boolean }): Facts {
  if (device === null) return { registration: 'notConfigured', ...printed };
  if (!deviceDone) return { registration: 'none', device, ...printed };
  const { user, ...others } = printed;
  if (user === null || incomplete.includes(user.state))
    return { registration: 'device', device, user, ...others };
  const { state, name } = user;
  return state === 0 || state === 1
    ? { registration: 'complete', device, user: { state, name }, ...others }
    : { registration: 'unclear', device, user, ...others };
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

/** The number of a user's state with its meaning: "1 (needs authentication)"; without a number its name. */
export function stateText(state: number | null, name: string | null = null): string {
  if (state === null) return name ?? 'unknown';
  return `${state} (${stateWords[state] ?? 'unknown state'})`;
}

function instant(iso: string | null | undefined): EpochMs | null {
  return iso === null || iso === undefined ? null : fromIso(iso);
}

function deviceOf(device: AppSso['device']): Device {
  return {
    configuredAt: instant(device?.configuredAt),
    deviceId: device?.deviceId ?? null,
    method: device === null || device.method === 'unknown' ? null : device.method,
    exempt: device?.accountExempt === true,
  };
}

function tokensOf(tokens: AppSso['tokens'], now: EpochMs): Facts['tokens'] {
  if (tokens === null) return null;
  const expiresAt = instant(tokens.expiresAt);
  const expired = tokens.expired === true || (expiresAt !== null && expiresAt <= now);
  return { receivedAt: instant(tokens.receivedAt), expiresAt, expired };
}

/** The facts of a reading; null when its status is unknown. `now` decides whether the tokens have expired. */
export function factsOf(appSso: AppSso, now: EpochMs): Facts | null {
  const { status, method, device, user, tokens } = appSso;
  if (status === 'unknown') return null;
  return classified({
    device: status === 'notConfigured' ? null : deviceOf(device),
    deviceDone: device?.registrationCompleted === true,
    method,
    user:
      user === null
        ? null
        : { state: userStateOf(user.state, user.stateLabel), name: unlistedStateName(user.stateLabel) },
    tokens: tokensOf(tokens, now),
  });
}

/** The registration in the words of `v_state`, which have no own word for `notConfigured`. */
export function registrationOf({ registration }: Facts): 'none' | 'device' | 'complete' | 'unclear' {
  return registration === 'notConfigured' ? 'none' : registration;
}

/** A key that is equal for two readings of the same registration state. It ignores times. */
export function stateKeyOf(of: Facts): string {
  const exempt = isConfigured(of) && of.device.exempt;
  return [
    of.registration,
    of.user !== null,
    of.user?.state ?? of.user?.name,
    of.method,
    isExpired(of),
    exempt,
  ].join(' ');
}

export function isConfigured(of: Facts): of is Exclude<Facts, { registration: 'notConfigured' }> {
  return of.registration !== 'notConfigured';
}

/** Whether at least one time of the tokens is known. */
export function hasTokens({ tokens }: Facts): boolean {
  return tokens !== null && (tokens.receivedAt !== null || tokens.expiresAt !== null);
}

export function tokensAreUnreadable(of: Facts): boolean {
  return of.tokens !== null && !hasTokens(of);
}

/** When macOS received the tokens; null: unknown, or there are none. */
export function receivedAtOf({ tokens }: Facts): EpochMs | null {
  return tokens?.receivedAt ?? null;
}

export function expiresAtOf({ tokens }: Facts): EpochMs | null {
  return tokens?.expiresAt ?? null;
}

export function isExpired({ tokens }: Facts): boolean {
  return tokens?.expired === true;
}

/** Whether the user has still to register with the method. */
export function isNewUser({ user }: Facts): boolean {
  return user !== null && newUser.includes(user.state);
}

/** Whether the registration is complete and usable. A healthy reading needs no confirmation. */
export function isHealthy(of: Facts): boolean {
  return of.registration === 'complete' && of.user.state === 0 && !isExpired(of);
}
