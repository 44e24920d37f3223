import * as z from 'zod/mini';
import { bundleIdentifier } from '../mac/parse/bundle-identifier.ts';
import { hostVerdicts } from '../mac/probe/probed-host.ts';
import { knownMethods, passwordTools } from '../shared/observation.ts';
import { accountName } from './account-name.ts';

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
  method: z.exactOptional(z.enum(knownMethods)),
  registered: z.exactOptional(z.boolean()),
  userPresent: z.exactOptional(z.boolean()),
  state: z.exactOptional(z.int()),
  receivedAt: z.exactOptional(nullable(instantText)),
  expiresAt: z.exactOptional(nullable(instantText)),
  lastLoginAt: z.exactOptional(nullable(instantText)),
  deviceId: z.exactOptional(text),
  fileVaultPolicy: z.exactOptional(text),
  loginPolicy: z.exactOptional(text),
  unlockPolicy: z.exactOptional(text),
  offlineGracePeriod: z.exactOptional(text),
  requireAuthGracePeriod: z.exactOptional(text),
  extensionIdentifier: z.exactOptional(z.string().check(z.regex(bundleIdentifier))),
  kerberos: z.exactOptional(
    z.array(
      z.looseObject({
        realm: z.exactOptional(text),
        importSuccessful: z.exactOptional(z.boolean()),
        failedToConnect: z.exactOptional(z.boolean()),
        exchangeRequired: z.exactOptional(z.boolean()),
        ticketKeyPath: z.exactOptional(text),
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
  psso: z.exactOptional(keys.psso.shape),
  appSso: z.exactOptional(keys.appSso.shape),
  passwordPolicy: z.exactOptional(keys.passwordPolicy.shape),
  workplaceJoin: z.exactOptional(keys.workplaceJoin.shape),
  passwordLastSetAt: z.exactOptional(keys.passwordLastSetAt.shape),
  screen: z.exactOptional(keys.screen.shape),
  power: z.exactOptional(keys.power.shape),
  network: z.exactOptional(keys.network.shape),
  console: z.exactOptional(keys.console.shape),
  focus: z.exactOptional(keys.focus.shape),
  macos: z.exactOptional(keys.macos.shape),
  companyPortal: z.exactOptional(keys.companyPortal.shape),
  oktaVerify: z.exactOptional(keys.oktaVerify.shape),
  profile: z.exactOptional(keys.profile.shape),
  enrolled: z.exactOptional(keys.enrolled.shape),
  screenUnlockMode: z.exactOptional(keys.screenUnlockMode.shape),
  chrome: z.exactOptional(keys.chrome.shape),
  ssoExtension: z.exactOptional(keys.ssoExtension.shape),
  autoFill: z.exactOptional(keys.autoFill.shape),
  passwordTools: z.exactOptional(keys.passwordTools.shape),
  fileVault: z.exactOptional(keys.fileVault.shape),
  systemIntegrity: z.exactOptional(keys.systemIntegrity.shape),
  fingerprints: z.exactOptional(keys.fingerprints.shape),
  smartCards: z.exactOptional(keys.smartCards.shape),
  hosts: z.exactOptional(keys.hosts.shape),
  model: z.exactOptional(keys.model.shape),
  networkAccount: z.exactOptional(keys.networkAccount.shape),
  agent: z.exactOptional(keys.agent.shape),
  clock: z.exactOptional(keys.clock.shape),
  end: z.exactOptional(keys.end.shape),
});

export const headShape = z.strictObject({
  scenario: text,
  start: instantText,
  macos: z._default(keys.macos.shape, '15.6'),
  user: z._default(z.string().check(z.regex(accountName)), 'alex'),
  settings: z._default(z.record(z.string(), z.unknown()), {}),
});

export function isKey(key: string): key is Key {
  return Object.hasOwn(keys, key);
}
