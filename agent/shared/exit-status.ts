/** Done; a problem was found; the command was used wrongly. */
export const exitStatus = { done: 0, problem: 1, usage: 2 } as const;

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];
