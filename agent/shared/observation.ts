import * as z from 'zod/mini';
import { failureReasons, type Reading } from './reading.ts';

/**
 * One look at the Mac. Everything in it is validated and free of identities: names, addresses, keys, certificates and
 * tokens stay behind in the parsers.
 */

export const methods = ['password', 'secureEnclaveKey', 'smartCard', 'none', 'unknown'] as const;
export type Method = (typeof methods)[number];

// One of each, used again and again: a schema is a thousand bytes that every Mac would hold, and there are a hundred fields.
const nullable = z.nullable;
const text = z.string();
const number = z.number();
const flag = z.boolean();
const iso = text;
const textOrNull = nullable(text);
const isoOrNull = textOrNull;
const numberOrNull = nullable(number);
const flagOrNull = nullable(flag);
const texts = z.array(text);
const method = z.enum(methods);

/** What `psso-monitor parse app-sso` answers: the contract of docs/contracts.md. */
export const appSso = z.object({
  status: z.enum(['notConfigured', 'notRegistered', 'registered', 'needsAttention', 'unknown']),
  reason: nullable(z.enum(['empty', 'malformed', 'missing', 'timeout', 'exit'])),
  observedAt: isoOrNull,
  method,
  identityProvider: nullable(z.enum(['entra', 'okta', 'other'])),
  extensionIdentifier: textOrNull,
  device: nullable(
    z.object({
      registrationCompleted: flagOrNull,
      deviceId: textOrNull,
      method,
      methodLabel: textOrNull,
      loginFrequencySeconds: numberOrNull,
      sharedDeviceKeys: flagOrNull,
      /** authGracePeriodStart: set when the device configuration was created or repaired. A change is a re-registration. */
      configuredAt: isoOrNull,
      lastEncryptionKeyChangeAt: isoOrNull,
      fileVaultPolicy: textOrNull,
      loginPolicy: textOrNull,
      unlockPolicy: textOrNull,
      /** How many local accounts are exempt (nonPlatformSSOAccounts); their names stay in the parser. */
      exemptAccounts: numberOrNull,
      /** Whether the account that the parser was asked about is one of them. */
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
      /** Whether the keys are there; never what they hold. */
      hasCredential: flag,
      hasLoginConfiguration: flag,
    }),
  ),
  /** Null: none are shown. All of it null: something is said of them that can't be read. */
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
const ruleKind = z.enum(ruleKinds);

/** What `psso-monitor parse password-policy` answers. Rules are described, never evaluated. */
export const passwordPolicy = z.object({
  rules: z.array(
    z.object({
      kind: ruleKind,
      /** A count, days or seconds, as the kind says; true for a rule that has no number. */
      value: z.union([number, flag]),
      identifier: textOrNull,
      source: z.enum(['profile', 'local']),
      category: z.enum(['content', 'change', 'authentication']),
    }),
  ),
  minLength: numberOrNull,
  stricterThanIdp: flagOrNull,
  stricter: z.array(ruleKind),
  /** Rules that were seen and not recognised, by identifier or by a shortened text of the rule. */
  unknownRules: texts,
  warnings: texts,
});
export type PasswordPolicy = z.infer<typeof passwordPolicy>;

/** What `psso-monitor parse account` answers. */
export const account = z.object({
  createdAt: isoOrNull,
  passwordLastSetAt: isoOrNull,
  failedLoginCount: numberOrNull,
  failedLoginAt: isoOrNull,
  /** The account carries a `PlatformSSO:` alternative identity; null when the attribute was not asked for. */
  platformSsoLinked: flagOrNull,
  warnings: texts,
});
export type Account = z.infer<typeof account>;

export const session = z.object({
  screen: z.enum(['locked', 'unlocked']),
  console: z.enum(['active', 'switchedOut']),
});
export type Session = z.infer<typeof session>;

export const power = z.object({
  bootedAt: isoOrNull,
  sleptAt: isoOrNull,
  wokeAt: isoOrNull,
});
export type Power = z.infer<typeof power>;

/** The managed com.apple.extensiblesso payload; `digest` changes with any change of it. */
export const ssoProfile = z.object({
  digest: text,
  extensionIdentifier: textOrNull,
  platformSso: flag,
  method,
  /** True on macOS 13's top-level AuthenticationMethod, false on 14's inside PlatformSSO. */
  methodAtTopLevel: flag,
  registrationToken: z.enum(['present', 'absent', 'unresolved']),
  sharedDeviceKeys: flagOrNull,
  loginFrequencySeconds: numberOrNull,
});
export type SsoProfile = z.infer<typeof ssoProfile>;

export const enrollment = z.object({ enrolled: flag, userApproved: flagOrNull });
export type Enrollment = z.infer<typeof enrollment>;

/** What an earlier Workplace Join left in the login keychain. Attributes only. */
export const workplaceJoin = z.object({
  leftovers: z.array(z.object({ kind: z.enum(['certificate', 'thumbprint', 'key']), deviceId: textOrNull })),
});
export type WorkplaceJoin = z.infer<typeof workplaceJoin>;

const success = z.literal(true);
const failure = z.object({ ok: z.literal(false), reason: z.enum(failureReasons), detail: text });

function readingOf<T extends z.core.$ZodType>(value: T) {
  return z.union([z.object({ ok: success, value }), failure]);
}

export const observation = z.object({
  /** By the wall clock, UTC. */
  at: iso,
  /** Milliseconds, see Clock.monotonic. */
  monotonic: number,
  appSso: readingOf(appSso),
  account: readingOf(account),
  passwordPolicy: readingOf(passwordPolicy),
  session: readingOf(session),
  power: readingOf(power),
  network: readingOf(z.enum(['online', 'offline'])),
  focus: readingOf(z.enum(['on', 'off'])),
  /** `15.6` */
  macos: readingOf(text),
  /** The version, or null: not installed. */
  companyPortal: readingOf(textOrNull),
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
export type Readings = { readonly [K in SourceName]: Reading<Sources[K]> };

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
