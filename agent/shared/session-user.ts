/** The account that is being watched: the owner of the session the agent runs in. */
export interface SessionUser {
  /** The short name, as in /Users/NAME. */
  readonly name: string;
  /** The home folder's absolute path on the Mac, without a sysroot. */
  readonly home: string;
}
