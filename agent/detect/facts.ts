import type { Method } from '../shared/observation.ts';
import { type PasswordRelation, passwordRelationOf } from '../shared/password-relation.ts';
import type { EpochMs } from '../shared/time.ts';

/**
 * The state of the user that macOS prints, by name before number. `state` null with a `name`: the name is not
 * known; without one, macOS prints neither.
 */
export interface UserState {
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

/**
 * The user's states without a complete registration. 2 and 5: to be repaired; 4, 6 and 7: a new user,
 * "registration is pending". 0 and 1 are the states with one. Source: a public decompile
 * (docs/password-window.md). Other numbers are undocumented, and a macOS version can add some.
 */
const newUser: readonly (number | null)[] = [4, 6, 7];
const incomplete: readonly (number | null)[] = [2, 5, ...newUser];

/**
 * The facts, classified by device and user. `device` null: Platform SSO is not configured. `deviceDone`: the
 * device is registered.
 */
export function classifiedFacts({
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

/** The two optional fields of `Printed`: a null label and a missing setting leave their field out. */
export function methodDetails(
  methodLabel: string | null,
  webLoginPasswordSync: boolean,
): Pick<Printed, 'methodLabel' | 'webLoginPasswordSync'> {
  return {
    ...(methodLabel === null ? {} : { methodLabel }),
    ...(webLoginPasswordSync ? { webLoginPasswordSync } : {}),
  };
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
