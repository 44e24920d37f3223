import { existsSync, lstatSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { LastPoll } from '../assess/freshness.ts';
import { below } from '../mac/sysroot.ts';
import type { GlobalOptions } from '../shared/global-options.ts';
import type { Paths } from '../shared/paths.ts';
import { StoreError } from '../store/errors.ts';
import { openReader, readerOf } from '../store/reader.ts';
import { runFilePath } from '../store/run-file.ts';
import type { StoreReader } from '../store/store.ts';
import { folderInHome, homesIn } from '../untrusted/copy-history-of-user.ts';
import { historiesOfUsers } from '../untrusted/histories-of-users.ts';
import { evidenceOf } from './evidence.ts';
import { lastPollIn, lastPollRecorded, newestRecordIn } from './last-poll.ts';
import type { UserState } from './mac-attributes.ts';
import { pathsToRead } from './paths-to-read.ts';

/** The state of all users, as root. An unreadable history is an unknown state. */
async function stateOfAllUsers(usersFolder: string, entry: string): Promise<UserState[]> {
  const homes = new Map(homesIn(usersFolder).map((home) => [home.user, home]));
  const users: UserState[] = [];
  for await (const history of historiesOfUsers(usersFolder, entry)) {
    const home = homes.get(history.user);
    if (history.kind === 'none' || home === undefined) continue;
    const at = lastPollTime(join(home.path, ...folderInHome), home.uid);
    // Whether the agent of another user runs is not asked: after a day it is silent in any case.
    if (history.kind === 'skipped') users.push(unreadable({ at, agent: 'crashed' }));
    else {
      const reader = readerOf(history.fresh.db, history.user);
      users.push(
        stateIn(reader, at === null ? lastPollRecorded(newestRecordIn(reader)) : { at, agent: 'running' }),
      );
    }
  }
  return users;
}

type Read = Pick<Paths, 'database' | 'dataDir'>;

/**
 * The state of the calling user. The database can be a copy; the run record is in the data folder. Throws
 * StoreError, with the code `missing` when there is no history.
 */
function ownState({ database, dataDir }: Read): UserState {
  const reader = openReader({ path: database });
  try {
    return stateIn(reader, lastPollIn(dataDir, reader));
  } finally {
    reader.close();
  }
}

/** The same; null: there is no history. */
export function ownStateIfAny(paths: Read): UserState | null {
  try {
    return ownState(paths);
  } catch (error) {
    if (error instanceof StoreError && error.code === 'missing') return null;
    throw error;
  }
}

/**
 * The users that `attribute` covers: as root all users of this Mac, or else the calling user. `entry` is the
 * program's own file. An unreadable history is an unknown state.
 */
export async function coveredUsers(global: GlobalOptions, entry: string): Promise<readonly UserState[]> {
  const isRoot = process.getuid?.() === 0;
  if (isRoot && global.dataDir === undefined && global.database === undefined) {
    const users = below(global.sysroot ?? null, '/Users');
    return existsSync(users) ? await stateOfAllUsers(users, entry) : [];
  }
  try {
    const own = ownStateIfAny(await pathsToRead(global));
    return own === null ? [] : [own];
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return [unreadable({ at: null, agent: 'none' })];
  }
}

function unreadable(lastPoll: LastPoll): UserState {
  return { state: [], issues: [], lastPoll, agentVersion: '', evidence: {} };
}

function stateIn(reader: StoreReader, lastPoll: LastPoll): UserState {
  const issues = reader.issues();
  const evidence = issues.flatMap(({ issue, status }) => {
    const found = status === 'open' ? evidenceOf(issue, reader.events({ issue })) : null;
    return found === null ? [] : [[issue, found] as const];
  });
  return {
    state: reader.state(),
    issues,
    lastPoll,
    agentVersion: reader.events({ last: 1 })[0]?.agent_version ?? '',
    evidence: Object.fromEntries(evidence),
  };
}

/** The heartbeat: modification time of the run file, if it is a regular file of the user; null: no poll. */
function lastPollTime(folder: string, uid: number | null): number | null {
  let found: Stats;
  try {
    found = lstatSync(runFilePath(folder));
  } catch {
    // Missing, or unreadable (ELOOP, ENOTDIR): an unreadable folder is skipped.
    return null;
  }
  if (!found.isFile() || (uid !== null && found.uid !== uid)) return null;
  return found.mtimeMs === 0 ? null : Math.floor(found.mtimeMs);
}
