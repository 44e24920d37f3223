/** The options of every command, before or after its name. */
export interface GlobalOptions {
  /** The folder below which macOS executables and system files are searched. */
  readonly sysroot?: string;
  /** The data folder. */
  readonly dataDir?: string;
}
