/** Why the package was not built, and what to do. Printed as one line. */
export class BuildError extends Error {
  override readonly name = 'BuildError';
}
