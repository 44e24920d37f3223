import * as z from 'zod/mini';
import { failureReasons, type Reading } from './reading.ts';

/**
 * One look at the Mac. Everything in it is validated and free of identities: names, addresses, keys, certificates and
 * tokens stay behind in the parsers.
 */

export const methods = ['password', 'secureEnclaveKey', 'smartCard', 'none', 'unknown'] as const;
export type Method = (typeof methods)[number];

const iso = z.string();
const nullable = z.nullable;
const method = z.enum(methods);

/** What `psso-monitor parse app-sso` answers: the contract of docs/contracts.md. */
export const appSso = z.object({
  status: z.enum(['notConfigured', 'notRegistered', 'registered', 'needsAttention', 'unknown']),
  reason: nullable(z.enum(['empty', 'malformed', 'missing', 'timeout', 'exit'])),
  observedAt: nullable(iso),
  method,
  identityProvider: nullable(z.enum(['entra', 'okta', 'other'])),
  extensionIdentifier: nullable(z.string()),
  device: nullable(
    z.object({
      registrationCompleted: nullable(z.boolean()),
      deviceId: nullable(z.string()),
      method,
      methodLabel: nullable(z.string()),
      loginFrequencySeconds: nullable(z.number()),
      sharedDeviceKeys: nullable(z.boolean()),
      /** authGracePeriodStart: set when the device configuration was created or repaired. A change is a re-registration. */
      configuredAt: nullable(iso),
      lastEncryptionKeyChangeAt: nullable(iso),
      fileVaultPolicy: nullable(z.string()),
      loginPolicy: nullable(z.string()),
      unlockPolicy: nullable(z.string()),
      /** How many local accounts are exempt (nonPlatformSSOAccounts); their names stay in the parser. */
      exemptAccounts: nullable(z.number()),
      /** Whether the account that the parser was asked about is one of them. */
      accountExempt: nullable(z.boolean()),
    }),
  ),
  user: nullable(
    z.object({
      state: nullable(z.number()),
      stateLabel: nullable(z.string()),
      method,
      methodLabel: nullable(z.string()),
      lastLoginAt: nullable(iso),
      /** Whether the keys are there; never what they hold. */
      hasCredential: z.boolean(),
      hasLoginConfiguration: z.boolean(),
    }),
  ),
  tokens: nullable(
    z.object({ receivedAt: nullable(iso), expiresAt: nullable(iso), expired: nullable(z.boolean()) }),
  ),
  kerberos: z.array(
    z.object({
      realm: z.string(),
      importSuccessful: nullable(z.boolean()),
      failedToConnect: nullable(z.boolean()),
      exchangeRequired: nullable(z.boolean()),
      ticketKeyPath: nullable(z.string()),
    }),
  ),
  warnings: z.array(z.string()),
});
export type AppSso = z.infer<typeof appSso>;

export const ruleKinds = [
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

/** What `psso-monitor parse password-policy` answers. Rules are described, never evaluated. */
export const passwordPolicy = z.object({
  rules: z.array(
    z.object({
      kind: z.enum(ruleKinds),
      /** A count, days or seconds, as the kind says; true for a rule that has no number. */
      value: z.union([z.number(), z.boolean()]),
      identifier: nullable(z.string()),
      source: z.enum(['profile', 'local']),
      category: z.enum(['content', 'change', 'authentication']),
    }),
  ),
  minLength: nullable(z.number()),
  stricterThanIdp: nullable(z.boolean()),
  stricter: z.array(z.enum(ruleKinds)),
  /** Rules that were seen and not recognised, by identifier or by a shortened text of the rule. */
  unknownRules: z.array(z.string()),
  warnings: z.array(z.string()),
});
export type PasswordPolicy = z.infer<typeof passwordPolicy>;

/** What `psso-monitor parse account` answers. */
export const account = z.object({
  createdAt: nullable(iso),
  passwordLastSetAt: nullable(iso),
  failedLoginCount: nullable(z.number()),
  failedLoginAt: nullable(iso),
  /** The account carries a `PlatformSSO:` alternative identity; null when the attribute was not asked for. */
  platformSsoLinked: nullable(z.boolean()),
  warnings: z.array(z.string()),
});
export type Account = z.infer<typeof account>;

export const session = z.object({
  screen: z.enum(['locked', 'unlocked']),
  console: z.enum(['active', 'switchedOut']),
});
export type Session = z.infer<typeof session>;

export const power = z.object({
  bootedAt: nullable(iso),
  sleptAt: nullable(iso),
  wokeAt: nullable(iso),
});
export type Power = z.infer<typeof power>;

/** The managed com.apple.extensiblesso payload; `digest` changes with any change of it. */
export const ssoProfile = z.object({
  digest: z.string(),
  extensionIdentifier: nullable(z.string()),
  platformSso: z.boolean(),
  method,
  /** True on macOS 13's top-level AuthenticationMethod, false on 14's inside PlatformSSO. */
  methodAtTopLevel: z.boolean(),
  registrationToken: z.enum(['present', 'absent', 'unresolved']),
  sharedDeviceKeys: nullable(z.boolean()),
  loginFrequencySeconds: nullable(z.number()),
});
export type SsoProfile = z.infer<typeof ssoProfile>;

export const enrollment = z.object({ enrolled: z.boolean(), userApproved: nullable(z.boolean()) });
export type Enrollment = z.infer<typeof enrollment>;

/** What an earlier Workplace Join left in the login keychain. Attributes only. */
export const workplaceJoin = z.object({
  leftovers: z.array(
    z.object({ kind: z.enum(['certificate', 'thumbprint', 'key']), deviceId: nullable(z.string()) }),
  ),
});
export type WorkplaceJoin = z.infer<typeof workplaceJoin>;

function readingOf<T extends z.core.$ZodType>(value: T) {
  return z.union([
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), reason: z.enum(failureReasons), detail: z.string() }),
  ]);
}

export const observation = z.object({
  /** By the wall clock, UTC. */
  at: iso,
  /** Milliseconds, see Clock.monotonic. */
  monotonic: z.number(),
  appSso: readingOf(appSso),
  account: readingOf(account),
  passwordPolicy: readingOf(passwordPolicy),
  session: readingOf(session),
  power: readingOf(power),
  network: readingOf(z.enum(['online', 'offline'])),
  focus: readingOf(z.enum(['on', 'off'])),
  /** `15.6` */
  macos: readingOf(z.string()),
  /** The version, or null: not installed. */
  companyPortal: readingOf(nullable(z.string())),
  /** Null: no such payload is installed. */
  ssoProfile: readingOf(nullable(ssoProfile)),
  enrollment: readingOf(enrollment),
  workplaceJoin: readingOf(workplaceJoin),
});
export type Observation = z.infer<typeof observation>;

/** The sources of an observation, by name, each with the type of its value. */
export type Sources = {
  [K in Exclude<keyof Observation, 'at' | 'monotonic'>]: Observation[K] extends Reading<infer T> ? T : never;
};
export type SourceName = keyof Sources;

export const sourceNames = [
  'appSso',
  'account',
  'passwordPolicy',
  'session',
  'power',
  'network',
  'focus',
  'macos',
  'companyPortal',
  'ssoProfile',
  'enrollment',
  'workplaceJoin',
] as const satisfies readonly SourceName[];
