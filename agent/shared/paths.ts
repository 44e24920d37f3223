import { homedir } from 'node:os';
import { join } from 'node:path';
import type { GlobalOptions } from './global-options.ts';

export interface Paths {
  readonly dataDir: string;
  readonly database: string;
  /** The state file. */
  readonly state: string;
  readonly silences: string;
  /** The user's settings. */
  readonly settings: string;
  /** The key of this Mac for digests of identities. */
  readonly identityKey: string;
  readonly log: string;
}

/** The files of this user. The names are a contract (docs/contracts.md). */
export function pathsOf(options: GlobalOptions, platform: NodeJS.Platform = process.platform): Paths {
  const mac = platform === 'darwin';
  const stateHome = process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state');
  const dataDir =
    options.dataDir ??
    (mac
      ? join(homedir(), 'Library', 'Application Support', 'PSSO Monitor')
      : join(stateHome, 'psso-monitor'));
  const logs =
    mac && options.dataDir === undefined ? join(homedir(), 'Library', 'Logs', 'PSSO Monitor') : dataDir;
  return {
    dataDir,
    database: join(dataDir, 'events.db'),
    state: join(dataDir, 'state.plist'),
    silences: join(dataDir, 'silences.json'),
    settings: join(dataDir, userFileName),
    identityKey: join(dataDir, 'identity.key'),
    log: join(logs, 'agent.log'),
  };
}

/** The file of the user's settings, beside the database. */
export const userFileName = 'settings.json';
