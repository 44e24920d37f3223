/** Kinds of events of every normal day. A text leaves them out by default; JSON and exports never do. */
export const routineKinds: ReadonlySet<string> = new Set([
  'token-refreshed',
  'gap',
  'agent-started',
  'agent-stopped',
  'sync-window-due',
  'issue-updated',
  'notification-suppressed',
]);
