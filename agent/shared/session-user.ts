import { homedir, userInfo } from 'node:os';
import type { GlobalOptions } from './global-options.ts';

/** The account whose login session the agent runs in. */
export interface SessionUser {
  /** The short name, as in /Users/NAME. */
  readonly name: string;
  /** The home folder's absolute path on the Mac, without a sysroot. */
  readonly home: string;
}

/** The session user: the account of this process. A simulated Mac has its home below /Users. */
export function sessionUserOf(options: GlobalOptions): SessionUser {
  // Root reads for this user.
  if (options.user !== undefined) return { name: options.user, home: `/Users/${options.user}` };
  const { username } = userInfo();
  return { name: username, home: options.sysroot === undefined ? homedir() : `/Users/${username}` };
}
