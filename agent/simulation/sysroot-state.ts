import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { hostVerdicts } from '../mac/probe/probed-host.ts';
import { type MacState, usualExtension, usualSetup } from '../mac/simulated/model.ts';
import { placeFile } from '../shared/atomic-file.ts';
import { knownMethods, passwordTools } from '../shared/observation.ts';
import { accountName } from './account-name.ts';
import { folder } from './sysroot.ts';

/** The state of a simulated Mac, stored beside its answers for the next command. */

const nullable = z.nullable;
const instant = z.number();
const override = z.union([
  z.object({ text: z.string() }),
  z.object({ fail: z.enum(['missing', 'timeout', 'exit']) }),
]);

const kerberos = z.object({
  realm: z.exactOptional(z.string()),
  importSuccessful: z.exactOptional(z.boolean()),
  failedToConnect: z.exactOptional(z.boolean()),
  exchangeRequired: z.exactOptional(z.boolean()),
  ticketKeyPath: z.exactOptional(z.string()),
});

/** Missing in the state of an older version. */
const printed = z._default(nullable(z.string()), null);

const psso = z.object({
  method: z.enum(knownMethods),
  registered: z.boolean(),
  userPresent: z.boolean(),
  state: z.number(),
  receivedAt: nullable(instant),
  expiresAt: nullable(instant),
  lastLoginAt: nullable(instant),
  deviceId: z.string(),
  /** Missing in a Mac that an older version made. */
  extensionIdentifier: z._default(z.string(), usualExtension),
  configuredAt: instant,
  registrations: z.number(),
  kerberos: z.array(kerberos),
  fileVaultPolicy: printed,
  loginPolicy: printed,
  unlockPolicy: printed,
  offlineGracePeriod: printed,
  requireAuthGracePeriod: printed,
});

const extensionState = z._default(z.enum(['used', 'ignored', 'known', 'absent']), 'used');
const { model, fingerprints, fileVault, systemIntegrity, networkAccount } = usualSetup;

const macState = z.object({
  user: z.string().check(z.regex(accountName)),
  macos: z.string(),
  psso: nullable(psso),
  appSso: nullable(override),
  passwordPolicy: nullable(override),
  workplaceJoin: nullable(override),
  passwordLastSetAt: nullable(instant),
  screen: z.enum(['locked', 'unlocked']),
  power: z.enum(['asleep', 'awake']),
  network: z.enum(['online', 'offline']),
  console: z.enum(['active', 'switchedOut']),
  focus: z.enum(['on', 'off', 'unknown']),
  companyPortal: nullable(z.string()),
  oktaVerify: z._default(nullable(z.string()), null),
  profile: nullable(
    z.union([
      z.literal('own'),
      z.object({ text: z.exactOptional(z.string()), userText: z.exactOptional(z.string()) }),
    ]),
  ),
  enrolled: z.boolean(),
  screenUnlockMode: z._default(nullable(z.number()), null),
  chrome: z._default(nullable(z.object({ version: z.string(), host: z.boolean() })), null),
  ssoExtension: extensionState,
  autoFill: extensionState,
  passwordTools: z._default(z.array(z.enum(passwordTools)), []),
  fileVault: z._default(z.boolean(), fileVault),
  systemIntegrity: z._default(z.boolean(), systemIntegrity),
  fingerprints: z._default(z.number(), fingerprints),
  smartCards: z._default(z.enum(['paired', 'mapped', 'none']), 'paired'),
  hosts: z._default(z.record(z.string(), z.enum(hostVerdicts)), {}),
  model: z._default(z.string(), model),
  networkAccount: z._default(z.boolean(), networkAccount),
  bootedAt: instant,
  boots: z._default(z.number(), 1),
  sleptAt: nullable(instant),
  wokeAt: nullable(instant),
  settings: z.record(z.string(), z.unknown()),
});

const fileIn = (dir: string) => join(dir, folder, 'state.json');

/** Null: no simulated Mac is below this folder. Throws if its state is damaged. */
export function readState(dir: string): MacState | null {
  let text: string;
  try {
    text = readFileSync(fileIn(dir), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  return macState.parse(JSON.parse(text));
}

export function writeState(dir: string, state: MacState): void {
  placeFile(fileIn(dir), (temporary) => writeFileSync(temporary, JSON.stringify(state)));
}
