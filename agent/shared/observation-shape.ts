import * as z from 'zod/mini';
import { type Observation, type SourceName, sourceValues } from './observation.ts';
import { failureReasons } from './reading.ts';

const success = z.literal(true);
const failure = z.object({ ok: z.literal(false), reason: z.enum(failureReasons), detail: z.string() });

function readingOf<K extends SourceName>(name: K) {
  return z.union([z.object({ ok: success, value: sourceValues[name] }), failure]);
}

/** An observation as `--json` prints it. The agent does not load it. */
export const observationShape = z.object({
  /** Time of the poll by the wall clock, UTC. */
  at: z.string(),
  /** Milliseconds, see Clock.monotonic. */
  monotonic: z.number(),
  appSso: readingOf('appSso'),
  account: readingOf('account'),
  passwordPolicy: readingOf('passwordPolicy'),
  session: readingOf('session'),
  power: readingOf('power'),
  network: readingOf('network'),
  focus: readingOf('focus'),
  macos: readingOf('macos'),
  companyPortal: readingOf('companyPortal'),
  oktaVerify: readingOf('oktaVerify'),
  ssoProfile: readingOf('ssoProfile'),
  enrollment: readingOf('enrollment'),
  workplaceJoin: readingOf('workplaceJoin'),
  screenUnlock: readingOf('screenUnlock'),
  chromeHost: readingOf('chromeHost'),
  extensions: readingOf('extensions'),
  passwordTools: readingOf('passwordTools'),
  fileVault: readingOf('fileVault'),
  systemIntegrity: readingOf('systemIntegrity'),
  fingerprints: readingOf('fingerprints'),
  smartCards: readingOf('smartCards'),
  hosts: readingOf('hosts'),
} satisfies Record<keyof Observation, z.ZodMiniType>);
