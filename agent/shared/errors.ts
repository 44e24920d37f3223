/** Wrong usage. Printed as one line; exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** An expected failure. Printed as one line, without a stack; exit status 1. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
}
