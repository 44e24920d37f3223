import { anyMacos, neverNotified, onlyEntra, passwordOnly, registrations } from '../fact-values.ts';
import type { Issue } from '../issue.ts';

export const perUserMfaBlocksPasswordSync = {
  id: 'per-user-mfa-blocks-password-sync',
  severity: 'high',
  methods: passwordOnly,
  macos: anyMacos,
  providers: onlyEntra,
  reliability: 'heuristic',
  cadence: neverNotified,
  possibleCauseOf: [...registrations, 'password-change-window-overdue', 'password-change-prompt-pending'],
  settingsLink: null,
} as const satisfies Issue;
