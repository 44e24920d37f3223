/** The options of every command, before or after its name. */
export interface GlobalOptions {
  /** The folder below which macOS executables and system files are searched. */
  readonly sysroot?: string;
  /** The data folder. */
  readonly dataDir?: string;
  /** A copy of a database, or a folder with one, that is read instead. It is untrusted. */
  readonly database?: string;
  /** The user whose history root reads; for another caller, the caller. */
  readonly user?: string;
}
