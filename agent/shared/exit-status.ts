/** `done`: success. `problem`: the command failed or found a problem. `usage`: wrong arguments. */
export const exitStatus = { done: 0, problem: 1, usage: 2 } as const;

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];
