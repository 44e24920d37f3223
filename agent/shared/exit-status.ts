/**
 * `done`: success. `problem`: the command failed or found a problem. `usage`: wrong arguments. `notKnown`:
 * the record is old, and no issue was open at its end.
 */
export const exitStatus = { done: 0, problem: 1, usage: 2, notKnown: 3 } as const;

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];
