import { anyMacos, neverNotified, onlyEntra, passwordOnly } from '../fact-values.ts';
import type { Issue } from '../issue.ts';

export const perUserMfaBlocksPasswordSync = {
  id: 'per-user-mfa-blocks-password-sync',
  severity: 'high',
  methods: passwordOnly,
  macos: anyMacos,
  providers: onlyEntra,
  reliability: 'heuristic',
  cadence: neverNotified,
  possibleCauseOf: [
    'psso-not-registered',
    'registration-long-running-macos14',
    'registration-long-running-macos13',
    'registration-needs-repair',
    'deregister-reregister-macos13',
    'password-change-window-overdue',
    'password-change-prompt-pending',
  ],
  settingsLink: null,
} as const satisfies Issue;
