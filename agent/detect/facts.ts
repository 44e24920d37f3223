import * as z from 'zod/mini';
import { type AppSso, type Method, methods } from '../shared/observation.ts';
import { type PasswordRelation, passwordRelationOf } from '../shared/password-relation.ts';
import { type EpochMs, fromIso } from '../shared/time.ts';
import { unlistedStateName, userStateOf } from '../shared/user-state.ts';

/**
 * The state of the user that macOS prints, by name before number. `state` null with a `name`: the name is not
 * known; without one, macOS prints neither.
 */
interface UserState {
  readonly state: number | null;
  readonly name: string | null;
  /**
   * macOS has a record of the user without a login, a login configuration or tokens: this user has never
   * registered.
   */
  readonly neverSignedIn?: true;
}

/** What macOS prints in every state. */
interface Printed {
  readonly method: Method;
  /** The name of a method that this version does not understand. */
  readonly methodLabel?: string;
  /** The profile has AllowWebLoginPasswordSync. */
  readonly webLoginPasswordSync?: true;
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
  /** The session user is exempt from Platform SSO. */
  readonly exempt: boolean;
  /** The method that the device asks for. The user can still be registered with another one. */
  readonly method: Method;
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

/** The facts of a Mac on which Platform SSO is configured. */
export type ConfiguredFacts = Exclude<Facts, { registration: 'notConfigured' }>;

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
    /** Missing: false, or a memory of an older version. */
    userNeverSignedIn: z.optional(z.boolean()),
    method: z.enum(methods),
    /** Missing for a method that this version understands, and in a memory of an older version. */
    methodLabel: z.optional(z.string()),
    webLoginPasswordSync: z.optional(z.literal(true)),
    exempt: z.boolean(),
    expired: z.boolean(),
    receivedAt: z.nullable(z.number()),
    expiresAt: z.nullable(z.number()),
    configuredAt: z.nullable(z.number()),
    deviceId: z.nullable(z.string()),
    /** Tokens exist, and their times can't be read. Missing in a memory of an older version. */
    tokensUnreadable: z.optional(z.boolean()),
    /** The method of the device. Missing in a memory of an older version. */
    deviceMethod: z.optional(z.enum(methods)),
  });
type StoredFacts = z.infer<ReturnType<typeof storedFactsShape>>;

export function factsFromStored(stored: StoredFacts): Facts {
  const { receivedAt, expiresAt, expired, configuredAt, deviceId, exempt, deviceMethod = 'unknown' } = stored;
  const hasTokens = receivedAt !== null || expiresAt !== null || expired || stored.tokensUnreadable === true;
  return classified({
    device: stored.configured ? { configuredAt, deviceId, exempt, method: deviceMethod } : null,
    deviceDone: stored.registration !== 'none',
    method: stored.method,
    ...webLoginOf(stored.methodLabel ?? null, stored.webLoginPasswordSync === true),
    user: stored.userPresent
      ? {
          state: stored.userState,
          name: stored.userStateName ?? null,
          ...(stored.userNeverSignedIn === true ? { neverSignedIn: true } : {}),
        }
      : null,
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
    ...(user?.neverSignedIn === true ? { userNeverSignedIn: true } : {}),
    method: of.method,
    ...webLoginOf(of.methodLabel ?? null, of.webLoginPasswordSync === true),
    exempt: device?.exempt === true,
    expired: isExpired(of),
    receivedAt: receivedAtOf(of),
    expiresAt: expiresAtOf(of),
    configuredAt: device?.configuredAt ?? null,
    deviceId: device?.deviceId ?? null,
    tokensUnreadable: tokensAreUnreadable(of),
    ...(device === null ? {} : { deviceMethod: device.method }),
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
  const { state } = user;
  return state === 0 || state === 1
    ? { registration: 'complete', device, user: { ...user, state }, ...others }
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
    exempt: device?.accountExempt === true,
    method: device?.method ?? 'unknown',
  };
}

function tokensOf(tokens: AppSso['tokens'], { now, tokenAge = null }: FactsAt): Facts['tokens'] {
  if (tokens === null) return null;
  const expiresAt = instant(tokens.expiresAt);
  const receivedAt = instant(tokens.receivedAt);
  const pastEnd = expiresAt !== null && expiresAt <= now;
  const lifetime = expiresAt === null || receivedAt === null ? null : expiresAt - receivedAt;
  if (lifetime === null || lifetime <= 0 || tokenAge === null)
    return { receivedAt, expiresAt, expired: tokens.expired === true || pastEnd };
  // macOS compares with the wall clock too: its word counts only where it says more than that.
  const expired = tokenAge >= lifetime || (tokens.expired === true && !pastEnd);
  return { receivedAt, expiresAt, expired };
}

/** Both are absent where they say nothing. */
function webLoginOf(
  methodLabel: string | null,
  webLoginPasswordSync: boolean,
): Pick<Printed, 'methodLabel' | 'webLoginPasswordSync'> {
  return {
    ...(methodLabel === null ? {} : { methodLabel }),
    ...(webLoginPasswordSync ? { webLoginPasswordSync } : {}),
  };
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

interface FactsAt {
  readonly now: EpochMs;
  /**
   * Milliseconds of real time since the receipt of the tokens. It decides whether they have expired where the
   * wall clock was set; null: it was not, and `now` decides.
   */
  readonly tokenAge?: number | null;
  /** Of the profile (shared/password-relation.ts). */
  readonly webLoginPasswordSync?: boolean;
}

/** The facts of a reading; null when its status is unknown. */
export function factsOf(appSso: AppSso, at: FactsAt): Facts | null {
  const { webLoginPasswordSync = false } = at;
  const { status, method, device, user, tokens } = appSso;
  if (status === 'unknown') return null;
  return classified({
    device: status === 'notConfigured' ? null : deviceOf(device),
    deviceDone: device?.registrationCompleted === true,
    method,
    ...webLoginOf(labelNotUnderstood(appSso), webLoginPasswordSync),
    user: user === null ? null : userOf(user, tokens),
    tokens: tokensOf(tokens, at),
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
    methodToFollow(of),
  ].join(' ');
}

export function isKnownMethod(method: Method): boolean {
  return method !== 'unknown' && method !== 'none';
}

/** The method of the device, while the user is registered with another one; null: the same, or unknown. */
export function methodToFollow(of: Facts): Method | null {
  if (!isConfigured(of) || of.user === null) return null;
  const { method } = of.device;
  return isKnownMethod(method) && isKnownMethod(of.method) && method !== of.method ? method : null;
}

export function isConfigured(of: Facts): of is ConfiguredFacts {
  return of.registration !== 'notConfigured';
}

/** What the sign-in method means for the Mac's password. */
export function relationOf(of: Facts): PasswordRelation {
  return passwordRelationOf(of.method, of.webLoginPasswordSync === true);
}

/** Whether macOS sets the work password here: only then is there a password window. */
export function appliesWindow(of: Facts): boolean {
  return relationOf(of) === 'synchronised';
}

/** The method of which it is unknown how it treats the Mac's password, by name; null: there is none. */
export function methodNotUnderstood(of: Facts): string | null {
  return isConfigured(of) && relationOf(of) === 'unknown' ? (of.methodLabel ?? of.method) : null;
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
