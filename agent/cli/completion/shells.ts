export const shells = ['zsh', 'bash', 'fish'] as const;
export type Shell = (typeof shells)[number];
