import { homedir, userInfo } from 'node:os';
import type { GlobalOptions } from './global-options.ts';
/** The account that is being watched: the owner of the session the agent runs in. */
export interface SessionUser {
  /** The short name, as in /Users/NAME. */
  readonly name: string;
  /** The home folder's absolute path on the Mac, without a sysroot. */
  readonly home: string;
}

/** The account that is watched: this process's own. A simulated Mac keeps it below /Users. */
export function sessionUserOf(options: GlobalOptions): SessionUser {
  const { username } = userInfo();
  return { name: username, home: options.sysroot === undefined ? homedir() : `/Users/${username}` };
}
