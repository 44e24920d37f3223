import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { installed } from '../../launchd/installed-paths.ts';
import { parseConsoleUser } from '../mac/sources/session/parse-session.ts';
import { cutToTenSessions } from '../mac/sources/session/source.ts';
import { below } from '../mac/sysroot.ts';
import { SystemRunner } from '../mac/system-runner.ts';
import { ProblemError, UsageError } from '../shared/errors.ts';
import type { GlobalOptions } from '../shared/global-options.ts';
import { folderInHome, type Home, homesIn } from '../untrusted/copy-history-of-user.ts';
import { dropPrivileges } from '../untrusted/drop-privileges.ts';

/** Variables that name folders of root. Without TMPDIR, temporary files are in /tmp. */
const foldersOfRoot = ['TMPDIR', 'TMP', 'TEMP', 'SQLITE_TMPDIR', 'XDG_STATE_HOME'] as const;

/**
 * Gives this process the rights, the home folder and the options of the user whose history it reads:
 * `--user`, or else the user at the console. It reads nothing of the user before. `say` gets a sentence when
 * the caller did not name the user.
 *
 * Without root it only accepts the caller's own name. Throws UsageError, and ProblemError.
 */
export async function becomeUser(
  global: GlobalOptions,
  say: (sentence: string) => void,
): Promise<GlobalOptions> {
  const { user: named, ...rest } = global;
  if (process.geteuid?.() !== 0) {
    if (named === undefined || named === userInfo().username) return rest;
    throw new UsageError(`--user needs root: sudo "${installed.command}" COMMAND --user NAME`);
  }
  const users = below(global.sysroot ?? null, '/Users');
  const homes = existsSync(users) ? homesIn(users) : [];
  // Without home folders this is not a Mac, and root can be the only user.
  if (homes.length === 0 && named === undefined) return rest;
  const name = named ?? (await consoleUser(global.sysroot ?? null));
  const home = homes.find(({ user }) => user.toLowerCase() === name?.toLowerCase());
  if (home === undefined) throw noSuchUser(name, named !== undefined, homes, users);
  if (named === undefined)
    say(
      `psso-monitor: this is the history of ${home.user}, the user at the console; --user NAME chooses another.`,
    );
  return become(home, rest);
}

function become({ user, path, uid }: Home, rest: GlobalOptions): GlobalOptions {
  try {
    dropPrivileges(uid);
  } catch (cause) {
    throw new ProblemError(`root could not take the rights of ${user}.`, { cause });
  }
  for (const name of foldersOfRoot) delete process.env[name];
  Object.assign(process.env, { HOME: path, USER: user, LOGNAME: user });
  // On macOS the folder follows from HOME, and the log has another one.
  if (process.platform === 'darwin') return { ...rest, user };
  return { ...rest, user, dataDir: join(path, ...folderInHome) };
}

async function consoleUser(sysroot: string | null): Promise<string | null> {
  const runner = new SystemRunner({ sysroot, home: '/var/root', user: 'root', endsOnSignal: true });
  const outcome = await runner.run('ioreg', cutToTenSessions);
  return outcome.kind === 'exited' && outcome.status === 0 ? parseConsoleUser(outcome.stdout) : null;
}

function noSuchUser(name: string | null, wasNamed: boolean, homes: readonly Home[], users: string): Error {
  const known = homes.length === 0 ? 'none' : homes.map(({ user }) => user).join(', ');
  const choose = `choose one with --user NAME (in ${users}: ${known}).`;
  if (wasNamed) return new UsageError(`there is no user "${name}"; ${choose}`);
  const why =
    name === null ? 'no user is at the console' : `the user at the console, ${name}, has no home folder`;
  return new UsageError(`${why}; ${choose}`);
}
