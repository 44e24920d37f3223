import * as z from 'zod/mini';
import { bundleIdentifier } from '../mac/parse/bundle-identifier.ts';
import { hostVerdicts } from '../mac/probe/probed-host.ts';
import { pssoMethods } from '../mac/simulated/model.ts';
import { passwordTools } from '../shared/observation.ts';

/** The keys of a scenario (docs/scenarios.md). Instants are texts here; scenario.ts parses them. */

const text = z.string();
const instantText = z.string();
const nullable = z.nullable;
const extensionState = z.enum(['used', 'ignored', 'known', 'absent']);
export const override = z.union([
  z.strictObject({ text }),
  z.strictObject({ file: text }),
  z.strictObject({ fail: z.enum(['missing', 'timeout', 'exit']) }),
]);

export const pssoShape = z.strictObject({
  method: z.optional(z.enum(pssoMethods)),
  registered: z.optional(z.boolean()),
  userPresent: z.optional(z.boolean()),
  state: z.optional(z.int()),
  receivedAt: z.optional(nullable(instantText)),
  expiresAt: z.optional(nullable(instantText)),
  lastLoginAt: z.optional(nullable(instantText)),
  deviceId: z.optional(text),
  fileVaultPolicy: z.optional(text),
  loginPolicy: z.optional(text),
  unlockPolicy: z.optional(text),
  offlineGracePeriod: z.optional(text),
  requireAuthGracePeriod: z.optional(text),
  extensionIdentifier: z.optional(z.string().check(z.regex(bundleIdentifier))),
  kerberos: z.optional(
    z.array(
      z.looseObject({
        realm: z.optional(text),
        importSuccessful: z.optional(z.boolean()),
        failedToConnect: z.optional(z.boolean()),
        exchangeRequired: z.optional(z.boolean()),
        ticketKeyPath: z.optional(text),
      }),
    ),
  ),
});

/** Each key with its schema, and the end of the sentence "KEY must be …". */
export const keys = {
  at: {
    shape: instantText,
    expected: 'a duration of a hundred years at most, such as "+4h10m", or an ISO instant',
  },
  psso: {
    shape: nullable(pssoShape),
    expected:
      'null, or an object of method, registered, userPresent, state, receivedAt, expiresAt, lastLoginAt, deviceId, extensionIdentifier, kerberos, fileVaultPolicy, loginPolicy, unlockPolicy, offlineGracePeriod, requireAuthGracePeriod',
  },
  appSso: {
    shape: nullable(override),
    expected: 'null, {"text": …}, {"file": …} or {"fail": "missing" | "timeout" | "exit"}',
  },
  passwordPolicy: { shape: nullable(override), expected: 'null, {"text": …}, {"file": …} or {"fail": …}' },
  workplaceJoin: { shape: nullable(override), expected: 'null, {"text": …}, {"file": …} or {"fail": …}' },
  passwordLastSetAt: { shape: nullable(instantText), expected: 'a duration, an ISO instant or null' },
  screen: { shape: z.enum(['locked', 'unlocked']), expected: '"locked" or "unlocked"' },
  power: { shape: z.enum(['asleep', 'awake']), expected: '"asleep" or "awake"' },
  network: { shape: z.enum(['online', 'offline']), expected: '"online" or "offline"' },
  console: { shape: z.enum(['active', 'switchedOut']), expected: '"active" or "switchedOut"' },
  focus: { shape: z.enum(['on', 'off', 'unknown']), expected: '"on", "off" or "unknown"' },
  macos: { shape: z.string().check(z.regex(/^\d+(\.\d+)*$/)), expected: 'a version such as "15.6"' },
  companyPortal: { shape: nullable(text), expected: 'a version such as "5.2504.0", or null' },
  oktaVerify: { shape: nullable(text), expected: 'a version such as "9.40.1", or null' },
  profile: {
    shape: nullable(
      z.union([
        z.strictObject({ text, userText: z.exactOptional(text) }),
        z.strictObject({ file: text, userText: z.exactOptional(text) }),
        z.strictObject({ userText: text }),
      ]),
    ),
    expected: '{"text": …} or {"file": …}, {"userText": …} with or instead of it, or null',
  },
  enrolled: { shape: z.boolean(), expected: 'true or false' },
  screenUnlockMode: { shape: nullable(z.int()), expected: 'a number or null' },
  chrome: {
    shape: nullable(z.strictObject({ version: text, host: z.boolean() })),
    expected: 'null, or {"version": "134.0", "host": true or false}',
  },
  ssoExtension: { shape: extensionState, expected: '"used", "ignored", "known" or "absent"' },
  autoFill: { shape: extensionState, expected: '"used", "ignored", "known" or "absent"' },
  passwordTools: {
    shape: z.array(z.enum(passwordTools)),
    expected: 'a list of "jamfConnect", "xcreds" and "nomad"',
  },
  fileVault: { shape: z.boolean(), expected: 'true or false' },
  systemIntegrity: { shape: z.boolean(), expected: 'true or false' },
  fingerprints: { shape: z.int(), expected: 'a number' },
  smartCards: { shape: z.enum(['paired', 'mapped', 'none']), expected: '"paired", "mapped" or "none"' },
  hosts: {
    shape: z.record(text, z.enum(hostVerdicts)),
    expected: 'an object of host names, each with "trusted", "inspected", "unclear" or "unreachable"',
  },
  model: {
    shape: z.string().check(z.regex(/^[A-Za-z]{1,20}\d{1,3},\d{1,2}$/)),
    expected: 'a model such as "Mac14,2"',
  },
  networkAccount: { shape: z.boolean(), expected: 'true or false' },
  agent: { shape: z.enum(['kill', 'start']), expected: '"kill" or "start"' },
  clock: {
    shape: instantText,
    expected: 'a duration of a hundred years at most, with its sign, such as "+2h" or "-30m"',
  },
  end: { shape: z.literal(true), expected: 'true' },
} as const;
export type Key = keyof typeof keys;

export const stepShape = z.strictObject({
  at: keys.at.shape,
  psso: z.optional(keys.psso.shape),
  appSso: z.optional(keys.appSso.shape),
  passwordPolicy: z.optional(keys.passwordPolicy.shape),
  workplaceJoin: z.optional(keys.workplaceJoin.shape),
  passwordLastSetAt: z.optional(keys.passwordLastSetAt.shape),
  screen: z.optional(keys.screen.shape),
  power: z.optional(keys.power.shape),
  network: z.optional(keys.network.shape),
  console: z.optional(keys.console.shape),
  focus: z.optional(keys.focus.shape),
  macos: z.optional(keys.macos.shape),
  companyPortal: z.optional(keys.companyPortal.shape),
  oktaVerify: z.optional(keys.oktaVerify.shape),
  profile: z.optional(keys.profile.shape),
  enrolled: z.optional(keys.enrolled.shape),
  screenUnlockMode: z.optional(keys.screenUnlockMode.shape),
  chrome: z.optional(keys.chrome.shape),
  ssoExtension: z.optional(keys.ssoExtension.shape),
  autoFill: z.optional(keys.autoFill.shape),
  passwordTools: z.optional(keys.passwordTools.shape),
  fileVault: z.optional(keys.fileVault.shape),
  systemIntegrity: z.optional(keys.systemIntegrity.shape),
  fingerprints: z.optional(keys.fingerprints.shape),
  smartCards: z.optional(keys.smartCards.shape),
  hosts: z.optional(keys.hosts.shape),
  model: z.optional(keys.model.shape),
  networkAccount: z.optional(keys.networkAccount.shape),
  agent: z.optional(keys.agent.shape),
  clock: z.optional(keys.clock.shape),
  end: z.optional(keys.end.shape),
});

export const headShape = z.strictObject({
  scenario: text,
  start: instantText,
  macos: z._default(keys.macos.shape, '15.6'),
  user: z._default(z.string().check(z.regex(/^[^/\0]{1,255}$/)), 'alex'),
  settings: z._default(z.record(z.string(), z.unknown()), {}),
});

export function isKey(key: string): key is Key {
  return Object.hasOwn(keys, key);
}
