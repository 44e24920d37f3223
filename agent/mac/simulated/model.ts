import type { Extensions, knownMethods, PasswordTool } from '../../shared/observation.ts';
import { day, hour } from '../../shared/time.ts';
import type { HostVerdict } from '../probe/probed-host.ts';
import { companyPortalExtensions } from '../sources/company-portal/company-portal-extensions.ts';

/** Its Platform SSO. */
export interface Psso {
  readonly method: (typeof knownMethods)[number];
  readonly registered: boolean;
  readonly userPresent: boolean;
  readonly state: number;
  /** Null: no token section is printed. */
  readonly receivedAt: number | null;
  readonly expiresAt: number | null;
  readonly lastLoginAt: number | null;
  readonly deviceId: string;
  /** The extension of the identity provider. */
  readonly extensionIdentifier: string;
  /** authGracePeriodStart, and when the device's keys were made: moves with a new registration. */
  readonly configuredAt: number;
  /** How often the Mac was registered: other keys each time. */
  readonly registrations: number;
  readonly kerberos: readonly Kerberos[];
  /** As printed; null: the model's own. */
  readonly fileVaultPolicy: string | null;
  readonly loginPolicy: string | null;
  readonly unlockPolicy: string | null;
  readonly offlineGracePeriod: string | null;
  readonly requireAuthGracePeriod: string | null;
}

type PrintedPsso = Pick<
  Psso,
  'fileVaultPolicy' | 'loginPolicy' | 'unlockPolicy' | 'offlineGracePeriod' | 'requireAuthGracePeriod'
>;

export interface Kerberos {
  readonly realm?: string;
  readonly importSuccessful?: boolean;
  readonly failedToConnect?: boolean;
  readonly exchangeRequired?: boolean;
  readonly ticketKeyPath?: string;
}

type Failure = 'missing' | 'timeout' | 'exit';
/** What a source prints instead of what the model would have it print. */
export type Override = { readonly text: string } | { readonly fail: Failure };

/**
 * The simulated Mac, as plain data. Times are milliseconds since 1970 by the Mac's own wall clock.
 * `applyChange` applies changes; the renderers of the sources (sources/NAME/simulated.ts) print it.
 */
export interface MacState {
  readonly user: string;
  readonly macos: string;
  readonly psso: Psso | null;
  readonly appSso: Override | null;
  readonly passwordPolicy: Override | null;
  readonly workplaceJoin: Override | null;
  readonly passwordLastSetAt: number | null;
  readonly screen: 'locked' | 'unlocked';
  readonly power: 'asleep' | 'awake';
  readonly network: 'online' | 'offline';
  readonly console: 'active' | 'switchedOut';
  readonly focus: 'on' | 'off' | 'unknown';
  readonly companyPortal: string | null;
  readonly oktaVerify: string | null;
  /** The managed extensiblesso plists: the model's own, the texts of the device's and the user's, or none. */
  readonly profile: 'own' | { readonly text?: string; readonly userText?: string } | null;
  readonly enrolled: boolean;
  /** Of the login window; null: not set. */
  readonly screenUnlockMode: number | null;
  /** `host`: Chrome has the file of Company Portal. Null: there is no Chrome. */
  readonly chrome: { readonly version: string; readonly host: boolean } | null;
  readonly ssoExtension: Extensions['sso'];
  readonly autoFill: Extensions['autoFill'];
  readonly passwordTools: readonly PasswordTool[];
  readonly fileVault: boolean;
  readonly systemIntegrity: boolean;
  readonly fingerprints: number;
  readonly smartCards: 'paired' | 'mapped' | 'none';
  /** The hosts of Platform SSO that are not reached with their own certificate. */
  readonly hosts: Readonly<Record<string, HostVerdict>>;
  readonly model: string;
  /** The account belongs to Active Directory. */
  readonly networkAccount: boolean;
  readonly bootedAt: number;
  /** The number of its starts so far. */
  readonly boots: number;
  readonly sleptAt: number | null;
  readonly wokeAt: number | null;
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface PssoChange extends Partial<{ [K in keyof PrintedPsso]: string }> {
  readonly method?: Psso['method'];
  readonly registered?: boolean;
  readonly userPresent?: boolean;
  readonly state?: number;
  readonly receivedAt?: number | null;
  readonly expiresAt?: number | null;
  readonly lastLoginAt?: number | null;
  readonly deviceId?: string;
  readonly extensionIdentifier?: string;
  readonly kerberos?: readonly Kerberos[];
}

type Settable = Pick<
  MacState,
  | 'macos'
  | 'appSso'
  | 'passwordPolicy'
  | 'workplaceJoin'
  | 'passwordLastSetAt'
  | 'screen'
  | 'power'
  | 'network'
  | 'console'
  | 'focus'
  | 'companyPortal'
  | 'oktaVerify'
  | 'profile'
  | 'enrolled'
  | 'screenUnlockMode'
  | 'chrome'
  | 'ssoExtension'
  | 'autoFill'
  | 'passwordTools'
  | 'fileVault'
  | 'systemIntegrity'
  | 'fingerprints'
  | 'smartCards'
  | 'hosts'
  | 'model'
  | 'networkAccount'
>;
export type MacChange = Partial<Settable> & {
  readonly psso?: PssoChange | null;
  /** Milliseconds by which the wall clock is moved. */
  readonly clock?: number;
};

/** The extension of a Mac unless a scenario says another. */
export const usualExtension = companyPortalExtensions.sso;

/** Entra's refresh tokens live two weeks; captures show a second less. */
const tokenLife = 14 * day - 1_000;

function registeredPsso(at: number): Psso {
  return {
    method: 'password',
    registered: true,
    userPresent: true,
    state: 0,
    receivedAt: at,
    expiresAt: at + tokenLife,
    lastLoginAt: at,
    deviceId: '739b523e-1b0f-4b9e-817b-537d32bfb52b',
    extensionIdentifier: usualExtension,
    configuredAt: at - 30 * day,
    registrations: 1,
    kerberos: [],
    ...printedPsso({}, null),
  };
}

/** What is read once a day. A Mac of an older version has it too. */
export const usualSetup = {
  screenUnlockMode: null,
  chrome: null,
  ssoExtension: 'used',
  autoFill: 'used',
  passwordTools: [],
  fileVault: false,
  systemIntegrity: true,
  fingerprints: 1,
  smartCards: 'paired',
  hosts: {},
  model: 'Mac14,2',
  networkAccount: false,
} satisfies Partial<MacState>;

/**
 * The initial Mac of every scenario: awake, unlocked, online, at the console, enrolled, registered with a
 * password.
 */
export function initialMac(options: {
  readonly start: number;
  readonly macos: string;
  readonly user: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}): MacState {
  const { start, macos, user, settings = {} } = options;
  return {
    user,
    macos,
    psso: registeredPsso(start),
    appSso: null,
    passwordPolicy: null,
    workplaceJoin: null,
    passwordLastSetAt: start - 20 * day,
    screen: 'unlocked',
    power: 'awake',
    network: 'online',
    console: 'active',
    focus: 'off',
    companyPortal: '5.2504.0',
    oktaVerify: null,
    profile: 'own',
    enrolled: true,
    ...usualSetup,
    bootedAt: start - hour,
    boots: 1,
    sleptAt: null,
    wokeAt: null,
    settings,
  };
}

/**
 * Given values replace; `undefined` changes nothing. Tokens, expiry and last login move together, as on
 * macOS.
 */
function mergePsso(before: Psso | null, change: PssoChange | null, at: number): Psso | null {
  if (change === null) return null;
  const base = before ?? { ...registeredPsso(at), configuredAt: at };
  const { receivedAt } = change;
  const registered = change.registered ?? base.registered;
  const newRegistration =
    (registered && !base.registered) || (change.deviceId ?? base.deviceId) !== base.deviceId;
  const following = typeof receivedAt === 'number' ? receivedAt : null;
  return {
    method: change.method ?? base.method,
    registered,
    userPresent: change.userPresent ?? base.userPresent,
    state: change.state ?? base.state,
    receivedAt: receivedAt === undefined ? base.receivedAt : receivedAt,
    expiresAt:
      change.expiresAt !== undefined
        ? change.expiresAt
        : following !== null
          ? following + tokenLife
          : base.expiresAt,
    lastLoginAt: change.lastLoginAt !== undefined ? change.lastLoginAt : (following ?? base.lastLoginAt),
    deviceId: change.deviceId ?? base.deviceId,
    extensionIdentifier: change.extensionIdentifier ?? base.extensionIdentifier,
    configuredAt: newRegistration ? at : base.configuredAt,
    registrations: newRegistration ? base.registrations + 1 : base.registrations,
    kerberos: change.kerberos ?? base.kerberos,
    ...printedPsso(change, base),
  };
}

function printedPsso(change: PssoChange, before: PrintedPsso | null): PrintedPsso {
  return {
    fileVaultPolicy: change.fileVaultPolicy ?? before?.fileVaultPolicy ?? null,
    loginPolicy: change.loginPolicy ?? before?.loginPolicy ?? null,
    unlockPolicy: change.unlockPolicy ?? before?.unlockPolicy ?? null,
    offlineGracePeriod: change.offlineGracePeriod ?? before?.offlineGracePeriod ?? null,
    requireAuthGracePeriod: change.requireAuthGracePeriod ?? before?.requireAuthGracePeriod ?? null,
  };
}

/** `at` is the wall clock of the change. A change of macOS is an update, and an update restarts the Mac. */
export function applyChange(state: MacState, change: MacChange, at: number): MacState {
  const { psso, clock = 0, ...settable } = change;
  const asleep = change.power === 'asleep' && state.power === 'awake';
  const woke = change.power === 'awake' && state.power === 'asleep';
  const updated = change.macos !== undefined && change.macos !== state.macos;
  return {
    ...state,
    ...settable,
    psso: psso === undefined ? state.psso : mergePsso(state.psso, psso, at),
    sleptAt: asleep ? at : updated ? null : state.sleptAt,
    wokeAt: woke ? at : updated ? null : state.wokeAt,
    bootedAt: updated ? at : state.bootedAt + clock,
    boots: updated ? state.boots + 1 : state.boots,
  };
}
