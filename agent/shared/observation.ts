import * as z from 'zod/mini';
import { identityProviders } from './identity-provider.ts';
import type { Reading } from './reading.ts';
import { signInPolicies } from './sign-in-policy.ts';
import type { Iso } from './time.ts';

/**
 * All readings of one poll. Everything in it is validated and free of identities: names, addresses, keys,
 * certificates and tokens never leave the parsers.
 */

export const knownMethods = [
  'password',
  'secureEnclaveKey',
  'smartCard',
  'accessKey',
  'openId',
  'none',
] as const;
export const methods = [...knownMethods, 'unknown'] as const;
export type Method = (typeof methods)[number];

// Shared by about a hundred fields, since each schema takes a kilobyte of memory.
const nullable = z.nullable;
const text = z.string();
const number = z.number();
const flag = z.boolean();

const textOrNull = nullable(text);
const isoOrNull = textOrNull;
const numberOrNull = nullable(number);
const flagOrNull = nullable(flag);
const texts = z.array(text);
const method = z.enum(methods);
const signInPolicy = z.enum(signInPolicies);

/** The output of `psso-monitor parse app-sso`, a contract (docs/contracts.md). */
export const appSso = z.object({
  status: z.enum(['notConfigured', 'notRegistered', 'registered', 'needsAttention', 'unknown']),
  reason: nullable(z.enum(['empty', 'malformed', 'missing', 'timeout', 'exit'])),
  observedAt: isoOrNull,
  method,
  identityProvider: nullable(z.enum(identityProviders)),
  extensionIdentifier: textOrNull,
  device: nullable(
    z.object({
      registrationCompleted: flagOrNull,
      deviceId: textOrNull,
      method,
      methodLabel: textOrNull,
      loginFrequencySeconds: numberOrNull,
      sharedDeviceKeys: flagOrNull,
      /**
       * authGracePeriodStart: when the device configuration was created or repaired. A change is a
       * re-registration.
       */
      configuredAt: isoOrNull,
      lastEncryptionKeyChangeAt: isoOrNull,
      fileVaultPolicy: textOrNull,
      loginPolicy: textOrNull,
      unlockPolicy: textOrNull,
      /** How long a user without a network may sign in although a policy requires the identity provider. */
      offlineGracePeriodSeconds: numberOrNull,
      /** From `configuredAt`: how long an account without a registration may sign in under such a policy. */
      requireAuthGracePeriodSeconds: numberOrNull,
      /** The number of exempt local accounts (nonPlatformSSOAccounts). Their names never leave the parser. */
      exemptAccounts: numberOrNull,
      /** Whether the account that was passed to the parser is exempt. */
      accountExempt: flagOrNull,
    }),
  ),
  user: nullable(
    z.object({
      state: numberOrNull,
      stateLabel: textOrNull,
      method,
      methodLabel: textOrNull,
      lastLoginAt: isoOrNull,
      /** Whether the keys exist. Their values never leave the parser. */
      hasCredential: flag,
      hasLoginConfiguration: flag,
    }),
  ),
  /** Null: no tokens are shown. All fields null: tokens are shown, and their times can't be read. */
  tokens: nullable(z.object({ receivedAt: isoOrNull, expiresAt: isoOrNull, expired: flagOrNull })),
  kerberos: z.array(
    z.object({
      realm: text,
      importSuccessful: flagOrNull,
      failedToConnect: flagOrNull,
      exchangeRequired: flagOrNull,
      ticketKeyPath: textOrNull,
    }),
  ),
  warnings: texts,
});
export type AppSso = z.infer<typeof appSso>;

const ruleKinds = [
  'minLength',
  'maxLength',
  'minSymbols',
  'minUppercase',
  'minLowercase',
  'minDigits',
  'minLetters',
  'alphanumeric',
  'noRepeatsOrSequences',
  'history',
  'maxAgeDays',
  'minAgeDays',
  'changeAtNextLogin',
  'maxFailedAttempts',
  'lockoutSeconds',
  'custom',
] as const;
export type RuleKind = (typeof ruleKinds)[number];
const ruleKind = z.enum(ruleKinds);

/** What `psso-monitor parse password-policy` answers. Rules are described, never evaluated. */
export const passwordPolicy = z.object({
  rules: z.array(
    z.object({
      kind: ruleKind,
      /** A count, days or seconds, depending on the kind; true for a rule without a number. */
      value: z.union([number, flag]),
      identifier: textOrNull,
      source: z.enum(['profile', 'local']),
      category: z.enum(['content', 'change', 'authentication']),
    }),
  ),
  minLength: numberOrNull,
  stricterThanIdp: flagOrNull,
  stricter: z.array(ruleKind),
  /** Rules that were not recognised, by identifier or by a shortened text of the rule. */
  unknownRules: texts,
  warnings: texts,
});
export type PasswordPolicy = z.infer<typeof passwordPolicy>;

/** The output of `psso-monitor parse account`. */
export const account = z.object({
  createdAt: isoOrNull,
  passwordLastSetAt: isoOrNull,
  failedLoginCount: numberOrNull,
  failedLoginAt: isoOrNull,
  /** Whether the account has a `PlatformSSO:` alternative identity; null when the attribute was not read. */
  platformSsoLinked: flagOrNull,
  /** The account belongs to a directory such as Active Directory (a mobile account); absent: it is local. */
  networkAccount: z.optional(z.literal(true)),
  /** The account's own policies, beside those of the Mac; absent: none. */
  ownPasswordPolicy: z.optional(passwordPolicy),
  warnings: texts,
});
export type Account = z.infer<typeof account>;

const session = z.object({
  screen: z.enum(['locked', 'unlocked']),
  console: z.enum(['active', 'switchedOut']),
});
export type Session = z.infer<typeof session>;

const power = z.object({
  bootedAt: isoOrNull,
  sleptAt: isoOrNull,
  wokeAt: isoOrNull,
  /** `Mac14,2`; absent: not printed. */
  model: z.optional(text),
  /** The UUID of this start of the Mac; absent: not printed. */
  bootSession: z.optional(text),
});
export type Power = z.infer<typeof power>;

/** The form of a variable that the MDM did not replace: `{{Name}}`, `$NAME`, `%Name%`, `{Name}`, `YOUR_…`. */
const tokenVariables = ['doubleBraces', 'dollar', 'percent', 'braces', 'placeholder'] as const;
export type TokenVariable = (typeof tokenVariables)[number];

/** The managed com.apple.extensiblesso payload. `digest` changes with each change of the payload. */
const ssoProfile = z.object({
  digest: text,
  extensionIdentifier: textOrNull,
  platformSso: flag,
  method,
  /**
   * True: AuthenticationMethod at the top level (macOS 13). False: inside PlatformSSO (macOS 14 and later).
   */
  methodAtTopLevel: flag,
  /** `absent` beside `userChannelUnread`: not in the device's file, and unknown for the user's. */
  registrationToken: z.enum(['present', 'absent', 'unresolved']),
  /** The user's file can't be read. A token, ExtensionData or a Kerberos payload may stand in it. */
  userChannelUnread: z.optional(z.literal(true)),
  /** The form of the variable in an unresolved token. The token itself never leaves the parser. */
  tokenVariable: nullable(z.enum(tokenVariables)),
  /** The value of AuthenticationMethod; null: there is none, or it resembles no method. */
  methodName: textOrNull,
  /** `Type`; null: neither Redirect nor Credential. */
  type: nullable(z.enum(['redirect', 'credential'])),
  /** Keys that Apple requires and the payload lacks. Managed preferences can lack keys of the profile. */
  missingKeys: texts,
  /** Keys with a value that macOS or Microsoft's extension does not take. */
  wrongKeys: texts,
  sharedDeviceKeys: flagOrNull,
  loginFrequencySeconds: numberOrNull,
  /** EnableRegistrationDuringSetup. */
  registrationDuringSetup: flagOrNull,
  /** Microsoft's `enable_se_key_biometric_policy` in ExtensionData. */
  biometricPolicy: flagOrNull,
  /** AllowWebLoginPasswordSync, macOS 27. */
  webLoginPasswordSync: flagOrNull,
  /** Whether new accounts are temporary ones (Authenticated Guest Mode). */
  temporaryAccounts: flag,
  /** `syncLocalPassword` of Apple's Kerberos extension, in a payload of either channel. */
  kerberosSyncsPassword: flag,
  /** FileVaultPolicy, LoginPolicy and UnlockPolicy, without values that are not known. */
  policies: z.object({
    fileVault: z.array(signInPolicy),
    login: z.array(signInPolicy),
    unlock: z.array(signInPolicy),
  }),
});
export type SsoProfile = z.infer<typeof ssoProfile>;

const enrollment = z.object({ enrolled: flag, userApproved: flagOrNull });
export type Enrollment = z.infer<typeof enrollment>;

/** Leftovers of an earlier Workplace Join in the login keychain. Attributes only. */
const workplaceJoin = z.object({
  leftovers: z.array(z.object({ kind: z.enum(['certificate', 'thumbprint', 'key']), deviceId: textOrNull })),
});
export type WorkplaceJoin = z.infer<typeof workplaceJoin>;

/** `used`, `ignored`: the user's choice. `known`: without a choice. `absent`: macOS does not know it. */
const extensionState = z.enum(['used', 'ignored', 'known', 'absent']);
/** The single sign-on extension and the AutoFill extension of Company Portal. */
const extensions = z.object({ sso: extensionState, autoFill: extensionState });
export type Extensions = z.infer<typeof extensions>;

/** The hosts whose connections a proxy opens; null: none is found, and not every host is trusted. */
const inspected = nullable(texts);
/** The hosts of every sign-in and those of a registration (mac/probe/). */
const hosts = z.object({ signIn: inspected, registration: inspected });
export type Hosts = z.infer<typeof hosts>;

export const passwordTools = ['jamfConnect', 'xcreds', 'nomad'] as const;
export type PasswordTool = (typeof passwordTools)[number];

/** The value of each source when it is read. */
export const sourceValues = {
  appSso,
  account,
  passwordPolicy,
  session,
  power,
  network: z.enum(['online', 'offline']),
  focus: z.enum(['on', 'off']),
  /** `15.6` */
  macos: text,
  /** The version; null: not installed. */
  companyPortal: textOrNull,
  /** The version; null: not installed. */
  oktaVerify: textOrNull,
  /** Null: no such payload is installed. */
  ssoProfile: nullable(ssoProfile),
  enrollment,
  workplaceJoin,
  /** screenUnlockMode of the login window; null: not set. */
  screenUnlock: numberOrNull,
  /** Chrome has the file by which it reaches Company Portal; null: it needs none. */
  chromeHost: flagOrNull,
  extensions,
  /** Installed apps that can set the local password. */
  passwordTools: z.array(z.enum(passwordTools)),
  /** Whether FileVault is on. */
  fileVault: flag,
  /** Whether System Integrity Protection is on. */
  systemIntegrity: flag,
  /** How many fingerprints the session user has enrolled. */
  fingerprints: number,
  /** How the account is linked to a smart card. */
  smartCards: z.enum(['paired', 'mapped', 'none']),
  hosts,
};

export type SourceName = keyof typeof sourceValues;
export type Readings = { readonly [K in SourceName]: Reading<z.infer<(typeof sourceValues)[K]>> };

export interface Observation extends Readings {
  /** Time of the poll by the wall clock, UTC. */
  readonly at: Iso;
  /** Milliseconds, see Clock.monotonic. */
  readonly monotonic: number;
}

function isSource(name: string): name is SourceName {
  return Object.hasOwn(sourceValues, name);
}

/** Every source, in the order above. */
export const sourceNames: readonly SourceName[] = Object.keys(sourceValues).filter(isSource);
