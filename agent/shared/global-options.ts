/** What every command can be told, before or after its name. */
export interface GlobalOptions {
  /** Look up every macOS executable and system file below this folder. */
  readonly sysroot?: string;
  /** Where the database is. */
  readonly dataDir?: string;
}
