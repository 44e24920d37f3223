/** What keeps a package from being built: what was wrong, and what to do. Printed as one line. */
export class BuildError extends Error {
  override readonly name = 'BuildError';
}
