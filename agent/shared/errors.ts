/** Something the user can put right by calling differently. Printed as one line; exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something that went wrong and is said in one line, without a stack; exit status 1. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
}
