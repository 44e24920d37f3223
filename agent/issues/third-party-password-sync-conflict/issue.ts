import { anyMacos, configurationIssue, passwordOnly } from '../fact-values.ts';
import type { Issue } from '../issue.ts';
import { detectOtherPasswordTool } from './detector.ts';

export const thirdPartyPasswordSyncConflict = {
  id: 'third-party-password-sync-conflict',
  severity: 'medium',
  methods: passwordOnly,
  macos: anyMacos,
  breaksSignIn: false,
  reliability: 'heuristic',
  ...configurationIssue,
  possibleCauseOf: ['password-change-prompt-pending', 'password-change-window-overdue'],
  reads: ['passwordTools'],
  detect: detectOtherPasswordTool,
} as const satisfies Issue;
